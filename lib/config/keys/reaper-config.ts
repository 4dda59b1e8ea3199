/** Written by `npm run docs:configuration` from the schema and its texts; a test fails when it is stale. */
import type { Rule } from '../../../lambda/contract/settings.js';

/** What a deployment is made from, with every default filled in. */
export interface ReaperConfig {
  /**
   * When sweeps start.
   * Allowed: an EventBridge Scheduler expression, "rate(5 minutes)" up to "rate(2 days)", or "cron(…)"
   * with six fields that pauses for no more than five days; 256 characters at most.
   */
  readonly schedule: string;
  /**
   * The time zone of a `cron(…)` schedule.
   * Allowed: an IANA time zone such as "Europe/Berlin".
   */
  readonly timezone: string;
  /**
   * `report` ends nothing: the role is not even granted TerminateSession.
   * Allowed: "terminate" or "report".
   */
  readonly mode: 'terminate' | 'report';
  /**
   * Idle sessions are ended after this many minutes.
   * Allowed: a whole number from 1 to 10080.
   */
  readonly idleMinutes: number;
  /**
   * Limits, in minutes, for sessions that are stuck in another state than idle. Each is off unless it is
   * set.
   */
  readonly stuck: StuckConfig;
  /**
   * Regions to sweep. Empty: the stack's own region.
   * Allowed: a list; each: a region name such as "eu-west-1".
   */
  readonly regions: readonly string[];
  /** Which workgroups are swept. */
  readonly workgroups: WorkgroupsConfig;
  /** The first rule that matches a session decides: the session is exempt, or has its own idle limit. */
  readonly rules: readonly Rule[];
  /** How owners spare their sessions by tags. */
  readonly tags: TagsConfig;
  /** How the owner of a session is found. */
  readonly owner: OwnerConfig;
  /** What a sweep may believe though Athena does not promise it. */
  readonly trust: TrustConfig;
  /**
   * A digest announces sessions, once, this many minutes before they are due. 0 announces nothing.
   * Allowed: a whole number from 0 to 1440.
   */
  readonly warnMinutes: number;
  /**
   * A sweep ends no more sessions than this; the rest waits for the next sweep.
   * Allowed: a whole number from 1 to 10000.
   */
  readonly maxTerminationsPerSweep: number;
  /**
   * Whether a sweep leaves out workgroups in which no session can be due yet, by what the sweeps before
   * it have seen. That saves calls and delays no end. Sweeps of an organization always list every
   * workgroup.
   * Allowed: true or false.
   */
  readonly skipQuietWorkgroups: boolean;
  /**
   * US dollars for one DPU-hour, for the estimate of what was saved.
   * Allowed: a number from 0 to 100.
   */
  readonly dpuHourPrice: number;
  /** Who is notified. */
  readonly notify: NotifyConfig;
  /**
   * Where your team keeps `docs/runbook.md`, so that alarms and the dashboard can link to it.
   * Allowed: an https address of up to 500 characters after "https://", without "#", or null.
   */
  readonly runbookUrl: string | null;
  /**
   * Days for which log lines are kept.
   * Allowed: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192,
   * 2557, 2922, 3288, 3653.
   */
  readonly logRetentionDays: number;
  /**
   * Whether the log of what was ended outlives the stack, as an audit trail; its lines still go after
   * `logRetentionDays`.
   * Allowed: true or false.
   */
  readonly retainLog: boolean;
  /**
   * `INFO` logs each session touched and each sweep, which is what the dashboard shows. `DEBUG` adds
   * each session that is left to the next sweep.
   * Allowed: "INFO" or "DEBUG".
   */
  readonly logLevel: 'INFO' | 'DEBUG';
  /**
   * Your own key, which encrypts log group, topic and queue. docs/security.md has the policy that it
   * needs.
   * Allowed: the ARN of a KMS key (not of an alias), or null.
   */
  readonly kmsKeyArn: string | null;
  /**
   * Permissions boundary of every role that the reaper makes.
   * Allowed: the name or the ARN of a managed policy, or null.
   */
  readonly permissionsBoundary: string | null;
  /**
   * Sweeps the accounts of an organization from this one, see docs/organization.md. Not set: this
   * account alone.
   */
  readonly organization: OrganizationConfig | null;
}

/** What may be written. Every key may be left out. */
export interface ReaperConfigInput {
  /**
   * When sweeps start.
   * Allowed: an EventBridge Scheduler expression, "rate(5 minutes)" up to "rate(2 days)", or "cron(…)"
   * with six fields that pauses for no more than five days; 256 characters at most.
   * @default "rate(5 minutes)"
   */
  readonly schedule?: string | undefined;
  /**
   * The time zone of a `cron(…)` schedule.
   * Allowed: an IANA time zone such as "Europe/Berlin".
   * @default "UTC"
   */
  readonly timezone?: string | undefined;
  /**
   * `report` ends nothing: the role is not even granted TerminateSession.
   * Allowed: "terminate" or "report".
   * @default "terminate"
   */
  readonly mode?: 'terminate' | 'report' | undefined;
  /**
   * Idle sessions are ended after this many minutes.
   * Allowed: a whole number from 1 to 10080.
   * @default 30
   */
  readonly idleMinutes?: number | undefined;
  /**
   * Limits, in minutes, for sessions that are stuck in another state than idle. Each is off unless it is
   * set.
   * @default - the defaults of its keys
   */
  readonly stuck?: StuckConfig | undefined;
  /**
   * Regions to sweep. Empty: the stack's own region.
   * Allowed: a list; each: a region name such as "eu-west-1".
   * @default []
   */
  readonly regions?: readonly string[] | undefined;
  /**
   * Which workgroups are swept.
   * @default - the defaults of its keys
   */
  readonly workgroups?: WorkgroupsConfigInput | undefined;
  /**
   * The first rule that matches a session decides: the session is exempt, or has its own idle limit.
   * @default []
   */
  readonly rules?: readonly RuleConfig[] | undefined;
  /**
   * How owners spare their sessions by tags.
   * @default - the defaults of its keys
   */
  readonly tags?: TagsConfigInput | undefined;
  /**
   * How the owner of a session is found.
   * @default - the defaults of its keys
   */
  readonly owner?: OwnerConfigInput | undefined;
  /**
   * What a sweep may believe though Athena does not promise it.
   * @default - the defaults of its keys
   */
  readonly trust?: TrustConfigInput | undefined;
  /**
   * A digest announces sessions, once, this many minutes before they are due. 0 announces nothing.
   * Allowed: a whole number from 0 to 1440.
   * @default 0
   */
  readonly warnMinutes?: number | undefined;
  /**
   * A sweep ends no more sessions than this; the rest waits for the next sweep.
   * Allowed: a whole number from 1 to 10000.
   * @default 100
   */
  readonly maxTerminationsPerSweep?: number | undefined;
  /**
   * Whether a sweep leaves out workgroups in which no session can be due yet, by what the sweeps before
   * it have seen. That saves calls and delays no end. Sweeps of an organization always list every
   * workgroup.
   * Allowed: true or false.
   * @default true
   */
  readonly skipQuietWorkgroups?: boolean | undefined;
  /**
   * US dollars for one DPU-hour, for the estimate of what was saved.
   * Allowed: a number from 0 to 100.
   * @default 0.35
   */
  readonly dpuHourPrice?: number | undefined;
  /**
   * Who is notified.
   * @default - the defaults of its keys
   */
  readonly notify?: NotifyConfigInput | undefined;
  /**
   * Where your team keeps `docs/runbook.md`, so that alarms and the dashboard can link to it.
   * Allowed: an https address of up to 500 characters after "https://", without "#", or null.
   * @default null
   */
  readonly runbookUrl?: string | null | undefined;
  /**
   * Days for which log lines are kept.
   * Allowed: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192,
   * 2557, 2922, 3288, 3653.
   * @default 90
   */
  readonly logRetentionDays?: number | undefined;
  /**
   * Whether the log of what was ended outlives the stack, as an audit trail; its lines still go after
   * `logRetentionDays`.
   * Allowed: true or false.
   * @default false
   */
  readonly retainLog?: boolean | undefined;
  /**
   * `INFO` logs each session touched and each sweep, which is what the dashboard shows. `DEBUG` adds
   * each session that is left to the next sweep.
   * Allowed: "INFO" or "DEBUG".
   * @default "INFO"
   */
  readonly logLevel?: 'INFO' | 'DEBUG' | undefined;
  /**
   * Your own key, which encrypts log group, topic and queue. docs/security.md has the policy that it
   * needs.
   * Allowed: the ARN of a KMS key (not of an alias), or null.
   * @default null
   */
  readonly kmsKeyArn?: string | null | undefined;
  /**
   * Permissions boundary of every role that the reaper makes.
   * Allowed: the name or the ARN of a managed policy, or null.
   * @default null
   */
  readonly permissionsBoundary?: string | null | undefined;
  /**
   * Sweeps the accounts of an organization from this one, see docs/organization.md. Not set: this
   * account alone.
   * @default null
   */
  readonly organization?: OrganizationConfigInput | null | undefined;
}

/**
 * Limits, in minutes, for sessions that are stuck in another state than idle. Each is off unless it is
 * set.
 */
export interface StuckConfig {
  /**
   * Limit for DEGRADED, in minutes: the session has no healthy coordinator. Trusts that
   * `LastModifiedDateTime` moves when the state changes: where it does not, this counts from the start
   * of the session.
   * Allowed: a whole number from 1 to 10080.
   * @default - not set
   */
  readonly degradedMinutes?: number;
  /**
   * Limit for CREATING, in minutes since the start of the session: it waits for resources.
   * Allowed: a whole number from 1 to 10080.
   * @default - not set
   */
  readonly creatingMinutes?: number;
  /**
   * Limit for CREATED, in minutes: the session started and never became idle. Trusts
   * `LastModifiedDateTime` as `degradedMinutes` does.
   * Allowed: a whole number from 1 to 10080.
   * @default - not set
   */
  readonly createdMinutes?: number;
  /**
   * Limit for BUSY, in minutes. **Ends work in progress.** Trusts `LastModifiedDateTime` as
   * `degradedMinutes` does.
   * Allowed: a whole number from 1 to 10080.
   * @default - not set
   */
  readonly busyMinutes?: number;
  /**
   * Limit since the start of the session, in minutes, whatever its state. **Ends work in progress.**
   * Allowed: a whole number from 1 to 10080.
   * @default - not set
   */
  readonly maxAgeMinutes?: number;
}

/** Which workgroups are swept. */
export interface WorkgroupsConfig {
  /**
   * Workgroups to sweep, as globs.
   * Allowed: a list; each: a workgroup name of 1 to 128 letters, digits, ".", "_", "-", with "*" and "?"
   * as wildcards.
   */
  readonly include: readonly string[];
  /**
   * Workgroups that are never touched, as globs. Stronger than `include`, and denied in IAM.
   * Allowed: a list; each: a workgroup name of 1 to 128 letters, digits, ".", "_", "-", with "*" and "?"
   * as wildcards.
   */
  readonly exclude: readonly string[];
}

/** Which workgroups are swept. */
export interface WorkgroupsConfigInput {
  /**
   * Workgroups to sweep, as globs.
   * Allowed: a list; each: a workgroup name of 1 to 128 letters, digits, ".", "_", "-", with "*" and "?"
   * as wildcards.
   * @default ["*"]
   */
  readonly include?: readonly string[] | undefined;
  /**
   * Workgroups that are never touched, as globs. Stronger than `include`, and denied in IAM.
   * Allowed: a list; each: a workgroup name of 1 to 128 letters, digits, ".", "_", "-", with "*" and "?"
   * as wildcards.
   * @default []
   */
  readonly exclude?: readonly string[] | undefined;
}

/** The first rule that matches a session decides: the session is exempt, or has its own idle limit. */
export interface RuleConfig {
  /** What the rule is for. A session must match all that is given. */
  readonly match: RuleMatchConfig;
  /**
   * Such sessions are never ended. By workgroup alone, it is also denied in IAM.
   * Allowed: true, or leave the key out.
   * @default - not set
   */
  readonly exempt?: true;
  /**
   * The idle limit of such sessions, in minutes.
   * Allowed: a whole number from 1 to 10080.
   * @default - not set
   */
  readonly idleMinutes?: number;
}

/** What the rule is for. A session must match all that is given. */
export interface RuleMatchConfig {
  /**
   * Workgroups that the rule is for, as a glob.
   * Allowed: a workgroup name of 1 to 128 letters, digits, ".", "_", "-", with "*" and "?" as wildcards.
   * @default - not set
   */
  readonly workgroup?: string;
  /**
   * Descriptions of sessions that the rule is for, as a glob. dbt-athena, for one, sets `dbt: …`.
   * Allowed: text of 1 to 1024 characters, with "*" and "?" as wildcards.
   * @default - not set
   */
  readonly description?: string;
  /**
   * Programs that the rule is for, as a glob: `dbt-athena`, `notebook` or `SageMaker Unified Studio`. A
   * listing shows the first two.
   * Allowed: text of 1 to 400 characters, with "*" and "?" as wildcards.
   * @default - not set
   */
  readonly client?: string;
  /**
   * Engines that the rule is for, as a glob, such as `Apache Spark version 3.5`.
   * Allowed: text of 1 to 400 characters, with "*" and "?" as wildcards.
   * @default - not set
   */
  readonly engine?: string;
  /**
   * Owners that the rule is for, as a glob, see `owner.tagKeys`. No listing shows an owner, a role or a
   * tag, so a rule by one of them is read at the last look alone. It can spare a session, and lengthen
   * the limit that holds without it. It never shortens one, and is refused where it could do nothing
   * else.
   * Allowed: text of 1 to 400 characters, with "*" and "?" as wildcards.
   * @default - not set
   */
  readonly owner?: string;
  /**
   * Execution roles that the rule is for: a glob over their names. Can only spare and lengthen, as
   * `owner` can.
   * Allowed: text of 1 to 400 characters, with "*" and "?" as wildcards.
   * @default - not set
   */
  readonly role?: string;
  /**
   * Tags that the rule is for: a glob over `key=value` of each tag of the session and of its workgroup.
   * Can only spare and lengthen, as `owner` can.
   * Allowed: a tag as "key=value", with "*" and "?" as wildcards.
   * @default - not set
   */
  readonly tag?: string;
  /**
   * Hours in which the rule matches, for shorter limits at night or at the weekend. When they begin,
   * every session past the new limit is due, and `maxTerminationsPerSweep` still holds.
   * @default - not set
   */
  readonly hours?: RuleMatchHoursConfig;
}

/**
 * Hours in which the rule matches, for shorter limits at night or at the weekend. When they begin,
 * every session past the new limit is due, and `maxTerminationsPerSweep` still holds.
 */
export interface RuleMatchHoursConfig {
  /**
   * Days on which the hours begin. Not set: every day.
   * Allowed: a list; each: "mon" or "tue" or "wed" or "thu" or "fri" or "sat" or "sun".
   * @default - not set
   */
  readonly days?: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  /**
   * When the hours begin. Not set, as `to`: at midnight.
   * Allowed: a time from "00:00" to "23:59".
   * @default - not set
   */
  readonly from?: string;
  /**
   * When the hours end. A time before `from` is on the next day. Not set, as `from`: at midnight.
   * Allowed: a time from "00:00" to "23:59".
   * @default - not set
   */
  readonly to?: string;
  /**
   * The time zone of days and times.
   * Allowed: an IANA time zone such as "Europe/Berlin".
   */
  readonly timezone: string;
}

/** How owners spare their sessions by tags. */
export interface TagsConfig {
  /**
   * Whether tags on sessions and workgroups can spare sessions: `<prefix>:exempt` = `true` or the date
   * until which the session is exempt, `<prefix>:idle-minutes` = a longer limit. A tag never shortens a
   * limit.
   * Allowed: true or false.
   */
  readonly enabled: boolean;
  /**
   * What the keys of these tags begin with.
   * Allowed: 1 to 100 letters, digits or _.:/=+@-, not beginning with "aws:".
   */
  readonly prefix: string;
  /**
   * What becomes of a session that is due where Athena answers that the session's own tags cannot be
   * read: `end` goes by the workgroup's tags alone, `spare` keeps every such session. Either way it is
   * counted, and an alarm comes on.
   * Allowed: "end" or "spare".
   */
  readonly unreadable: 'end' | 'spare';
  /**
   * No tag exempts a session any more when this many days have passed since it started. A longer limit
   * by `<prefix>:idle-minutes` still holds. IAM knows no age of a session, so the Deny on the exempt tag
   * is left out of the role where this is set, and synthesis warns of that.
   * Allowed: a whole number from 1 to 365.
   * @default - not set
   */
  readonly maxExemptDays?: number;
}

/** How owners spare their sessions by tags. */
export interface TagsConfigInput {
  /**
   * Whether tags on sessions and workgroups can spare sessions: `<prefix>:exempt` = `true` or the date
   * until which the session is exempt, `<prefix>:idle-minutes` = a longer limit. A tag never shortens a
   * limit.
   * Allowed: true or false.
   * @default true
   */
  readonly enabled?: boolean | undefined;
  /**
   * What the keys of these tags begin with.
   * Allowed: 1 to 100 letters, digits or _.:/=+@-, not beginning with "aws:".
   * @default "session-reaper"
   */
  readonly prefix?: string | undefined;
  /**
   * What becomes of a session that is due where Athena answers that the session's own tags cannot be
   * read: `end` goes by the workgroup's tags alone, `spare` keeps every such session. Either way it is
   * counted, and an alarm comes on.
   * Allowed: "end" or "spare".
   * @default "end"
   */
  readonly unreadable?: 'end' | 'spare' | undefined;
  /**
   * No tag exempts a session any more when this many days have passed since it started. A longer limit
   * by `<prefix>:idle-minutes` still holds. IAM knows no age of a session, so the Deny on the exempt tag
   * is left out of the role where this is set, and synthesis warns of that.
   * Allowed: a whole number from 1 to 365.
   * @default - not set
   */
  readonly maxExemptDays?: number;
}

/** How the owner of a session is found. */
export interface OwnerConfig {
  /**
   * Keys of tags that name the owner of a session. The first of them that the session has counts, then
   * the first that its workgroup has, and otherwise the execution role of the session.
   * Allowed: a list; each: a tag key of 1 to 128 letters, digits, blanks or _.:/=+@-.
   */
  readonly tagKeys: readonly string[];
  /**
   * Whether the function asks CloudTrail who started a session that it has ended and that no tag gives
   * an owner. It asks once per session, after the sweep, twice a second, and leaves out what does not
   * fit into its time. Grants `cloudtrail:LookupEvents`. Not for an organization.
   * Allowed: true or false.
   */
  readonly cloudTrail: boolean;
}

/** How the owner of a session is found. */
export interface OwnerConfigInput {
  /**
   * Keys of tags that name the owner of a session. The first of them that the session has counts, then
   * the first that its workgroup has, and otherwise the execution role of the session.
   * Allowed: a list; each: a tag key of 1 to 128 letters, digits, blanks or _.:/=+@-.
   * @default ["AmazonDataZoneSessionOwner","Owner","owner"]
   */
  readonly tagKeys?: readonly string[] | undefined;
  /**
   * Whether the function asks CloudTrail who started a session that it has ended and that no tag gives
   * an owner. It asks once per session, after the sweep, twice a second, and leaves out what does not
   * fit into its time. Grants `cloudtrail:LookupEvents`. Not for an organization.
   * Allowed: true or false.
   * @default false
   */
  readonly cloudTrail?: boolean | undefined;
}

/** What a sweep may believe though Athena does not promise it. */
export interface TrustConfig {
  /**
   * Trusts that `LastModifiedDateTime` moves when a session becomes idle, so that idle time is counted
   * from it where Athena shows no `IdleSinceDateTime`. Where it does not move, this ends sessions that
   * are in use: leave it off unless you have seen it move. A region in which it contradicts
   * `IdleSinceDateTime` is not trusted.
   * Allowed: true or false.
   */
  readonly lastModified: boolean;
}

/** What a sweep may believe though Athena does not promise it. */
export interface TrustConfigInput {
  /**
   * Trusts that `LastModifiedDateTime` moves when a session becomes idle, so that idle time is counted
   * from it where Athena shows no `IdleSinceDateTime`. Where it does not move, this ends sessions that
   * are in use: leave it off unless you have seen it move. A region in which it contradicts
   * `IdleSinceDateTime` is not trusted.
   * Allowed: true or false.
   * @default false
   */
  readonly lastModified?: boolean | undefined;
}

/** Who is notified. */
export interface NotifyConfig {
  /**
   * Who gets alarms and digests. Each address must confirm its subscription once.
   * Allowed: a list; each: an e-mail address.
   */
  readonly emails: readonly string[];
  /**
   * A topic of your own instead of the one that the stack creates. docs/security.md has the policy that
   * it needs.
   * Allowed: the ARN of a standard SNS topic, or null.
   */
  readonly topicArn: string | null;
  /**
   * Puts an event for each session that ended, or is due soon, on the default event bus, so that rules
   * can route by owner. docs/events.md has its fields.
   * Allowed: true or false.
   */
  readonly sessionEvents: boolean;
  /**
   * Sends digests to a topic of their own, too, in the form that Amazon Q Developer in chat applications
   * shows in Slack and Teams. docs/chat.md says how to subscribe a channel.
   * Allowed: true or false.
   */
  readonly chat: boolean;
  /**
   * Where your team keeps `docs/for-session-owners.md`, so that digests and events can link to it.
   * Allowed: an https address of up to 500 characters after "https://", without "#", or null.
   */
  readonly guideUrl: string | null;
}

/** Who is notified. */
export interface NotifyConfigInput {
  /**
   * Who gets alarms and digests. Each address must confirm its subscription once.
   * Allowed: a list; each: an e-mail address.
   * @default []
   */
  readonly emails?: readonly string[] | undefined;
  /**
   * A topic of your own instead of the one that the stack creates. docs/security.md has the policy that
   * it needs.
   * Allowed: the ARN of a standard SNS topic, or null.
   * @default null
   */
  readonly topicArn?: string | null | undefined;
  /**
   * Puts an event for each session that ended, or is due soon, on the default event bus, so that rules
   * can route by owner. docs/events.md has its fields.
   * Allowed: true or false.
   * @default false
   */
  readonly sessionEvents?: boolean | undefined;
  /**
   * Sends digests to a topic of their own, too, in the form that Amazon Q Developer in chat applications
   * shows in Slack and Teams. docs/chat.md says how to subscribe a channel.
   * Allowed: true or false.
   * @default false
   */
  readonly chat?: boolean | undefined;
  /**
   * Where your team keeps `docs/for-session-owners.md`, so that digests and events can link to it.
   * Allowed: an https address of up to 500 characters after "https://", without "#", or null.
   * @default null
   */
  readonly guideUrl?: string | null | undefined;
}

/**
 * Sweeps the accounts of an organization from this one, see docs/organization.md. Not set: this
 * account alone.
 */
export interface OrganizationConfig {
  /**
   * Accounts to sweep. `all`: those that AWS Organizations lists as active, read at each sweep.
   * Allowed: "all", or a list of account ids of 12 digits that names nothing twice.
   */
  readonly accounts: 'all' | readonly string[];
  /**
   * Accounts that `all` leaves out.
   * Allowed: a list; each: an account id of 12 digits.
   */
  readonly excludeAccounts: readonly string[];
  /**
   * Whether `all` includes the management account. Stack sets leave it out, so give it a member role
   * first.
   * Allowed: true or false.
   */
  readonly sweepManagementAccount: boolean;
  /**
   * Regions to sweep in each account.
   * Allowed: a list; each: a region name such as "eu-west-1".
   */
  readonly regions: readonly string[];
  /** Accounts that are swept in fewer regions, because a region is not enabled in them. */
  readonly regionsByAccount: readonly OrganizationRegionsByAccountConfig[];
  /**
   * The role that is assumed in each account. The function's own role is named after it:
   * `…-hub-<region>`.
   * Allowed: 1 to 44 letters, digits or _+=,.@-.
   */
  readonly memberRoleName: string;
  /**
   * What the hub presents and the roles in the accounts ask for. Choose one of your own; it is no
   * secret.
   * Allowed: 2 to 1224 letters, digits or _+=,.@:/-.
   */
  readonly externalId: string;
  /**
   * The organization that the hub and the accounts belong to.
   * Allowed: the id of an organization, such as "o-a1b2c3d4e5".
   */
  readonly organizationId: string;
  /**
   * Invocations at the same time. Leave room in the concurrency that Lambda gives the account.
   * Allowed: a whole number from 1 to 10000.
   */
  readonly maxConcurrency: number;
  /**
   * A sweep fails, for all to see, if a larger percentage than this of the accounts times regions was
   * not swept.
   * Allowed: a whole number from 0 to 100.
   */
  readonly toleratedFailurePercentage: number;
}

/**
 * Sweeps the accounts of an organization from this one, see docs/organization.md. Not set: this
 * account alone.
 */
export interface OrganizationConfigInput {
  /**
   * Accounts to sweep. `all`: those that AWS Organizations lists as active, read at each sweep.
   * Allowed: "all", or a list of account ids of 12 digits that names nothing twice.
   */
  readonly accounts: 'all' | readonly string[];
  /**
   * Accounts that `all` leaves out.
   * Allowed: a list; each: an account id of 12 digits.
   * @default []
   */
  readonly excludeAccounts?: readonly string[] | undefined;
  /**
   * Whether `all` includes the management account. Stack sets leave it out, so give it a member role
   * first.
   * Allowed: true or false.
   * @default false
   */
  readonly sweepManagementAccount?: boolean | undefined;
  /**
   * Regions to sweep in each account.
   * Allowed: a list; each: a region name such as "eu-west-1".
   */
  readonly regions: readonly string[];
  /**
   * Accounts that are swept in fewer regions, because a region is not enabled in them.
   * @default []
   */
  readonly regionsByAccount?: readonly OrganizationRegionsByAccountConfig[] | undefined;
  /**
   * The role that is assumed in each account. The function's own role is named after it:
   * `…-hub-<region>`.
   * Allowed: 1 to 44 letters, digits or _+=,.@-.
   * @default "AthenaSessionReaperMember"
   */
  readonly memberRoleName?: string | undefined;
  /**
   * What the hub presents and the roles in the accounts ask for. Choose one of your own; it is no
   * secret.
   * Allowed: 2 to 1224 letters, digits or _+=,.@:/-.
   */
  readonly externalId: string;
  /**
   * The organization that the hub and the accounts belong to.
   * Allowed: the id of an organization, such as "o-a1b2c3d4e5".
   */
  readonly organizationId: string;
  /**
   * Invocations at the same time. Leave room in the concurrency that Lambda gives the account.
   * Allowed: a whole number from 1 to 10000.
   * @default 100
   */
  readonly maxConcurrency?: number | undefined;
  /**
   * A sweep fails, for all to see, if a larger percentage than this of the accounts times regions was
   * not swept.
   * Allowed: a whole number from 0 to 100.
   * @default 5
   */
  readonly toleratedFailurePercentage?: number | undefined;
}

/** Accounts that are swept in fewer regions, because a region is not enabled in them. */
export interface OrganizationRegionsByAccountConfig {
  /**
   * The account.
   * Allowed: an account id of 12 digits.
   */
  readonly accountId: string;
  /**
   * Those of `organization.regions` to sweep in it.
   * Allowed: a list; each: a region name such as "eu-west-1".
   */
  readonly regions: readonly string[];
}
