import { z } from 'zod';
import { DEFAULT_SETTINGS as DEFAULTS, PATTERNS, RANGES, type Rule } from '../lambda/settings.js';
import { SCHEDULE_ALLOWED, sweepGaps } from './schedule.js';

/**
 * What may stand under the context key `reaper`. Every message is what is allowed, because that is what the
 * reader of an error needs; `docs/configuration.md` is generated from the same texts.
 */

interface Pattern {
  readonly regex: RegExp;
  readonly allowed: string;
}

const AWS_PATTERNS = {
  topicArn: {
    regex: /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[a-zA-Z0-9_-]{1,256}$/,
    allowed: 'the ARN of a standard SNS topic, or null',
  },
  keyArn: {
    regex: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-zA-Z0-9-]{1,64}$/,
    allowed: 'the ARN of a KMS key (not of an alias), or null',
  },
  policy: {
    regex: /^(arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]{1,512}|[\w+=,.@-]{1,128})$/,
    allowed: 'the name or the ARN of a managed policy, or null',
  },
  email: { regex: /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@.]{2,}$/, allowed: 'an e-mail address' },
  url: { regex: /^https:\/\/[^\s"<>()]+[^\s"<>()#]$/, allowed: 'an https address without "#", or null' },
} as const satisfies Record<string, Pattern>;

/** The retentions that CloudWatch Logs knows, in days. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const RETENTION_ALLOWED = `one of ${RETENTION_DAYS.join(', ')}`;
const TIMEZONE_ALLOWED = 'an IANA time zone such as "Europe/Berlin"';

function text({ regex, allowed }: Pattern) {
  return z.string(allowed).regex(regex, allowed).meta({ allowed });
}

function numberIn({ min, max, integer }: { min: number; max: number; integer: boolean }) {
  const allowed = `${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`;
  return z
    .number(allowed)
    .refine((n) => n >= min && n <= max && (!integer || Number.isInteger(n)), allowed)
    .meta({ allowed });
}

function oneOf<const T extends string>(...values: readonly T[]) {
  const allowed = values.map((value) => `"${value}"`).join(' or ');
  return z.enum(values, allowed).meta({ allowed });
}

function flag() {
  return z.boolean('true or false').meta({ allowed: 'true or false' });
}

function listOf<T extends z.ZodType>(item: T) {
  return z.array(item, 'a list').refine(hasNoDuplicates, 'a list that names nothing twice');
}

function hasNoDuplicates(list: readonly unknown[]): boolean {
  return new Set(list.map((item) => JSON.stringify(item))).size === list.length;
}

function object<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'invalid_type' ? 'an object' : undefined),
  });
}

const limit = () => numberIn(RANGES.limitMinutes);
const workgroup = () => text(PATTERNS.workgroupGlob);

const rule = object({
  match: object({
    workgroup: workgroup().exactOptional().describe('Workgroups that the rule is for, a glob.'),
    description: text(PATTERNS.descriptionGlob)
      .exactOptional()
      .describe('Descriptions of sessions that the rule is for, a glob. dbt-athena, for one, sets `dbt: …`.'),
  })
    .refine((match) => Object.keys(match).length > 0, '"workgroup", "description" or both')
    .describe('All that is given must match.'),
  exempt: z
    .literal(true, 'true, or leave the key out')
    .meta({ allowed: 'true, or leave the key out' })
    .exactOptional()
    .describe('Such sessions are never ended. By workgroup alone, it is also denied in IAM.'),
  idleMinutes: limit().exactOptional().describe('The idle limit of such sessions, in minutes.'),
})
  .refine(
    ({ exempt, idleMinutes }) => (exempt === undefined) !== (idleMinutes === undefined),
    'either "exempt": true or "idleMinutes"',
  )
  .transform(
    ({ match, idleMinutes }): Rule =>
      idleMinutes === undefined ? { match, exempt: true } : { match, idleMinutes },
  );

const stuck = object({
  degradedMinutes: limit().exactOptional().describe('Limit for DEGRADED: no healthy coordinator.'),
  creatingMinutes: limit().exactOptional().describe('Limit for CREATING: waiting for resources.'),
  createdMinutes: limit().exactOptional().describe('Limit for CREATED: started, never became idle.'),
  busyMinutes: limit().exactOptional().describe('Limit for BUSY. **Ends work in progress.**'),
  maxAgeMinutes: limit()
    .exactOptional()
    .describe('Limit since the start, whatever the state. **Ends work in progress.**'),
});

const workgroups = object({
  include: listOf(workgroup())
    .refine((globs) => globs.length > 0, 'at least one glob')
    .default([...DEFAULTS.workgroups.include])
    .describe('Workgroups to sweep, globs.'),
  exclude: listOf(workgroup())
    .default([...DEFAULTS.workgroups.exclude])
    .describe('Workgroups never to touch, globs. Stronger than `include`, and denied in IAM.'),
});

const tags = object({
  enabled: flag()
    .default(DEFAULTS.tags.enabled)
    .describe(
      'Whether tags on sessions and workgroups can spare sessions: `<prefix>:exempt` = `true` or a date until ' +
        'which, `<prefix>:idle-minutes` = a longer limit. A tag never shortens a limit.',
    ),
  prefix: text(PATTERNS.tagPrefix).default(DEFAULTS.tags.prefix).describe('What these tag keys begin with.'),
});

const notify = object({
  emails: listOf(text(AWS_PATTERNS.email))
    .default([])
    .describe('Who gets alarms and digests; each address must confirm the subscription once.'),
  topicArn: text(AWS_PATTERNS.topicArn)
    .nullable()
    .default(null)
    .describe(
      'A topic of your own instead of the one that the stack creates. See the README for its policy.',
    ),
});

export const reaperConfigSchema = object({
  schedule: z
    .string(SCHEDULE_ALLOWED)
    .refine((expression) => sweepGaps(expression) !== undefined, SCHEDULE_ALLOWED)
    .meta({ allowed: SCHEDULE_ALLOWED })
    .default('rate(5 minutes)')
    .describe('When sweeps start.'),
  timezone: z
    .string(TIMEZONE_ALLOWED)
    .refine(isTimezone, TIMEZONE_ALLOWED)
    .meta({ allowed: TIMEZONE_ALLOWED })
    .default('UTC')
    .describe('The time zone of a `cron(…)` schedule.'),
  mode: oneOf('terminate', 'report')
    .default(DEFAULTS.mode)
    .describe('`report` ends nothing: the role is not even granted TerminateSession.'),
  idleMinutes: limit()
    .default(DEFAULTS.idleMinutes)
    .describe('Idle sessions are ended after so many minutes.'),
  stuck: stuck
    .prefault({})
    .describe('Limits, in minutes, for sessions that are stuck in another state. Each is off unless set.'),
  regions: listOf(text(PATTERNS.region)).default([]).describe("Regions to sweep. Empty: the stack's own."),
  workgroups: workgroups.prefault({}).describe('Which workgroups are swept.'),
  rules: listOf(rule)
    .default([])
    .describe('The first rule that matches a session decides: it is exempt, or has its own idle limit.'),
  tags: tags.prefault({}).describe('Opt-out by tag.'),
  warnMinutes: numberIn(RANGES.warnMinutes)
    .default(DEFAULTS.warnMinutes)
    .describe('Sessions are announced by a digest, once, so many minutes before they are due; 0 is off.'),
  maxTerminationsPerSweep: numberIn(RANGES.maxTerminationsPerSweep)
    .default(DEFAULTS.maxTerminationsPerSweep)
    .describe('Ends no more sessions than this per sweep; the rest waits for the next.'),
  dpuHourPrice: numberIn(RANGES.dpuHourPrice)
    .default(DEFAULTS.dpuHourPrice)
    .describe('US dollars for a DPU-hour, for the estimate of what was saved.'),
  notify: notify.prefault({}).describe('Who is told.'),
  runbookUrl: text(AWS_PATTERNS.url)
    .nullable()
    .default(null)
    .describe('Where your team keeps `docs/runbook.md`, so that alarms and the dashboard can link to it.'),
  logRetentionDays: z
    .number(RETENTION_ALLOWED)
    .refine((days) => RETENTION_DAYS.includes(days), RETENTION_ALLOWED)
    .meta({ allowed: RETENTION_ALLOWED })
    .default(90)
    .describe('Days for which log lines are kept while the stack exists.'),
  logLevel: oneOf('INFO', 'DEBUG')
    .default('INFO')
    .describe(
      '`INFO` logs each session touched and each sweep: what the dashboard shows, so there is no less.',
    ),
  kmsKeyArn: text(AWS_PATTERNS.keyArn)
    .nullable()
    .default(null)
    .describe('Encrypts log group, topic and queue with your own key. See the README for its policy.'),
  permissionsBoundary: text(AWS_PATTERNS.policy)
    .nullable()
    .default(null)
    .describe('Permissions boundary of every role in the stack.'),
});

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
