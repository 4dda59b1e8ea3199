/**
 * What each key of the configuration means. The public types in `reaper-config.ts` and `docs/configuration.md` are
 * generated from these texts and the schema by `npm run docs:configuration`. A key without a text, or a text without
 * a key, does not compile.
 */
import type * as v from 'valibot';
import type { reaperConfigSchema } from './schema.js';

type KeyPath<T> = {
  [K in keyof T & string]-?: K | `${K}${PathBelow<NonNullable<T[K]>>}`;
}[keyof T & string];
type PathBelow<T> = T extends readonly (infer Item)[]
  ? Item extends object
    ? `[].${KeyPath<Item>}`
    : never
  : T extends object
    ? `.${KeyPath<T>}`
    : never;

export const TEXTS = {
  schedule: 'When sweeps start.',
  timezone: 'The time zone of a `cron(…)` schedule.',
  mode: '`report` ends nothing: the role is not even granted TerminateSession.',
  idleMinutes: 'Idle sessions are ended after this many minutes.',
  stuck:
    'Limits, in minutes, for sessions that are stuck in another state than idle. Each is off unless it is set.',
  'stuck.degradedMinutes':
    'Limit for DEGRADED, in minutes: the session has no healthy coordinator. Trusts that `LastModifiedDateTime` moves ' +
    'when the state changes: where it does not, this counts from the start of the session.',
  'stuck.creatingMinutes':
    'Limit for CREATING, in minutes since the start of the session: it waits for resources.',
  'stuck.createdMinutes':
    'Limit for CREATED, in minutes: the session started and never became idle. Trusts `LastModifiedDateTime` as ' +
    '`degradedMinutes` does.',
  'stuck.busyMinutes':
    'Limit for BUSY, in minutes. **Ends work in progress.** Trusts `LastModifiedDateTime` as `degradedMinutes` does.',
  'stuck.maxAgeMinutes':
    'Limit since the start of the session, in minutes, whatever its state. **Ends work in progress.**',
  regions: "Regions to sweep. Empty: the stack's own region.",
  workgroups: 'Which workgroups are swept.',
  'workgroups.include': 'Workgroups to sweep, as globs.',
  'workgroups.exclude':
    'Workgroups that are never touched, as globs. Stronger than `include`, and denied in IAM.',
  rules: 'The first rule that matches a session decides: the session is exempt, or has its own idle limit.',
  'rules[].match': 'What the rule is for. A session must match all that is given.',
  'rules[].match.workgroup': 'Workgroups that the rule is for, as a glob.',
  'rules[].match.description':
    'Descriptions of sessions that the rule is for, as a glob. dbt-athena, for one, sets `dbt: …`.',
  'rules[].match.client':
    'Programs that the rule is for, as a glob: `dbt-athena`, `notebook` or `SageMaker Unified Studio`. A listing shows ' +
    'the first two.',
  'rules[].match.engine': 'Engines that the rule is for, as a glob, such as `Apache Spark version 3.5`.',
  'rules[].match.owner':
    'Owners that the rule is for, as a glob, see `owner.tagKeys`. No listing shows an owner, a role or a tag, so a rule ' +
    'by one of them is read at the last look alone. It can spare a session, and lengthen the limit that holds without ' +
    'it. It never shortens one, and is refused where it could do nothing else.',
  'rules[].match.role':
    'Execution roles that the rule is for: a glob over their names. Can only spare and lengthen, as `owner` can.',
  'rules[].match.tag':
    'Tags that the rule is for: a glob over `key=value` of each tag of the session and of its workgroup. Can only spare ' +
    'and lengthen, as `owner` can.',
  'rules[].match.hours':
    'Hours in which the rule matches, for shorter limits at night or at the weekend. When they begin, every session ' +
    'past the new limit is due, and `maxTerminationsPerSweep` still holds.',
  'rules[].match.hours.days': 'Days on which the hours begin. Not set: every day.',
  'rules[].match.hours.from': 'When the hours begin. Not set, as `to`: at midnight.',
  'rules[].match.hours.to':
    'When the hours end. A time before `from` is on the next day. Not set, as `from`: at midnight.',
  'rules[].match.hours.timezone': 'The time zone of days and times.',
  'rules[].exempt': 'Such sessions are never ended. By workgroup alone, it is also denied in IAM.',
  'rules[].idleMinutes': 'The idle limit of such sessions, in minutes.',
  tags: 'How owners spare their sessions by tags.',
  'tags.enabled':
    'Whether tags on sessions and workgroups can spare sessions: `<prefix>:exempt` = `true` or the date until ' +
    'which the session is exempt, `<prefix>:idle-minutes` = a longer limit. A tag never shortens a limit.',
  'tags.prefix': 'What the keys of these tags begin with.',
  'tags.unreadable':
    "What becomes of a session that is due where Athena answers that the session's own tags cannot be read: " +
    "`end` goes by the workgroup's tags alone, `spare` keeps every such session. Either way it is counted, and an " +
    'alarm comes on.',
  'tags.maxExemptDays':
    'No tag exempts a session any more when this many days have passed since it started. A longer limit by ' +
    '`<prefix>:idle-minutes` still holds. IAM knows no age of a session, so the Deny on the exempt tag is left out of ' +
    'the role where this is set, and synthesis warns of that.',
  owner: 'How the owner of a session is found.',
  'owner.tagKeys':
    'Keys of tags that name the owner of a session. The first of them that the session has counts, then the first ' +
    'that its workgroup has, and otherwise the execution role of the session.',
  'owner.cloudTrail':
    'Whether the function asks CloudTrail who started a session that it has ended and that no tag gives an owner. It ' +
    'asks once per session, after the sweep, twice a second, and leaves out what does not fit into its time. Grants ' +
    '`cloudtrail:LookupEvents`. Not for an organization.',
  trust: 'What a sweep may believe though Athena does not promise it.',
  'trust.lastModified':
    'Trusts that `LastModifiedDateTime` moves when a session becomes idle, so that idle time is counted from it ' +
    'where Athena shows no `IdleSinceDateTime`. Where it does not move, this ends sessions that are in use: leave it ' +
    'off unless you have seen it move. A region in which it contradicts `IdleSinceDateTime` is not trusted.',
  warnMinutes:
    'A digest announces sessions, once, this many minutes before they are due. 0 announces nothing.',
  maxTerminationsPerSweep: 'A sweep ends no more sessions than this; the rest waits for the next sweep.',
  skipQuietWorkgroups:
    'Whether a sweep leaves out workgroups in which no session can be due yet, by what the sweeps before it have seen. ' +
    'That saves calls and delays no end. Sweeps of an organization always list every workgroup.',
  dpuHourPrice: 'US dollars for one DPU-hour, for the estimate of what was saved.',
  notify: 'Who is notified.',
  'notify.emails': 'Who gets alarms and digests. Each address must confirm its subscription once.',
  'notify.topicArn':
    'A topic of your own instead of the one that the stack creates. docs/security.md has the policy that it needs.',
  'notify.sessionEvents':
    'Puts an event for each session that ended, or is due soon, on the default event bus, so that rules can route ' +
    'by owner. docs/events.md has its fields.',
  'notify.chat':
    'Sends digests to a topic of their own, too, in the form that Amazon Q Developer in chat applications shows in ' +
    'Slack and Teams. docs/chat.md says how to subscribe a channel.',
  'notify.guideUrl':
    'Where your team keeps `docs/for-session-owners.md`, so that digests and events can link to it.',
  runbookUrl: 'Where your team keeps `docs/runbook.md`, so that alarms and the dashboard can link to it.',
  logRetentionDays: 'Days for which log lines are kept.',
  retainLog:
    'Whether the log of what was ended outlives the stack, as an audit trail; its lines still go after `logRetentionDays`.',
  logLevel:
    '`INFO` logs each session touched and each sweep, which is what the dashboard shows. `DEBUG` adds each ' +
    'session that is left to the next sweep.',
  kmsKeyArn:
    'Your own key, which encrypts log group, topic and queue. docs/security.md has the policy that it needs.',
  permissionsBoundary: 'Permissions boundary of every role that the reaper makes.',
  organization:
    'Sweeps the accounts of an organization from this one, see docs/organization.md. Not set: this account alone.',
  'organization.accounts':
    'Accounts to sweep. `all`: those that AWS Organizations lists as active, read at each sweep.',
  'organization.excludeAccounts': 'Accounts that `all` leaves out.',
  'organization.sweepManagementAccount':
    'Whether `all` includes the management account. Stack sets leave it out, so give it a member role first.',
  'organization.regions': 'Regions to sweep in each account.',
  'organization.regionsByAccount':
    'Accounts that are swept in fewer regions, because a region is not enabled in them.',
  'organization.regionsByAccount[].accountId': 'The account.',
  'organization.regionsByAccount[].regions': 'Those of `organization.regions` to sweep in it.',
  'organization.memberRoleName':
    "The role that is assumed in each account. The function's own role is named after it: `…-hub-<region>`.",
  'organization.externalId':
    'What the hub presents and the roles in the accounts ask for. Choose one of your own; it is no secret.',
  'organization.organizationId': 'The organization that the hub and the accounts belong to.',
  'organization.maxConcurrency':
    'Invocations at the same time. Leave room in the concurrency that Lambda gives the account.',
  'organization.toleratedFailurePercentage':
    'A sweep fails, for all to see, if a larger percentage than this of the accounts times regions was not swept.',
} as const satisfies Record<KeyPath<v.InferInput<typeof reaperConfigSchema>>, string>;
