/**
 * What a sweep is told to do. Parsed once from the environment, strictly: a value that compares false to
 * everything would reap nothing and nobody would notice, so every mistake is named before any call is made.
 */
import * as v from 'valibot';
import { SETTINGS_VARIABLE } from './telemetry.js';

export type Mode = 'terminate' | 'report';

/** Minutes after which a session is stuck in a state, or too old in any; each off unless set. */
export interface StuckLimits {
  readonly degradedMinutes?: number;
  readonly creatingMinutes?: number;
  readonly createdMinutes?: number;
  readonly busyMinutes?: number;
  /** Since the session started, whatever its state: ends sessions in use too. */
  readonly maxAgeMinutes?: number;
}

/** Globs (`*`, `?`) that must all match; at least one is given. */
export interface RuleMatch {
  readonly workgroup?: string;
  readonly description?: string;
}

/** The first rule that matches a session decides: it is exempt, or has its own idle limit in minutes. */
export type Rule =
  | { readonly match: RuleMatch; readonly exempt: true }
  | { readonly match: RuleMatch; readonly idleMinutes: number };

/** The accounts of an organization are swept instead of the function's own, each by a role in it. */
export interface OrganizationSettings {
  readonly memberRoleName: string;
  /** What the role's trust policy asks for. */
  readonly externalId: string;
}

export interface ReaperSettings {
  readonly mode: Mode;
  readonly idleMinutes: number;
  readonly stuck: StuckLimits;
  /** Empty: the region that the function runs in. */
  readonly regions: readonly string[];
  readonly workgroups: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly rules: readonly Rule[];
  readonly tags: { readonly enabled: boolean; readonly prefix: string };
  /** Sessions are reported this many minutes before they are due; 0 is off. */
  readonly warnMinutes: number;
  /** Minutes between two sweeps, so that a warning is given once though nothing is remembered. */
  readonly sweepIntervalMinutes: number;
  readonly maxTerminationsPerSweep: number;
  /** US dollars for one DPU-hour. */
  readonly dpuHourPrice: number;
  readonly organization?: OrganizationSettings;
}

/** What applies where nothing is said. */
export const DEFAULT_SETTINGS: ReaperSettings = {
  mode: 'terminate',
  idleMinutes: 30,
  stuck: {},
  regions: [],
  workgroups: { include: ['*'], exclude: [] },
  rules: [],
  tags: { enabled: true, prefix: 'session-reaper' },
  warnMinutes: 0,
  sweepIntervalMinutes: 5,
  maxTerminationsPerSweep: 100,
  dpuHourPrice: 0.35,
};

/** Smallest and largest value of each number, both allowed. */
export const RANGES = {
  /** Minutes, up to a week. */
  limitMinutes: { min: 1, max: 10_080, integer: true },
  warnMinutes: { min: 0, max: 1_440, integer: true },
  sweepIntervalMinutes: { min: 1, max: 10_080, integer: true },
  maxTerminationsPerSweep: { min: 1, max: 10_000, integer: true },
  dpuHourPrice: { min: 0, max: 100, integer: false },
} as const;

/** What text settings may look like, and how that is said in an error. */
export const PATTERNS = {
  region: { regex: /^[a-z]{2}(-[a-z]+)+-\d$/, allowed: 'a region name such as "eu-west-1"' },
  /** A workgroup name is `[a-zA-Z0-9._-]{1,128}` by the service's model. */
  workgroupGlob: {
    regex: /^[a-zA-Z0-9._*?-]{1,128}$/,
    allowed: 'a workgroup name of 1 to 128 letters, digits, ".", "_", "-", with "*" and "?" as wildcards',
  },
  /** A description has 1 to 1,024 characters by the service's model. */
  descriptionGlob: {
    regex: /^.{1,1024}$/s,
    allowed: 'text of 1 to 1024 characters, with "*" and "?" as wildcards',
  },
  accountId: { regex: /^\d{12}$/, allowed: 'an account id of 12 digits' },
  /** A role name has at most 64 characters; the hub's own role is named after it, with `-hub` added. */
  roleName: { regex: /^[\w+=,.@-]{1,60}$/, allowed: '1 to 60 letters, digits or _+=,.@-' },
  externalId: {
    regex: /^[\w+=,.@:/-]{2,1224}$/,
    allowed: '2 to 1224 letters, digits or _+=,.@:/-',
  },
  /** A tag key has at most 128 characters; `:idle-minutes` is added. `aws:` is reserved. */
  tagPrefix: {
    regex: /^(?!aws:)[a-zA-Z0-9_.:/=+@-]{1,100}$/,
    allowed: '1 to 100 letters, digits or _.:/=+@-, not beginning with "aws:"',
  },
} as const;

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

/** What an invocation may ask for: less than what is deployed, never more. */
export interface Narrowing {
  readonly mode?: 'report';
  readonly regions?: readonly string[];
  readonly workgroups?: readonly string[];
}

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

/** Settings as one sweep uses them: the regions are named, and an event may have narrowed the workgroups. */
export interface SweepSettings extends ReaperSettings {
  readonly onlyWorkgroups: readonly string[];
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
