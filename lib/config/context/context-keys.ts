import { distance } from 'fastest-levenshtein';
import type { Mistake } from '../../../lambda/contract/mistakes.js';
import { isObject } from '../../../lambda/contract/values.js';
import { reaperConfigSchema } from '../keys/schema.js';
import { entriesOf } from '../keys/schema-tree.js';
import { CONTEXT_KEY } from './overrides.js';

/**
 * Context keys that are meant for the reaper and that nothing reads, such as `reaper:mode` or `Reaper`. Passed over
 * in silence, they would deploy the defaults, which end sessions.
 */
export function misplacedKeys(context: Readonly<Record<string, unknown>>): readonly Mistake[] {
  return Object.entries(context).flatMap(([key, value]) => {
    const rest = meantKey(key, value);
    if (rest === undefined) return [];
    const path = rest === '' ? CONTEXT_KEY : `${CONTEXT_KEY}.${rest}`;
    return [{ path: [key], found: 'a context key that nothing reads', allowed: `"${path}"` }];
  });
}

/** What a misplaced key has after the name; undefined for a key that is right, or somebody else's. */
function meantKey(key: string, value: unknown): string | undefined {
  if (key === CONTEXT_KEY || key.startsWith(`${CONTEXT_KEY}.`)) return undefined;
  const [, name = '', rest = ''] = /^[^a-z]*([a-z]*)[^a-z]*(.*)$/is.exec(key) ?? [];
  if (name.toLowerCase() === CONTEXT_KEY) return rest;
  return isMisspelt(name.toLowerCase()) && holdsSettings(rest, value) ? rest : undefined;
}

/** A letter too many or too few. With another letter it would be a word of its own: a "reader" is no reaper. */
function isMisspelt(name: string): boolean {
  return name.length !== CONTEXT_KEY.length && distance(name, CONTEXT_KEY) === 1;
}

function holdsSettings(rest: string, value: unknown): boolean {
  const known = entriesOf(reaperConfigSchema);
  const keys = rest === '' ? Object.keys(isObject(value) ? value : {}) : [rest.split('.')[0] ?? ''];
  return keys.some((key) => known?.has(key));
}
