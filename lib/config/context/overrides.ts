/** What the context of a CDK app says of the configuration: under its key, by overrides, and where it is out of place. */
import { isObject } from '../../../lambda/contract/values.js';
import { reaperConfigSchema } from '../keys/schema.js';
import { meansText, schemaAt, takesNull } from '../keys/schema-tree.js';

/** The context key that the configuration stands under. */
export const CONTEXT_KEY = 'reaper';

/**
 * The overrides among the context of a CDK app: `-c reaper.idleMinutes=45` arrives as the key
 * `reaper.idleMinutes` with the text `45`.
 * @returns dotted paths below `reaper` to what was given.
 */
export function overridesIn(context: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const prefix = `${CONTEXT_KEY}.`;
  return Object.fromEntries(
    Object.entries(context)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

/** Applies overrides to what was written. Mistakes in either are left for the schema to find. */
export function withOverrides(written: unknown, overrides: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(overrides).reduce<unknown>(
    (value, [dotted, override]) => {
      const path = dotted.split('.');
      return replaceAt(value, path, fromText(override, path));
    },
    fromText(written ?? {}, []),
  );
}

/**
 * On a command line everything is text. Where the schema means text it stays so, digits too, but for a JSON string
 * and for null; elsewhere it is JSON if it can be.
 */
function fromText(value: unknown, path: readonly string[]): unknown {
  if (typeof value !== 'string') return value;
  const json = parsed(value);
  const schema = schemaAt(reaperConfigSchema, path);
  if (schema === undefined || !meansText(schema)) return json;
  return typeof json === 'string' || (json === null && takesNull(schema)) ? json : value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function replaceAt(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  const entries = isObject(value) ? Object.entries(value) : [];
  const inner = entries.find(([name]) => name === key)?.[1];
  // Object.fromEntries, unlike an assignment, makes an ordinary key of "__proto__" too.
  return Object.fromEntries([
    ...entries.filter(([name]) => name !== key),
    [key, replaceAt(inner, rest, replacement)],
  ]);
}
