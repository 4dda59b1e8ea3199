import { closest } from 'fastest-levenshtein';
import { z } from 'zod';
import { CONTEXT_KEY } from './overrides.js';
import { reaperConfigSchema } from './schema.js';

/** One thing wrong with a configuration. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly found: string;
  readonly allowed: string;
}

/** The text of an error: one line per mistake. */
export function report(mistakes: readonly Mistake[]): string {
  const lines = mistakes.map(
    ({ path, found, allowed }) => `  - ${dotted(path)}: found ${found}; allowed: ${allowed}`,
  );
  return [`The configuration under the context key "${CONTEXT_KEY}" cannot be used:`, ...lines].join('\n');
}

/** A value as an error shows it: JSON, cut short. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Zod's issues in our words. `value` is what was parsed: it shows what was found. */
export function mistakesOf(error: z.ZodError, value: unknown): readonly Mistake[] {
  return error.issues.flatMap((issue): readonly Mistake[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey([...issue.path, key]))
      : [{ path: issue.path, found: show(at(value, issue.path)), allowed: issue.message }],
  );
}

function unknownKey(path: readonly PropertyKey[]): Mistake {
  const known = knownKeys(path.slice(0, -1));
  const nearest = closest(String(path.at(-1)), known);
  return {
    path,
    found: 'an unknown key',
    allowed: `${known.join(', ')}; did you mean "${nearest}"?`,
  };
}

/** The keys that the object at a path may have. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  const schema = path.reduce<z.core.$ZodType>(below, reaperConfigSchema);
  const object = plain(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function below(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType {
  const outer = plain(schema);
  if (outer instanceof z.ZodArray) return outer.element;
  return outer instanceof z.ZodObject ? (outer.shape[String(key)] ?? outer) : outer;
}

/** A schema without what is wrapped around it: defaults, optionality, transforms. */
export function plain(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return plain(schema.in);
  const wrapped =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional;
  return wrapped ? plain(schema.unwrap()) : schema;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** `reaper.rules[0].idleMinutes` */
function dotted(path: readonly PropertyKey[]): string {
  const steps = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return `${CONTEXT_KEY}${steps.join('')}`;
}
