import { LOG_MESSAGES } from '../../lambda/contract/telemetry.js';
import type { ReaperConfig } from '../config/config.js';
import {
  ended,
  type Field,
  fields,
  list,
  newestFirst,
  onSessions,
  type SavedQuery,
  where,
} from './query-language.js';

/** What the queries depend on. */
export type Asked = Pick<ReaperConfig, 'mode' | 'dpuHourPrice'>;

/** All of them. */
export function savedQueries(asked: Asked): readonly SavedQuery[] {
  const ofEnding = asked.mode === 'terminate' ? [OVERDUE, RETURNED_STATES] : [];
  return [
    totals(asked),
    savedByOwner(asked),
    savedByWorkgroup(asked),
    savedByClient(asked),
    lastSessionsEnded(asked),
    ...ofEnding,
    SPARED,
    PROBLEMS,
    SWEEPS,
    CALLS,
  ];
}

/**
 * A session may be logged as ended more than once, because the function forgets what it ended before: first comes one
 * row for each session, with what is claimed for it, and then what they add up to.
 * @param more what else that row holds.
 * @param by what else sets rows apart.
 */
function eachOnce(more: readonly string[] = [], ...by: readonly Field[]): string {
  const ofEach = [`max(${list('dpuHoursSaved')}) as hoursOfEach`, ...more];
  return `stats ${ofEach.join(', ')} by ${list('sessionId', ...by)}`;
}

const dollars = (hours: string, { dpuHourPrice }: Asked) => `${hours} * ${dpuHourPrice}`;
const sums = (asked: Asked) => `count(*) as sessions, sum(${dollars('hoursOfEach', asked)}) as dollars`;
const DEAREST_FIRST = ['sort dollars desc', 'limit 50'];

/** Sessions, DPU-hours and dollars. */
export function totals(asked: Asked): SavedQuery {
  const lines = [...ended(asked.mode), eachOnce(), `stats ${sums(asked)}, sum(hoursOfEach) as dpuHours`];
  return { name: 'totals', lines };
}

export function savedByOwner(asked: Asked): SavedQuery {
  return { name: 'saved by owner', lines: savedBy('owner', 'ownedBy', asked) };
}

export function savedByWorkgroup(asked: Asked): SavedQuery {
  const by = ['region', 'workGroup'] as const;
  return {
    name: 'saved by workgroup',
    lines: [
      ...ended(asked.mode),
      eachOnce([], ...by),
      `stats ${sums(asked)} by ${list(...by)}`,
      ...DEAREST_FIRST,
    ],
  };
}

export function savedByClient(asked: Asked): SavedQuery {
  return { name: 'saved by client', lines: savedBy('client', 'startedBy', asked) };
}

/** By something that is not known of every session. */
function savedBy(field: Field, column: string, asked: Asked): readonly string[] {
  return [
    ...ended(asked.mode),
    `fields coalesce(${list(field)}, "not known") as known`,
    eachOnce([`latest(known) as ${column}`]),
    `stats ${sums(asked)} by ${column}`,
    ...DEAREST_FIRST,
  ];
}

export function lastSessionsEnded(asked: Asked): SavedQuery {
  const what = ['region', 'workGroup', 'owner', 'sessionId', 'minutes', 'limitMinutes'] as const;
  const saved = `${dollars(list('dpuHoursSaved'), asked)} as dollars`;
  return {
    name: 'last sessions ended',
    lines: [
      `${fields('@timestamp', ...what)}, ${saved}, ${list('rule', 'reason', 'client')}`,
      ...ended(asked.mode),
      ...newestFirst(50),
    ],
  };
}

/** Only in terminate mode. */
export const OVERDUE: SavedQuery = {
  name: 'overdue sessions',
  lines: [
    where('message', LOG_MESSAGES.session),
    `filter ispresent(${list('overdueMinutes')})`,
    `stats max(${list('overdueMinutes')}) as minutesOverdue, latest(${list('outcome')}) as lastOutcome, latest(${list('reason')}) as lastReason, latest(${list('error')}) as lastError by ${list('region', 'workGroup', 'owner', 'sessionId')}`,
    'sort minutesOverdue desc',
    'limit 50',
  ],
};

/** Only in terminate mode. */
export const RETURNED_STATES: SavedQuery = {
  name: 'states returned by TerminateSession',
  lines: [
    ...onSessions('terminated', 'accepted', 'already-inactive'),
    `filter ispresent(${list('returnedState')})`,
    `stats count_distinct(${list('sessionId')}) as sessions by ${list('returnedState')}`,
  ],
};

export const SPARED: SavedQuery = {
  name: 'sessions spared, and why',
  lines: [
    ...onSessions('spared'),
    `stats count_distinct(${list('sessionId')}) as sessions, max(${list('minutes')}) as longestMinutes by ${list('reason', 'rule', 'workGroup', 'owner')}`,
    'sort longestMinutes desc',
    'limit 50',
  ],
};

export const PROBLEMS: SavedQuery = {
  name: 'errors grouped',
  lines: [
    `filter ispresent(${list('error')})`,
    `stats count(*) as times, count_distinct(${list('sessionId')}) as sessions by ${list('message', 'region', 'workGroup', 'error')}`,
    'sort times desc',
    'limit 50',
  ],
};

const CALLS: SavedQuery = {
  name: 'calls to Athena, and throttled ones',
  lines: [
    where('message', LOG_MESSAGES.sweep),
    `stats sum(${list('calls')}) as called, sum(${list('throttledCalls')}) as throttled by bin(1h)`,
  ],
};

const SWEEPS: SavedQuery = {
  name: 'sweeps',
  lines: [
    fields('@timestamp', 'mode', 'complete', 'durationMs', 'calls', 'throttledCalls'),
    fields('counts.workgroups', 'counts.remembered', 'counts.notListed', 'counts.waiting'),
    fields('oldestListingSeconds', 'counts.listed', 'counts.unknown', 'counts.due'),
    fields('counts.terminated', 'counts.spared', 'counts.deferred', 'counts.failed'),
    where('message', LOG_MESSAGES.sweep),
    ...newestFirst(100),
  ],
};
