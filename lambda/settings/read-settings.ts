/**
 * Reads settings and events strictly: a value that compares false to everything would reap nothing and nobody would
 * notice, so every mistake is named before any call is made.
 */
import * as v from 'valibot';
import {
  DEFAULT_SETTINGS,
  type Narrowing,
  PATTERNS,
  RANGES,
  type ReaperSettings,
  type Rule,
  type SweepSettings,
} from '../contract/settings.js';
import { SETTINGS_VARIABLE } from '../contract/telemetry.js';

interface Range {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

function numberIn({ min, max, integer }: Range) {
  const allowed = `${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`;
  return v.pipe(
    v.number(allowed),
    v.check((n) => !integer || Number.isInteger(n), allowed),
    v.minValue(min, allowed),
    v.maxValue(max, allowed),
  );
}

export function matching({ regex, allowed }: { regex: RegExp; allowed: string }) {
  return v.pipe(v.string(allowed), v.regex(regex, allowed));
}

/** An object without other keys; valibot reports an unknown key as "expected never", a missing one by its name. */
export function strictObject<T extends v.ObjectEntries>(entries: T) {
  const object = v.strictObject(entries, ({ expected }) => {
    if (expected === 'never') return `only ${Object.keys(entries).join(', ')}`;
    return expected === 'Object' ? 'an object' : `${expected} must be given`;
  });
  // To valibot a list is an object too.
  return v.pipe(
    v.custom<v.InferInput<typeof object>>((value) => !Array.isArray(value), 'an object'),
    object,
  );
}

const listOf = <T extends v.GenericSchema>(item: T) => v.array(item, 'a list');
const limit = numberIn(RANGES.limitMinutes);
const workgroupGlob = matching(PATTERNS.workgroupGlob);

const ruleSchema = v.pipe(
  strictObject({
    match: v.pipe(
      strictObject({
        workgroup: v.exactOptional(workgroupGlob),
        description: v.exactOptional(matching(PATTERNS.descriptionGlob)),
      }),
      v.check((match) => Object.keys(match).length > 0, '"workgroup", "description" or both'),
    ),
    exempt: v.exactOptional(v.literal(true, 'true, or leave the key out')),
    idleMinutes: v.exactOptional(limit),
  }),
  v.check(
    (rule) => (rule.exempt === undefined) !== (rule.idleMinutes === undefined),
    'either "exempt": true or "idleMinutes"',
  ),
  v.transform(
    ({ match, idleMinutes }): Rule =>
      idleMinutes === undefined ? { match, exempt: true } : { match, idleMinutes },
  ),
);

const d = DEFAULT_SETTINGS;

const settingsSchema = strictObject({
  mode: v.optional(v.picklist(['terminate', 'report'], '"terminate" or "report"'), d.mode),
  idleMinutes: v.optional(limit, d.idleMinutes),
  stuck: v.optional(
    strictObject({
      degradedMinutes: v.exactOptional(limit),
      creatingMinutes: v.exactOptional(limit),
      createdMinutes: v.exactOptional(limit),
      busyMinutes: v.exactOptional(limit),
      maxAgeMinutes: v.exactOptional(limit),
    }),
    {},
  ),
  regions: v.optional(listOf(matching(PATTERNS.region)), []),
  workgroups: v.optional(
    strictObject({
      include: v.optional(v.pipe(listOf(workgroupGlob), v.minLength(1, 'at least one glob')), ['*']),
      exclude: v.optional(listOf(workgroupGlob), []),
    }),
    {},
  ),
  rules: v.optional(listOf(ruleSchema), []),
  tags: v.optional(
    strictObject({
      enabled: v.optional(v.boolean('true or false'), d.tags.enabled),
      prefix: v.optional(matching(PATTERNS.tagPrefix), d.tags.prefix),
    }),
    {},
  ),
  warnMinutes: v.optional(numberIn(RANGES.warnMinutes), d.warnMinutes),
  sweepIntervalMinutes: v.optional(numberIn(RANGES.sweepIntervalMinutes), d.sweepIntervalMinutes),
  maxTerminationsPerSweep: v.optional(numberIn(RANGES.maxTerminationsPerSweep), d.maxTerminationsPerSweep),
  dpuHourPrice: v.optional(numberIn(RANGES.dpuHourPrice), d.dpuHourPrice),
  organization: v.exactOptional(
    strictObject({ memberRoleName: matching(PATTERNS.roleName), externalId: matching(PATTERNS.externalId) }),
  ),
});

const narrowingSchema = strictObject({
  mode: v.exactOptional(v.literal('report', '"report"; an event cannot widen what is deployed')),
  regions: v.exactOptional(v.pipe(listOf(matching(PATTERNS.region)), v.minLength(1, 'at least one region'))),
  workgroups: v.exactOptional(v.pipe(listOf(workgroupGlob), v.minLength(1, 'at least one glob'))),
});

/** Settings or an event that cannot be used; the message lists every mistake with its path. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(
    subject: string,
    readonly mistakes: readonly string[],
  ) {
    super(`${subject} cannot be used:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

/**
 * Reads the settings from the environment variable `REAPER_SETTINGS`.
 * @throws SettingsError that lists every mistake at once.
 */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): ReaperSettings {
  const json = environment[SETTINGS_VARIABLE];
  const subject = `The settings in ${SETTINGS_VARIABLE}`;
  if (json === undefined || json.trim() === '') {
    throw new SettingsError(subject, ['found nothing; allowed: settings as one JSON object']);
  }
  return parseSettings(parseJson(json, subject), subject);
}

/**
 * Checks settings and fills in what they leave out from {@link DEFAULT_SETTINGS}.
 * @throws SettingsError that lists every mistake at once.
 */
export function parseSettings(value: unknown, subject = 'The settings'): ReaperSettings {
  return checked(settingsSchema, value, subject);
}

/**
 * Applies an event to the deployed settings. Workgroups of an event are globs that must match too.
 * @throws SettingsError where the event is malformed or names a region that is not deployed.
 */
export function narrow(settings: ReaperSettings, event: unknown, ownRegion: string): SweepSettings {
  const wanted: Narrowing = checked(narrowingSchema, event ?? {}, 'The event');
  const deployed = settings.regions.length > 0 ? settings.regions : [ownRegion];
  const unknown = (wanted.regions ?? []).filter((region) => !deployed.includes(region));
  if (unknown.length > 0) {
    throw new SettingsError(
      'The event',
      unknown.map((region) => `regions: found ${show(region)}; allowed: ${deployed.join(', ')}`),
    );
  }
  return {
    ...settings,
    mode: wanted.mode ?? settings.mode,
    regions: [...new Set(wanted.regions ?? deployed)],
    onlyWorkgroups: wanted.workgroups ?? ['*'],
  };
}

function parseJson(json: string, subject: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new SettingsError(subject, [
      `found text that is not JSON (${String(error)}); allowed: one JSON object`,
    ]);
  }
}

/** @throws SettingsError that lists every mistake at once. */
export function checked<T extends v.GenericSchema>(
  schema: T,
  value: unknown,
  subject: string,
): v.InferOutput<T> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new SettingsError(
    subject,
    result.issues.map((issue) => `${pathOf(issue)}: found ${show(issue.input)}; allowed: ${issue.message}`),
  );
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map(({ key }) =>
    typeof key === 'number' ? `[${key}]` : `.${String(key)}`,
  );
  return path.join('').replace(/^\./, '') || '(the whole)';
}

function show(value: unknown): string {
  const text =
    value === undefined ? 'nothing' : typeof value === 'number' ? `${value}` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
