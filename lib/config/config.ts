/**
 * Reads the configuration of a deployment: what a sweep is asked to do, and what surrounds it. Nothing here imports
 * the CDK, so that the command line reads the same configuration without loading it.
 */
import { type Mistake, readBy, UNKNOWN_KEY } from '../../lambda/contract/mistakes.js';
import { isObject } from '../../lambda/contract/values.js';
import { contradictions } from './checks/contradictions.js';
import { misplacedKeys } from './context/context-keys.js';
import { CONTEXT_KEY, overridesIn, withOverrides } from './context/overrides.js';
import { report, withNearMiss } from './error-text.js';
import type { ReaperConfig } from './keys/reaper-config.js';
import { reaperConfigSchema } from './keys/schema.js';

export type { ReaperConfig, ReaperConfigInput } from './keys/reaper-config.js';
export { toReaperSettings } from './keys/to-settings.js';

/** A configuration that cannot be used; the message lists every mistake at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** @param mistakes their paths begin at the context. */
  constructor(readonly mistakes: readonly Mistake[]) {
    super(report(mistakes));
  }
}

/**
 * Checks a configuration and fills in what it leaves out.
 * @param written what stands under the context key `reaper`: an object, or one as JSON text.
 * @param overrides dotted paths below `reaper` to values as text, e.g. `{ 'tags.enabled': 'false' }`.
 * @throws ConfigError that lists every mistake at once.
 */
export function readReaperConfig(
  written: unknown,
  overrides: Readonly<Record<string, unknown>> = {},
): ReaperConfig {
  return read({ written, overrides, misplaced: [] });
}

/**
 * Reads the configuration out of the whole context of a CDK app: the key `reaper`, and overrides of single values.
 * @param overrides go over those of the context.
 * @throws ConfigError that lists every mistake at once, keys that only look like the reaper's too.
 */
export function readReaperContext(
  context: Readonly<Record<string, unknown>>,
  overrides: Readonly<Record<string, unknown>> = {},
): ReaperConfig {
  return read({
    written: context[CONTEXT_KEY],
    overrides: { ...overridesIn(context), ...overrides },
    misplaced: misplacedKeys(context),
  });
}

interface Sources {
  readonly written: unknown;
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly misplaced: readonly Mistake[];
}

function read({ written, overrides, misplaced }: Sources): ReaperConfig {
  const value = withOverrides(written, overrides);
  const reading = readBy(reaperConfigSchema, value);
  const inKeys = reading.mistakes;
  const mistakes = [...inKeys.map(withNearMiss), ...contradictionsBeside(inKeys, value)];
  if ('output' in reading && mistakes.length + misplaced.length === 0) return reading.output;
  const inContext = mistakes.map((mistake) => ({ ...mistake, path: [CONTEXT_KEY, ...mistake.path] }));
  throw new ConfigError([...misplaced, ...inContext]);
}

/** Contradictions among the keys that are right in themselves, so that they need no second run to show. */
function contradictionsBeside(mistakes: readonly Mistake[], value: unknown): readonly Mistake[] {
  const needless = mistakes.filter(isNeedless);
  const wrongKeys = new Set(mistakes.filter((mistake) => !isNeedless(mistake)).map(({ path }) => path[0]));
  const wrong = [
    ...needless.map(({ path }) => path),
    ...[...wrongKeys].flatMap((key) => (key === undefined ? [] : [[key]])),
  ];
  const reading = readBy(reaperConfigSchema, wrong.reduce(without, value));
  if (!('output' in reading)) return [];
  return contradictions(reading.output)
    .filter(({ reads }) => !reads.some((key) => wrongKeys.has(key)))
    .map(({ path, found, allowed }) => ({ path, found, allowed }));
}

/** An unknown key says nothing about those beside it, unless it makes an entry of a list another one. */
function isNeedless({ path, found }: Mistake): boolean {
  return found === UNKNOWN_KEY && path.every((key) => typeof key === 'string');
}

function without(value: unknown, [key, ...rest]: readonly PropertyKey[]): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    rest.length === 0
      ? entries.filter(([name]) => name !== key)
      : entries.map(([name, inner]) => [name, name === key ? without(inner, rest) : inner]),
  );
}
