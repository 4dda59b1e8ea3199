/** Input checks as the service's front end makes them, in its own words. */
import * as v from 'valibot';
import { isJsonObject, type JsonObject } from './json.js';
import { invalidRequest, ServiceError } from './service-error.js';

const MUST = 'Member must';

/**
 * Input of an operation, or why it is refused.
 * @throws ServiceError InvalidRequestException listing every constraint that is not met, or
 * SerializationException where a member has the wrong JSON type.
 */
export function parseShape<T>(shape: v.GenericSchema<unknown, T>, input: unknown): T {
  const parsed = v.safeParse(shape, input);
  if (parsed.success) return parsed.output;
  const problems = parsed.issues.map(problemOf);
  const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected`;
  throw invalidRequest(`${count}: ${problems.join('; ')}`);
}

/** A structure of the model; members that it does not have are passed over, as at the service. */
export function structure<const Members extends v.ObjectEntries>(members: Members) {
  const schema = v.object(members);
  // To valibot a list is an object too.
  return v.pipe(v.custom<v.InferInput<typeof schema>>(isJsonObject), schema);
}

/** Text of `min` to `max` characters. */
export function text(min: number, max: number) {
  return v.pipe(
    v.string(),
    v.minLength(min, `${MUST} have length greater than or equal to ${min}`),
    v.maxLength(max, `${MUST} have length less than or equal to ${max}`),
  );
}

/** Text that matches `pattern` from end to end. */
export function patternedText(pattern: string) {
  return v.pipe(
    v.string(),
    v.regex(new RegExp(`^(?:${pattern})$`), `${MUST} satisfy regular expression pattern: ${pattern}`),
  );
}

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number) {
  return v.pipe(
    v.number(),
    v.integer(),
    v.minValue(min, `${MUST} have value greater than or equal to ${min}`),
    v.maxValue(max, `${MUST} have value less than or equal to ${max}`),
  );
}

/** One of the values of an enum of the model. */
export function oneOf<const Value extends string>(values: Readonly<Record<string, Value>>) {
  const allowed = Object.values(values);
  return v.picklist(allowed, `${MUST} satisfy enum value set: [${allowed.join(', ')}]`);
}

/** A structure of which the embedded Athena reads nothing, or little. */
export const anyStructure = v.custom<JsonObject>(isJsonObject);

function problemOf(issue: v.BaseIssue<unknown>): string {
  const member = (issue.path ?? []).map(({ key }) => lowerFirst(String(key))).join('.');
  if (issue.input === undefined) {
    return `Value null at '${member}' failed to satisfy constraint: ${MUST} not be null`;
  }
  if (hasWrongType(issue)) {
    throw new ServiceError('SerializationException', `The member '${member}' has the wrong type.`);
  }
  return `Value '${String(issue.input)}' at '${member}' failed to satisfy constraint: ${issue.message}`;
}

function hasWrongType({ kind, type }: v.BaseIssue<unknown>): boolean {
  return (kind === 'schema' && type !== 'picklist') || type === 'integer';
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
