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
    (value, [path, override]) => replaceAt(value, path.split('.'), fromText(override)),
    fromText(written ?? {}),
  );
}

/** Numbers, booleans, null, lists and objects are written as JSON; any other text stands for itself. */
function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
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

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
