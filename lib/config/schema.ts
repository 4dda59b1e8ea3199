import { z } from 'zod';
import { DEFAULT_SETTINGS as DEFAULTS, PATTERNS, RANGES, type Rule } from '../../lambda/contract/settings.js';
import { organizationSchema } from './organization.js';
import { SCHEDULE_ALLOWED, sweepGaps } from './schedule-expression.js';
import {
  AWS_PATTERNS,
  flag,
  listOf,
  numberIn,
  object,
  oneOf,
  retentionDays,
  text,
  timezone,
} from './values.js';

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

/** What may stand under the context key `reaper`. `docs/configuration.md` is generated from it. */
export const reaperConfigSchema = object({
  schedule: z
    .string(SCHEDULE_ALLOWED)
    .refine((expression) => sweepGaps(expression) !== undefined, SCHEDULE_ALLOWED)
    .meta({ allowed: SCHEDULE_ALLOWED })
    .default('rate(5 minutes)')
    .describe('When sweeps start.'),
  timezone: timezone().default('UTC').describe('The time zone of a `cron(…)` schedule.'),
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
  logRetentionDays: retentionDays()
    .default(90)
    .describe('Days for which log lines are kept while the stack exists.'),
  logLevel: oneOf('INFO', 'DEBUG')
    .default('INFO')
    .describe(
      '`INFO` logs each session touched and each sweep: what the dashboard shows, so there is no less. `DEBUG` adds each session left to the next sweep.',
    ),
  kmsKeyArn: text(AWS_PATTERNS.keyArn)
    .nullable()
    .default(null)
    .describe('Encrypts log group, topic and queue with your own key. See the README for its policy.'),
  permissionsBoundary: text(AWS_PATTERNS.policy)
    .nullable()
    .default(null)
    .describe('Permissions boundary of every role in the stack.'),
  organization: organizationSchema
    .nullable()
    .default(null)
    .describe(
      'Sweeps the accounts of an organization from this one: see docs/organization.md. Not set: this account alone.',
    ),
});
