import type { z } from 'zod';
import type { ReaperSettings } from '../../lambda/contract/settings.js';
import { contradictions } from './contradictions.js';
import { type Mistake, mistakesOf, report } from './mistakes.js';
import type { OrganizationConfig } from './organization.js';
import { withOverrides } from './overrides.js';
import { reaperConfigSchema } from './schema.js';

export { toReaperSettings } from './to-settings.js';

/**
 * The configuration of a deployment: what a sweep is told, and what surrounds it. Nothing here imports the
 * CDK, so that the command line reads the same configuration without loading it.
 */
export interface ReaperConfig extends Omit<ReaperSettings, 'sweepIntervalMinutes' | 'organization'> {
  /** EventBridge Scheduler expression: `rate(…)` or `cron(…)`. */
  readonly schedule: string;
  /** IANA time zone that a `cron(…)` schedule is meant in. */
  readonly timezone: string;
  readonly notify: { readonly emails: readonly string[]; readonly topicArn: string | null };
  /** Where `docs/runbook.md` can be read; null: nothing to link to. */
  readonly runbookUrl: string | null;
  readonly logRetentionDays: number;
  readonly logLevel: 'INFO' | 'DEBUG';
  readonly kmsKeyArn: string | null;
  /** Name or ARN of a managed policy. */
  readonly permissionsBoundary: string | null;
  /** Null: this account alone is swept. */
  readonly organization: OrganizationConfig | null;
}

/** What may be written: every key may be left out. */
export type ReaperConfigInput = DeepReadonly<z.input<typeof reaperConfigSchema>>;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** A configuration that cannot be used; the message lists every mistake at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
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
  const value = withOverrides(written, overrides);
  const parsed = reaperConfigSchema.safeParse(value);
  if (parsed.success) {
    const mistakes = contradictions(parsed.data);
    if (mistakes.length === 0) return parsed.data;
    throw new ConfigError(mistakes);
  }
  const mistakes = mistakesOf(parsed.error, value);
  const wrongKeys = new Set(mistakes.map(({ path }) => path[0]));
  throw new ConfigError([...mistakes, ...contradictionsOfTheRest(value, wrongKeys)]);
}

/** Contradictions among the keys that are right in themselves, so that they need no second run to show. */
function contradictionsOfTheRest(value: unknown, wrongKeys: ReadonlySet<unknown>): readonly Mistake[] {
  if (typeof value !== 'object' || value === null) return [];
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !wrongKeys.has(key)));
  const parsed = reaperConfigSchema.safeParse(rest);
  if (!parsed.success) return [];
  return contradictions(parsed.data).filter(({ reads }) => !reads.some((key) => wrongKeys.has(key)));
}
