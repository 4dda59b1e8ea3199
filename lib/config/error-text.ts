import { closest } from 'fastest-levenshtein';
import { lineOf, type Mistake, UNKNOWN_KEY } from '../../lambda/contract/mistakes.js';
import { CONTEXT_KEY } from './context/overrides.js';
import { reaperConfigSchema } from './keys/schema.js';
import { entriesOf, schemaAt } from './keys/schema-tree.js';

/** The text of an error: one line per mistake. */
export function report(mistakes: readonly Mistake[]): string {
  return [
    `The configuration under the context key "${CONTEXT_KEY}" cannot be used:`,
    ...mistakes.map((mistake) => `  - ${lineOf(mistake)}`),
  ].join('\n');
}

/** Adds to an unknown key the nearest of those that its object may have. */
export function withNearMiss(mistake: Mistake): Mistake {
  const { path, found } = mistake;
  if (found !== UNKNOWN_KEY) return mistake;
  const known = [
    ...(entriesOf(schemaAt(reaperConfigSchema, path.slice(0, -1)) ?? reaperConfigSchema)?.keys() ?? []),
  ];
  const nearest = closest(String(path.at(-1)), known);
  return { path, found, allowed: `${known.join(', ')}; did you mean "${nearest}"?` };
}
