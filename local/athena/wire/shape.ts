/** Input checks as the service's front end makes them, in its own words. */
import { z } from 'zod';
import { invalidRequest, ServiceError } from './service-error.js';

const MUST = 'Member must';

/** Text of `min` to `max` characters. */
export function text(min: number, max: number) {
  return z
    .string()
    .min(min, `${MUST} have length greater than or equal to ${min}`)
    .max(max, `${MUST} have length less than or equal to ${max}`);
}

/** Text that matches `pattern` from end to end. */
export function patternedText(pattern: string) {
  return z
    .string()
    .regex(new RegExp(`^(?:${pattern})$`), `${MUST} satisfy regular expression pattern: ${pattern}`);
}

export function whole(min: number, max: number) {
  return z
    .int()
    .min(min, `${MUST} have value greater than or equal to ${min}`)
    .max(max, `${MUST} have value less than or equal to ${max}`);
}

export function oneOf<const T extends Readonly<Record<string, string>>>(values: T) {
  const allowed = Object.values(values).join(', ');
  return z.enum(values, { error: () => `${MUST} satisfy enum value set: [${allowed}]` });
}

/**
 * Input of an operation, or why it is refused.
 * @throws ServiceError InvalidRequestException listing every constraint that is not met, or
 * SerializationException where a member has the wrong JSON type.
 */
export function parseShape<T>(shape: z.ZodType<T>, input: unknown): T {
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => problemIn(input, issue));
  const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected`;
  throw invalidRequest(`${count}: ${problems.join('; ')}`);
}

function problemIn(input: unknown, { code, path, message }: z.core.$ZodIssue): string {
  const value = valueAt(input, path);
  const member = path.map((step) => lowerFirst(String(step))).join('.');
  if (value === undefined) {
    return `Value null at '${member}' failed to satisfy constraint: ${MUST} not be null`;
  }
  if (code === 'invalid_type') {
    throw new ServiceError('SerializationException', `The member '${member}' has the wrong type.`);
  }
  return `Value '${String(value)}' at '${member}' failed to satisfy constraint: ${message}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    input,
  );
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
