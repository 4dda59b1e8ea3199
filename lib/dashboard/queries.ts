import type { Outcome } from '../../lambda/contract/outcomes.js';
import type { Counts, NotListed } from '../../lambda/contract/report.js';
import type { Mode } from '../../lambda/contract/settings.js';
import {
  LOG_MESSAGES,
  type SessionLogField,
  type SweepLogField,
  type TargetLogField,
  type TotalLogField,
} from '../../lambda/contract/telemetry.js';

/** A Logs Insights query: a widget of the dashboard, and saved under its name for whoever looks closer. */
export interface SavedQuery {
  readonly name: string;
  readonly lines: readonly string[];
}

/** All of them, for a mode. */
export function savedQueries(mode: Mode): readonly SavedQuery[] {
  const ofEnding = mode === 'terminate' ? [RETURNED_STATES] : [];
  return [
    lastSessionsEnded(mode),
    endedByWorkgroup(mode),
    endedByClient(mode),
    ...ofEnding,
    SPARED,
    PROBLEMS,
    SWEEPS,
    CALLS,
  ];
}

/** A field that some log line has. Queries take their fields from here only. */
export type Field =
  | '@timestamp'
  | 'message'
  | SessionLogField
  | TargetLogField
  | TotalLogField
  | keyof NotListed
  | Exclude<SweepLogField, 'counts'>
  | `counts.${keyof Counts}`;

export const list = (...fields: readonly Field[]) => fields.join(', ');
export const fields = (...names: readonly Field[]) => `fields ${list(...names)}`;
export const where = (field: Field, ...values: readonly string[]) =>
  `filter ${field} in ${JSON.stringify(values)}`;
const newestFirst = (limit: number) => [`sort ${list('@timestamp')} desc`, `limit ${limit}`];
/** A session may be logged at several sweeps, so sessions are counted, not lines. */
const sessionsBy = (...by: readonly Field[]) =>
  `stats count_distinct(${list('sessionId')}) as sessions by ${list(...by)}`;
const MOST_FIRST = ['sort sessions desc', 'limit 50'];

function onSessions(...outcomes: readonly Outcome[]): readonly string[] {
  return [where('message', LOG_MESSAGES.session), where('outcome', ...outcomes)];
}

/** Ended by Athena's own answer; in report mode, what would have been asked to end. */
function ended(mode: Mode): readonly string[] {
  return onSessions(mode === 'report' ? 'would-terminate' : 'terminated');
}

export function lastSessionsEnded(mode: Mode): SavedQuery {
  const what = ['region', 'workGroup', 'sessionId', 'minutes', 'limitMinutes'] as const;
  // Nothing is returned where nothing is asked.
  const answer = mode === 'terminate' ? (['returnedState'] as const) : [];
  return {
    name: 'last sessions ended',
    lines: [
      fields('@timestamp', ...what, 'rule', 'reason', 'client', ...answer),
      ...ended(mode),
      ...newestFirst(50),
    ],
  };
}

export function endedByWorkgroup(mode: Mode): SavedQuery {
  return {
    name: 'ended by workgroup',
    lines: [...ended(mode), sessionsBy('region', 'workGroup'), ...MOST_FIRST],
  };
}

/** Which client started a session is not always known. */
export function endedByClient(mode: Mode): SavedQuery {
  const client = `fields coalesce(${list('client')}, "not known") as startedBy`;
  const count = `stats count_distinct(${list('sessionId')}) as sessions by startedBy`;
  return { name: 'ended by client', lines: [...ended(mode), client, count, ...MOST_FIRST] };
}

/** Only in terminate mode. */
export const RETURNED_STATES: SavedQuery = {
  name: 'states returned by TerminateSession',
  lines: [
    ...onSessions('terminated', 'accepted', 'already-inactive'),
    `filter ispresent(${list('returnedState')})`,
    sessionsBy('returnedState'),
  ],
};

export const PROBLEMS: SavedQuery = {
  name: 'sessions failed and places not listed',
  lines: [
    fields('@timestamp', 'message', 'region', 'workGroup', 'sessionId', 'error'),
    `filter ispresent(${list('error')})`,
    ...newestFirst(50),
  ],
};

const SPARED: SavedQuery = {
  name: 'sessions spared, and why',
  lines: [...onSessions('spared'), sessionsBy('region', 'workGroup', 'reason', 'rule'), ...MOST_FIRST],
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
