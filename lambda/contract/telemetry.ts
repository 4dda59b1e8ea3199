/**
 * The one catalogue of what the reaper emits. `reporting/emission.ts` emits from it and `lib/` draws from it, so that
 * a dashboard cannot name a metric or a log field that nobody emits.
 */

import type { OrganizationTotals } from './report.js';

/** CloudWatch namespace of every metric. */
export const NAMESPACE = 'AthenaSessionReaper';

/**
 * The only dimension: the deployment's name (`POWERTOOLS_SERVICE_NAME`). None grows with the account, because
 * CloudWatch bills each distinct name and dimension set.
 */
export const DIMENSION = 'service';

/**
 * Each metric of a sweep and its CloudWatch unit. One value per sweep, but for `IdleAge`; in an organization also for
 * `SessionsTerminated` and `DpuHoursSaved`, which each target that ended sessions emits: they add up all the same.
 */
export const METRICS = {
  /** 1 when everything selected was listed to its last page and nothing was deferred or failed, else 0. */
  SweepComplete: 'Count',
  /** Calls that Athena answered with "rate exceeded", retries included. */
  ThrottledCalls: 'Count',
  /** Workgroups that could not be listed to their last page; a region that could not be listed counts one. */
  PlacesNotListed: 'Count',
  /** Of those: workgroups that wait for their turn at the next sweep, because Athena's rate allowed no more. */
  WorkgroupsWaiting: 'Count',
  /** Places not listed for another reason than their turn, and sessions deferred or failed: 0 where all is well. */
  LeftOut: 'Count',
  /** In every workgroup that is swept, as it was last listed. */
  SessionsListed: 'Count',
  /** Sessions past a limit. */
  SessionsDue: 'Count',
  /** TerminateSession returned TERMINATING or TERMINATED, each session once as far as the function remembers. */
  SessionsTerminated: 'Count',
  /** In report mode: would have been ended. */
  SessionsWouldTerminate: 'Count',
  /** No longer due, or exempt by tag, at the last look. */
  SessionsSpared: 'Count',
  /** Due but left to the next sweep: the cap was reached or the time was up. */
  SessionsDeferred: 'Count',
  SessionsFailed: 'Count',
  /** Kept because Athena shows no state or no time that could make them due. */
  SessionsUnknown: 'Count',
  /** Due, and Athena said that their own tags cannot be read. */
  SessionTagsUnreadable: 'Count',
  /** Exempt by tag, and past the limit that they would have without it by more than a week. */
  SessionsLongExempt: 'Count',
  /** Estimate, a lower bound. Cost is this times the price setting, computed on the dashboard. */
  DpuHoursSaved: 'None',
  /** Idle time of idle sessions that are not exempt: a sample of at most 99 values per sweep. */
  IdleAge: 'Seconds',
  /**
   * In terminate mode, how long the session longest past its limit has been past it by what the listing shows,
   * whatever came of it, exempt ones aside; 0 where there is none. While workgroups wait for their turn, a session that
   * is ended as soon as it is found does not count.
   */
  OldestOverdue: 'Seconds',
  /** Only with `notify.sessionEvents`: events of sessions that could not be put on the bus, retries included. */
  SessionEventsFailed: 'Count',
} as const satisfies Record<string, 'Count' | 'Seconds' | 'None'>;
export type MetricName = keyof typeof METRICS;

/** The names of {@link METRICS}. */
export function metricNames(): readonly MetricName[] {
  return Object.keys(METRICS).filter(isMetricName);
}

function isMetricName(name: string): name is MetricName {
  return name in METRICS;
}

/** Constant log messages; everything that varies is a field. */
export const LOG_MESSAGES = {
  /**
   * One per session touched or warned; at level DEBUG per session deferred, and per session spared as it was before
   * on that day, unless it is among the first overdue ones of the sweep. Fields {@link SESSION_LOG_FIELDS}.
   */
  session: 'session',
  /** One per sweep; fields {@link SWEEP_LOG_FIELDS}. */
  sweep: 'sweep finished',
  /** In an organization, one per target; fields {@link TARGET_LOG_FIELDS} and {@link SWEEP_LOG_FIELDS}. */
  target: 'target swept',
  /** In an organization: Lambda delivered a sum twice, and the second time nothing is counted. */
  sumRepeated: 'sum repeated',
  /** In an organization: a sum names no sessions, because the function could not read its own log: `error`. */
  ownLogUnread: 'own log unread',
  /** A region whose workgroups could not be listed: `region`, `error`. */
  regionNotListed: 'region not listed',
  /**
   * A workgroup whose sessions could not be listed to the last page: `region`, `workGroup`, `error`; at level DEBUG
   * where it only waits for its turn.
   */
  workgroupNotListed: 'workgroup not listed',
  /** Athena's clock and the function's are more than a minute apart: `region`, `clockOffsetSeconds`. */
  clocksApart: 'clocks apart',
  /** CloudTrail shows who started a session that was ended: `sessionId`, `region`, `owner`, `ownerFrom`. */
  starterFound: 'starter found',
  /** CloudTrail was not asked about sessions that were ended, or refused to answer: how many `left`, `error`. */
  startersLeft: 'starters left out',
  /** Events of sessions that could not be put on the bus: `failed`, `error`. */
  sessionEventsFailed: 'session events failed',
  /** Settings or event refused, before any call: `error`. */
  refused: 'invocation refused',
} as const;

/** Fields of a {@link LOG_MESSAGES.session} line, in the shape of a `SessionRecord`. */
export const SESSION_LOG_FIELDS = [
  'sessionId',
  'workGroup',
  'region',
  'state',
  'startedAt',
  'minutes',
  'clock',
  'lowerBound',
  'limitMinutes',
  'rule',
  'reason',
  'kind',
  'outcome',
  'returnedState',
  'again',
  'overdueMinutes',
  'client',
  'owner',
  'ownerFrom',
  'error',
  'dpuHoursSaved',
] as const;
export type SessionLogField = (typeof SESSION_LOG_FIELDS)[number];

/**
 * Fields of a {@link LOG_MESSAGES.sweep} line: the report without its lists. Nested fields are queried with
 * dots, e.g. `counts.terminated` and `returnedStates.TERMINATING`.
 */
export const SWEEP_LOG_FIELDS = [
  'mode',
  'startedAt',
  'durationMs',
  'complete',
  'counts',
  'oldestListingSeconds',
  'returnedStates',
  'saved',
  'calls',
  'throttledCalls',
] as const;
export type SweepLogField = (typeof SWEEP_LOG_FIELDS)[number];

/** In an organization, on every line about a target: which one it is. */
export const TARGET_LOG_FIELDS = ['account', 'region'] as const;
export type TargetLogField = (typeof TARGET_LOG_FIELDS)[number];

/** In an organization, on the {@link LOG_MESSAGES.sweep} line: the `organization` of its report. */
export const TOTAL_LOG_FIELDS = [
  'targets',
  'targetsNotSwept',
  'targetsNotBegun',
  'accountsReached',
  'accountsNotReached',
] as const satisfies readonly (keyof OrganizationTotals)[];
export type TotalLogField = (typeof TOTAL_LOG_FIELDS)[number];

/** Name of the environment variable that holds the settings as JSON. */
export const SETTINGS_VARIABLE = 'REAPER_SETTINGS';
