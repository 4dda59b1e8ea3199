/**
 * The one schema of the settings: what a sweep needs. `lib/config/keys/schema.ts` adds what only a deployment needs.
 *
 * To add a key: add it here (or there), with its type and default in `settings.ts`; describe it in
 * `lib/config/keys/texts.ts`, which does not compile before; run `npm run docs:configuration`, which writes the public
 * types and `docs/configuration.md`. A sweep's key is handed on in `lib/config/keys/to-settings.ts`.
 */
import * as v from 'valibot';
import { DAYS, DEFAULT_SETTINGS as DEFAULTS, PATTERNS, RANGES, type Rule } from './settings.js';
import { flag, isObject, matching, numberIn, object, oneOf, setOf, timezone, wholly } from './values.js';

const limit = numberIn(RANGES.limitMinutes);
const workgroupGlob = matching(PATTERNS.workgroupGlob);

const textGlob = matching(PATTERNS.textGlob);
const time = matching(PATTERNS.time);

const hours = v.pipe(
  object({
    days: v.exactOptional(
      v.pipe(
        setOf(oneOf(...DAYS)),
        v.check((days) => days.length > 0, 'at least one day'),
      ),
    ),
    from: v.exactOptional(time),
    to: v.exactOptional(time),
    timezone: timezone(),
  }),
  v.check(
    ({ days, from, to }) =>
      from === undefined ? to === undefined && days !== undefined : to !== undefined && to !== from,
    '"days", or "from" and "to", which differ',
  ),
);

/** The keys that a rule can match on; at least one is given. */
const match = {
  workgroup: v.exactOptional(workgroupGlob),
  description: v.exactOptional(matching(PATTERNS.descriptionGlob)),
  client: v.exactOptional(textGlob),
  engine: v.exactOptional(textGlob),
  owner: v.exactOptional(textGlob),
  role: v.exactOptional(textGlob),
  tag: v.exactOptional(matching(PATTERNS.tagGlob)),
  hours: v.exactOptional(hours),
};

const MATCH_ALLOWED = `at least one of ${Object.keys(match).join(', ')}`;

const rule = v.pipe(
  object({
    match: v.pipe(
      object(match),
      v.check((keys) => Object.keys(keys).length > 0, MATCH_ALLOWED),
    ),
    exempt: v.exactOptional(v.literal(true, 'true, or leave the key out')),
    idleMinutes: v.exactOptional(limit),
  }),
  wholly(
    (given) => !isObject(given) || 'exempt' in given !== 'idleMinutes' in given,
    'either "exempt": true or "idleMinutes"',
  ),
  v.transform(
    ({ match, idleMinutes }): Rule =>
      idleMinutes === undefined ? { match, exempt: true } : { match, idleMinutes },
  ),
);

const stuck = object({
  degradedMinutes: v.exactOptional(limit),
  creatingMinutes: v.exactOptional(limit),
  createdMinutes: v.exactOptional(limit),
  busyMinutes: v.exactOptional(limit),
  maxAgeMinutes: v.exactOptional(limit),
});

const workgroups = object({
  include: v.optional(
    v.pipe(
      setOf(workgroupGlob),
      v.check((globs) => globs.length > 0, 'at least one glob'),
    ),
    [...DEFAULTS.workgroups.include],
  ),
  exclude: v.optional(setOf(workgroupGlob), [...DEFAULTS.workgroups.exclude]),
});

const tags = object({
  enabled: v.optional(flag(), DEFAULTS.tags.enabled),
  prefix: v.optional(matching(PATTERNS.tagPrefix), DEFAULTS.tags.prefix),
  unreadable: v.optional(oneOf('end', 'spare'), DEFAULTS.tags.unreadable),
  maxExemptDays: v.exactOptional(numberIn(RANGES.maxExemptDays)),
});

/**
 * What of `notify` a sweep follows.
 * @internal
 */
export const notifyEntries = {
  sessionEvents: v.optional(flag(), DEFAULTS.notify.sessionEvents),
  chat: v.optional(flag(), DEFAULTS.notify.chat),
  guideUrl: v.optional(v.nullable(matching(PATTERNS.url)), DEFAULTS.notify.guideUrl),
};

const owner = object({
  tagKeys: v.optional(setOf(matching(PATTERNS.tagKey)), [...DEFAULTS.owner.tagKeys]),
  cloudTrail: v.optional(flag(), DEFAULTS.owner.cloudTrail),
});

const trust = object({ lastModified: v.optional(flag(), DEFAULTS.trust.lastModified) });

/**
 * What an operator may set and a sweep follows.
 * @internal
 */
export const sweepEntries = {
  mode: v.optional(oneOf('terminate', 'report'), DEFAULTS.mode),
  idleMinutes: v.optional(limit, DEFAULTS.idleMinutes),
  stuck: v.optional(stuck, {}),
  regions: v.optional(setOf(matching(PATTERNS.region)), [...DEFAULTS.regions]),
  workgroups: v.optional(workgroups, {}),
  rules: v.optional(setOf(rule), []),
  tags: v.optional(tags, {}),
  owner: v.optional(owner, {}),
  trust: v.optional(trust, {}),
  warnMinutes: v.optional(numberIn(RANGES.warnMinutes), DEFAULTS.warnMinutes),
  maxTerminationsPerSweep: v.optional(
    numberIn(RANGES.maxTerminationsPerSweep),
    DEFAULTS.maxTerminationsPerSweep,
  ),
  skipQuietWorkgroups: v.optional(flag(), DEFAULTS.skipQuietWorkgroups),
  dpuHourPrice: v.optional(numberIn(RANGES.dpuHourPrice), DEFAULTS.dpuHourPrice),
};

/**
 * The role in each account of an organization.
 * @internal
 */
export const memberRoleEntries = {
  memberRoleName: matching(PATTERNS.roleName),
  externalId: matching(PATTERNS.externalId),
};

/**
 * The settings as the function gets them.
 * @internal
 */
export const settingsSchema = object({
  ...sweepEntries,
  /** Computed from the schedule. */
  sweepIntervalMinutes: v.optional(numberIn(RANGES.sweepIntervalMinutes), DEFAULTS.sweepIntervalMinutes),
  notify: v.optional(object(notifyEntries), {}),
  organization: v.exactOptional(object(memberRoleEntries)),
});
