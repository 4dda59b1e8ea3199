/** Worlds in which listings, ends and clocks are other than AWS documents them. */
import type { SessionPlan } from '../play/scenario.js';
import { due, FLEET, NONE, only, type WorldCase, workgroup } from './world-case.js';

const lost: SessionPlan = { ...due, isLost: true };
export const ENDING: readonly WorldCase[] = [
  {
    id: 'world-lost-not-found',
    world: {},
    what: 'ListSessions shows a session that GetSession does not know: ResourceNotFoundException',
    scenario: only(due, lost),
    alarms: ['sessions-overdue'],
    note: 'Harmless once. A session that is listed again and again past its limit is overdue, whatever is said of it.',
  },
  {
    id: 'world-lost-invalid',
    world: { unknownSession: 'InvalidRequestException' },
    what: 'The same: InvalidRequestException',
    scenario: only(due, lost),
    alarms: ['sessions-overdue'],
    note: 'As above; the record keeps the error.',
  },
  {
    id: 'world-lost-terminated',
    world: { unknownSession: 'TERMINATED' },
    what: 'The same: the state TERMINATED',
    scenario: only(due, lost),
    alarms: ['sessions-overdue'],
    note: 'As above.',
  },
  {
    id: 'world-lost-without-idle-since',
    world: { idleSince: 'empty' },
    what: 'The same, and nothing shows since when it has been idle',
    scenario: only(lost),
    alarms: ['sessions-unknown'],
    note: 'Nobody can say for how long it is overdue, so it is unknown.',
  },
  {
    id: 'world-deaf',
    world: {},
    what: 'TerminateSession returns TERMINATED, and the session stays',
    scenario: only({ ...due, terminateAnswer: { state: 'TERMINATED', takesEffect: false } }),
    alarms: ['sessions-overdue'],
    note: 'It counts as ended, and its hours count as saved, only once.',
  },
  {
    id: 'world-deaf-accepted',
    world: {},
    what: 'TerminateSession returns IDLE, and the session stays',
    scenario: only({ ...due, terminateAnswer: { state: 'IDLE', takesEffect: false } }),
    alarms: ['sessions-overdue'],
    note: 'Nothing is claimed to be ended.',
  },
  {
    id: 'world-terminate-answer-terminated',
    world: { terminateAnswer: 'TERMINATED' },
    what: 'TerminateSession returns TERMINATED at once',
    alarms: NONE,
    note: 'Success, as TERMINATING is.',
  },
  {
    id: 'world-terminated-at-once',
    world: { secondsToTerminated: 0 },
    what: 'A session is gone as soon as it is ended',
    alarms: NONE,
    note: 'Nothing waits for it.',
  },
  {
    id: 'world-terminating-for-long',
    world: { secondsToTerminated: 600 },
    what: 'A session is TERMINATING for ten minutes',
    alarms: NONE,
    note: 'It is not listed among the idle ones any more, and not ended again.',
  },
];

export const LISTING: readonly WorldCase[] = [
  {
    id: 'world-sql-refused',
    world: {},
    what: 'A workgroup whose engine is shown as AUTO refuses to list sessions',
    scenario: {
      regions: [
        [...FLEET, workgroup('reports', [], { engine: 'Athena engine version 3', engineShown: 'AUTO' })],
      ],
    },
    alarms: ['sweep-incomplete'],
    note: 'Nobody can know that it runs SQL. `workgroups.exclude` leaves it out.',
  },
  {
    id: 'world-sql-empty',
    world: { sqlListing: 'empty' },
    what: 'The same, where Athena lists no sessions of a SQL workgroup instead',
    scenario: {
      regions: [
        [...FLEET, workgroup('reports', [], { engine: 'Athena engine version 3', engineShown: 'AUTO' })],
      ],
    },
    alarms: NONE,
    note: 'An empty list is an answer.',
  },
  {
    id: 'world-new-engine',
    world: {},
    what: 'A workgroup has an engine with a new name',
    scenario: { regions: [[workgroup('etl', [due], { engineShown: 'Firefly engine version 1' })]] },
    alarms: NONE,
    note: 'Only engines that are known to be SQL are left out.',
  },
  {
    id: 'world-unfiltered-with-degraded',
    world: { unfilteredListing: 'with-degraded' },
    what: 'DEGRADED sessions are among those listed without a filter',
    scenario: { ...only({ ...due, state: 'DEGRADED' }), settings: { stuck: { degradedMinutes: 30 } } },
    alarms: NONE,
    note: 'Each state is listed by name, so that it makes no difference.',
  },
  {
    id: 'world-no-workgroups',
    world: {},
    what: 'ListWorkGroups shows no workgroup at all',
    scenario: { faults: [{ what: 'no workgroups', region: 0, after: 0, times: 0 }] },
    alarms: ['sweep-incomplete', 'function-errors', 'dead-letters'],
    note: 'Every account has at least `primary`, so this is no answer.',
  },
  {
    id: 'world-no-list',
    world: {},
    what: 'ListSessions answers without a list',
    scenario: { faults: [{ what: 'no list', operation: 'ListSessions', workgroup: 0, after: 0, times: 0 }] },
    alarms: ['sweep-incomplete'],
    note: 'Asked again, then reported as not listed; an empty list is an answer.',
  },
  {
    id: 'world-globs-select-nothing',
    world: {},
    what: 'The globs in `workgroups.include` select no workgroup of any region',
    scenario: { settings: { workgroups: { include: ['ETL'], exclude: [] } } },
    alarms: ['sweep-incomplete'],
    note: 'Letter case counts. The error suggests the names that come nearest.',
  },
];

const MINUTE = 60_000;
export const CLOCKS: readonly WorldCase[] = [
  {
    id: 'world-clock-ahead',
    world: {},
    what: "The function's clock is an hour behind the service's",
    scenario: { clockOffsetMs: 60 * MINUTE },
    alarms: NONE,
    note: 'Time is counted by the service. More than a minute apart is in the report and the log.',
  },
  {
    id: 'world-clock-behind',
    world: {},
    what: "The function's clock is an hour ahead of the service's",
    scenario: { clockOffsetMs: -60 * MINUTE },
    alarms: NONE,
    note: 'As above: nothing is ended before its time.',
  },
  {
    id: 'world-impossible-instants',
    world: {},
    what: 'A session is idle since before it was started, another since before the service was',
    scenario: only(
      { ...due, shows: { IdleSinceDateTime: new Date(Date.UTC(2026, 2, 1)) } },
      { ...due, shows: { IdleSinceDateTime: new Date(Date.UTC(2022, 9, 1)) } },
    ),
    alarms: ['sessions-unknown'],
    note: 'What cannot be true ends nothing.',
  },
  {
    id: 'world-spark-connect-busy',
    world: { sparkConnectWork: 'busy' },
    what: 'A session is used over Spark Connect, which turns it BUSY',
    scenario: { ...only(due), turns: [{ beforeCall: 1, session: 0, what: 'works over Spark Connect' }] },
    alarms: NONE,
    note: 'It is not among the idle ones.',
  },
  {
    id: 'world-spark-connect-moving',
    world: { sparkConnectWork: 'idle-moving' },
    what: 'The same, which moves `IdleSinceDateTime`',
    scenario: { ...only(due), turns: [{ beforeCall: 1, session: 0, what: 'works over Spark Connect' }] },
    alarms: NONE,
    note: 'It is idle for less than its limit.',
  },
  {
    id: 'world-spark-connect-standing',
    world: { sparkConnectWork: 'idle-standing' },
    what: 'The same, and nothing shows it',
    scenario: { ...only(due), turns: [{ beforeCall: 1, session: 0, what: 'works over Spark Connect' }] },
    alarms: NONE,
    note: '**It is ended in the middle of its work.** Nothing that Athena shows differs from a forgotten session: exempt such workgroups by tag.',
  },
  {
    id: 'world-timeout-hidden',
    world: { defaultIdleTimeout: '20-minutes-hidden' },
    what: 'GetSession does not show the idle timeout that a session got by default',
    alarms: NONE,
    note: 'Nothing is claimed to be saved of a session whose own end is not known.',
  },
  {
    id: 'world-timeout-none',
    world: { defaultIdleTimeout: 'none' },
    what: 'A session that was started without an idle timeout has none',
    alarms: NONE,
    note: 'It is ended by its limit like any other.',
  },
];
