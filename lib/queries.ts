import type { Counts, NotListed, Outcome } from '../lambda/report.js';
import type { Mode } from '../lambda/settings.js';
import { LOG_MESSAGES, type SessionLogField, type SweepLogField } from '../lambda/telemetry.js';

/** A Logs Insights query: a widget of the dashboard, and saved under its name for whoever looks closer. */
export interface SavedQuery {
  readonly name: string;
  readonly lines: readonly string[];
}

/** A field that some log line has. Lines of a query take fields from here only. */
type Field =
  | '@timestamp'
  | 'message'
  | SessionLogField
  | keyof NotListed
  | Exclude<SweepLogField, 'counts'>
  | `counts.${keyof Counts}`;

/** One line of a query, with fields that are checked to exist. */
function line(text: TemplateStringsArray, ...fields: readonly Field[]): string {
  return String.raw({ raw: text }, ...fields);
}

const onSessions = (...outcomes: readonly Outcome[]) => [
  `${line`filter ${'message'} = "` + LOG_MESSAGES.session}"`,
  line`filter ${'outcome'} in ` + JSON.stringify(outcomes),
];

/** Ended by Athena's own answer; in report mode, what would have been asked to end. */
function ended(mode: Mode): readonly string[] {
  return onSessions(mode === 'report' ? 'would-terminate' : 'terminated');
}

export function lastSessionsEnded(mode: Mode): SavedQuery {
  return {
    name: 'last sessions ended',
    lines: [
      line`fields ${'@timestamp'}, ${'region'}, ${'workGroup'}, ${'sessionId'}, ${'idleMinutes'}, ${'limitMinutes'}, ${'rule'}, ${'reason'}, ${'returnedState'}, ${'client'}`,
      ...ended(mode),
      line`sort ${'@timestamp'} desc`,
      'limit 50',
    ],
  };
}

/** In report mode a session is seen at each sweep, so sessions are counted, not lines. */
export function endedByWorkgroup(mode: Mode): SavedQuery {
  const saved = mode === 'report' ? '' : line`, sum(${'dpuHoursReclaimed'}) as dpuHoursSaved`;
  return {
    name: 'ended by workgroup',
    lines: [
      ...ended(mode),
      `${line`stats count_distinct(${'sessionId'}) as sessions`}${saved}${line` by ${'region'}, ${'workGroup'}`}`,
      'sort sessions desc',
      'limit 20',
    ],
  };
}

export function endedByClient(mode: Mode): SavedQuery {
  return {
    name: 'ended by client',
    lines: [
      ...ended(mode),
      line`stats count_distinct(${'sessionId'}) as sessions by coalesce(${'client'}, "not known") as startedBy`,
      'sort sessions desc',
    ],
  };
}

/** Only in terminate mode: nothing is returned where nothing is asked. */
export const RETURNED_STATES: SavedQuery = {
  name: 'states returned by TerminateSession',
  lines: [
    ...onSessions('terminated', 'accepted', 'already-inactive'),
    line`filter ispresent(${'returnedState'})`,
    line`stats count(*) as sessions by ${'returnedState'}`,
  ],
};

export const PROBLEMS: SavedQuery = {
  name: 'sessions failed and places not listed',
  lines: [
    line`fields ${'@timestamp'}, ${'region'}, ${'workGroup'}, ${'sessionId'}, ${'error'}`,
    line`filter ispresent(${'error'})`,
    line`sort ${'@timestamp'} desc`,
    'limit 50',
  ],
};

export const SPARED: SavedQuery = {
  name: 'sessions spared, and why',
  lines: [
    ...onSessions('spared'),
    line`stats count_distinct(${'sessionId'}) as sessions by ${'region'}, ${'workGroup'}, ${'reason'}, ${'rule'}`,
    'sort sessions desc',
    'limit 50',
  ],
};

export const CALLS: SavedQuery = {
  name: 'calls to Athena, and throttled ones',
  lines: [
    `${line`filter ${'message'} = "` + LOG_MESSAGES.sweep}"`,
    line`stats sum(${'calls'}) as called, sum(${'throttledCalls'}) as throttled by bin(1h)`,
  ],
};

export const SWEEPS: SavedQuery = {
  name: 'sweeps',
  lines: [
    line`fields ${'@timestamp'}, ${'mode'}, ${'complete'}, ${'durationMs'}, ${'calls'}, ${'throttledCalls'}, ${'counts.workgroups'}, ${'counts.workgroupsFailed'}, ${'counts.listed'}, ${'counts.unknown'}, ${'counts.due'}, ${'counts.terminated'}, ${'counts.failed'}, ${'counts.deferred'}`,
    `${line`filter ${'message'} = "` + LOG_MESSAGES.sweep}"`,
    line`sort ${'@timestamp'} desc`,
    'limit 100',
  ],
};

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
