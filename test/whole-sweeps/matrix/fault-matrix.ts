/** Everything that can go wrong around a sweep, one by one, and what is to become of the sessions it strikes. */
import type { Outcome } from '../../../lambda/contract/outcomes.js';
import { DEFAULT_WORLD } from '../../../local/athena/index.js';
import type { FaultPlan, Scenario, SessionPlan, SweepOperation } from '../play/scenario.js';

export interface FailureMode {
  /** Its anchor in `docs/failure-modes.md`. */
  readonly id: string;
  readonly what: string;
  readonly scenario: Partial<Scenario>;
  /** Outcomes of the due sessions that it strikes; every other one is ended. */
  readonly outcomes?: Readonly<Record<string, Outcome>>;
  /** Due sessions that are kept as unknown. */
  readonly unknown?: readonly string[];
  /** Places that are not listed, and whose sessions have no outcome. */
  readonly notListed?: readonly string[];
  /** What the log says of it, where it says anything. */
  readonly says?: RegExp;
  /** Why it is so, or what to know about it. */
  readonly note: string;
}

const due: SessionPlan = { minutesInState: 60, ageMinutes: 90 };
const fresh: SessionPlan = { minutesInState: 5, ageMinutes: 90 };
const workgroup = (name: string, sessions: readonly SessionPlan[]) =>
  ({ name, engine: 'PySpark engine version 3', tags: {}, sessions }) as const;

/** Three regions, four workgroups, five due sessions; a page holds two. */
export const BASE: Scenario = {
  seed: 4,
  settings: {},
  event: {},
  remainingMs: 300_000,
  latencyMs: 25,
  world: DEFAULT_WORLD,
  clockOffsetMs: 0,
  denyTagged: false,
  pageSize: 2,
  regions: [
    [workgroup('etl', [due, due, fresh]), workgroup('adhoc', [due, fresh])],
    [workgroup('etl', [due])],
    [workgroup('etl', [due])],
  ],
  faults: [],
  turns: [],
};

/** The due sessions of {@link BASE} by region and workgroup. */
export const DUE_SESSIONS: Readonly<Record<string, readonly string[]>> = {
  'eu-west-1/etl': ['session-0-0-0', 'session-0-0-1'],
  'eu-west-1/adhoc': ['session-0-1-0'],
  'us-east-1/etl': ['session-1-0-0'],
  'ap-south-1/etl': ['session-2-0-0'],
};

const ONE = 'session-0-0-0';
const EUROPE = { region: 0 };
const ETL = { region: 0, workgroup: 0 };
const ONE_SESSION = { session: 0 };

type Place = Pick<FaultPlan, 'region' | 'workgroup' | 'session'>;
type Count = Partial<Pick<FaultPlan, 'after' | 'times'>>;
const OFTEN = { after: 0, times: 0 };

function fault(what: FaultPlan['what'], operation?: SweepOperation, place: Place = {}, count: Count = {}) {
  return { what, operation, ...place, ...OFTEN, ...count };
}

const THROTTLING: readonly FailureMode[] = [
  {
    id: 'throttled-for-a-while',
    what: 'Athena answers "rate exceeded" for a while',
    scenario: { faults: [fault('throttled', undefined, {}, { times: 9 })] },
    note: 'Each operation finds its rate and keeps to it; the sweep takes longer and misses nothing.',
  },
  {
    id: 'listings-throttled-for-ever',
    what: 'Athena answers "rate exceeded" to every ListSessions of a region',
    scenario: { faults: [fault('throttled', 'ListSessions', EUROPE)] },
    notListed: ['eu-west-1/etl', 'eu-west-1/adhoc'],
    says: /ListSessions: ThrottlingException/,
    note: 'It asks ever more rarely, and gives a workgroup up after six attempts.',
  },
  {
    id: 'terminations-throttled-for-ever',
    what: 'Athena answers "rate exceeded" to every TerminateSession of a region',
    scenario: { faults: [fault('too many requests', 'TerminateSession', EUROPE)] },
    outcomes: { [ONE]: 'failed', 'session-0-0-1': 'failed', 'session-0-1-0': 'failed' },
    says: /TerminateSession: TooManyRequestsException/,
    note: 'Every retry looks at the session anew, and the permit is taken before the look.',
  },
];

const SERVICE: readonly FailureMode[] = [
  {
    id: '500-once',
    what: 'Each operation answers a 500 once',
    scenario: {
      faults: (
        ['ListWorkGroups', 'ListSessions', 'ListTagsForResource', 'GetSession', 'TerminateSession'] as const
      ).map((operation) => fault('500', operation, {}, { times: 1 })),
    },
    note: 'Retried. A TerminateSession is retried only after a new last look.',
  },
  {
    id: '500-always',
    what: 'Athena answers a 500 to every TerminateSession of one session',
    scenario: { faults: [fault('500', 'TerminateSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'failed' },
    says: /TerminateSession: InternalServerException/,
    note: 'It may have been ended all the same, so it counts against the cap; the next sweep sees.',
  },
  {
    id: '500-though-done',
    what: 'Athena ends the session and answers a 500',
    scenario: { faults: [fault('500 though done', 'TerminateSession', ONE_SESSION, { times: 1 })] },
    outcomes: { [ONE]: 'already-inactive' },
    note: 'The look before the retry finds it TERMINATING. It counts against the cap.',
  },
  {
    id: 'unknown-error',
    what: 'An error of a type that nobody knows',
    scenario: { faults: [fault('unknown error', 'TerminateSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'failed' },
    says: /TerminateSession: SomethingNewException/,
    note: 'Not retried: nothing says that it would help.',
  },
  {
    id: 'unknown-state-listed',
    what: 'A listing shows a state that nobody knows',
    scenario: { faults: [fault('unknown state', 'ListSessions', ETL)] },
    unknown: [ONE, 'session-0-0-1'],
    note: 'Kept and counted as unknown.',
  },
  {
    id: 'unknown-state-returned',
    what: 'TerminateSession returns a state that nobody knows, or none',
    scenario: { faults: [fault('unknown state', 'TerminateSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'accepted' },
    note: 'The next sweep sees whether it went; the count of returned states has it by its name.',
  },
  {
    id: 'timestamps-missing',
    what: 'A listing shows sessions without any timestamp',
    scenario: { faults: [fault('timestamps missing', 'ListSessions', ETL)] },
    note: 'GetSession is asked for them.',
  },
  {
    id: 'timestamps-missing-everywhere',
    what: 'Neither the listing nor GetSession shows any timestamp of a session',
    scenario: {
      faults: [fault('timestamps missing', 'ListSessions', ETL), fault('timestamps missing', 'GetSession')],
    },
    unknown: [ONE, 'session-0-0-1'],
    outcomes: { 'session-0-1-0': 'spared', 'session-1-0-0': 'spared', 'session-2-0-0': 'spared' },
    note: 'Kept and counted as unknown; spared where the listing had shown it due.',
  },
  {
    id: 'timestamps-garbled',
    what: 'A listing has a timestamp that is none',
    scenario: { faults: [fault('timestamps garbled', 'ListSessions', ETL)] },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: TypeError/,
    note: 'The SDK refuses the whole page, so nothing in that workgroup is ended.',
  },
];

const CONNECTION: readonly FailureMode[] = [
  {
    id: 'connection-refused',
    what: "Nobody listens at a region's endpoint",
    scenario: { faults: [fault('connection refused', undefined, EUROPE)] },
    notListed: ['eu-west-1'],
    says: /ListWorkGroups: ECONNREFUSED/,
    note: 'Retried six times, then the region is given up.',
  },
  {
    id: 'one-region-down',
    what: 'One region of three drops every connection',
    scenario: { faults: [fault('dropped', undefined, EUROPE)] },
    notListed: ['eu-west-1'],
    says: /ListWorkGroups: ECONNRESET/,
    note: 'Regions are swept side by side, each with clients and pacing of its own.',
  },
  {
    id: 'every-region-down',
    what: 'No region can be reached',
    scenario: { faults: [fault('dropped')] },
    notListed: ['eu-west-1', 'us-east-1', 'ap-south-1'],
    says: /ListWorkGroups: ECONNRESET/,
    note: 'The only case in which the invocation fails, after its log lines and metrics are out.',
  },
  {
    id: 'reset-mid-body',
    what: 'The connection is reset in the middle of every answer about one session',
    scenario: { faults: [fault('cut off', undefined, ONE_SESSION)] },
    outcomes: { [ONE]: 'failed' },
    says: /ECONNRESET/,
    note: 'What cannot be looked at is not ended.',
  },
  {
    id: 'hang',
    what: 'Athena never answers GetSession for one session',
    scenario: { faults: [fault('hang', 'GetSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'failed' },
    says: /GetSession: ETIMEDOUT/,
    note: 'Each attempt is given up after 5 seconds; the others do not wait for it.',
  },
  {
    id: 'never-a-whole-answer',
    what: 'Answers of a region trickle in and never end',
    scenario: { faults: [fault('never a whole answer', 'ListSessions', EUROPE)] },
    notListed: ['eu-west-1/etl', 'eu-west-1/adhoc'],
    says: /ListSessions: TimeoutError/,
    note: 'An attempt has 8 seconds, however it spends them.',
  },
  {
    id: 'malformed-json',
    what: 'Listings of one workgroup are not JSON',
    scenario: { faults: [fault('malformed JSON', 'ListSessions', ETL)] },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: SyntaxError/,
    note: 'Retried like a dropped connection.',
  },
];

const PERMISSIONS: readonly FailureMode[] = [
  {
    id: 'terminate-denied',
    what: 'The role may not call TerminateSession',
    scenario: { faults: [fault('access denied', 'TerminateSession', EUROPE)] },
    outcomes: { [ONE]: 'failed', 'session-0-0-1': 'failed', 'session-0-1-0': 'failed' },
    says: /TerminateSession: AccessDeniedException/,
    note: 'Not retried. Sessions that were refused do not count against the cap.',
  },
  {
    id: 'tags-denied',
    what: 'The role may not read tags',
    scenario: { faults: [fault('access denied', 'ListTagsForResource', EUROPE)] },
    outcomes: { [ONE]: 'failed', 'session-0-0-1': 'failed', 'session-0-1-0': 'failed' },
    says: /ListTagsForResource: AccessDeniedException/,
    note: 'A session whose tags cannot be read might be exempt, so it is not ended.',
  },
  {
    id: 'workgroup-denied',
    what: 'The role may not do anything in one workgroup',
    scenario: { faults: [fault('access denied', undefined, ETL)] },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: AccessDeniedException/,
    note: 'Exclude the workgroup, or let the role list it.',
  },
  {
    id: 'credentials-expire',
    what: 'The credentials expire when the listings are done',
    scenario: {
      faults: [fault('credentials expired', 'GetSession')],
    },
    outcomes: {
      ...{ [ONE]: 'failed', 'session-0-0-1': 'failed', 'session-0-1-0': 'failed' },
      ...{ 'session-1-0-0': 'failed', 'session-2-0-0': 'failed' },
    },
    says: /GetSession: ExpiredTokenException/,
    note: 'What was listed is reported; the next invocation has new credentials.',
  },
];

const CHANGES: readonly FailureMode[] = [
  {
    id: 'workgroup-deleted-before-its-listing',
    what: 'A workgroup is deleted before it is listed',
    scenario: { faults: [fault('invalid request', 'ListSessions', ETL)] },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: InvalidRequestException/,
    note: 'The next sweep does not find it any more.',
  },
  {
    id: 'workgroup-deleted-mid-listing',
    what: 'A workgroup is deleted while it is listed',
    scenario: { faults: [fault('invalid request', 'ListSessions', ETL, { after: 1 })] },
    outcomes: { 'session-0-0-1': 'deferred' },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: InvalidRequestException/,
    note: 'What its first page showed due is left to the next sweep, which does not find it any more.',
  },
  {
    id: 'page-token-expired',
    what: 'A page token is refused',
    scenario: { faults: [fault('page token expired', 'ListSessions', ETL)] },
    outcomes: { 'session-0-0-1': 'deferred' },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: InvalidRequestException/,
    note: 'Nothing is ended in a workgroup that was not listed to its last page.',
  },
  {
    id: 'page-token-repeated',
    what: 'A page token comes back again and again',
    scenario: { faults: [fault('page token repeated', 'ListSessions', ETL)] },
    outcomes: { 'session-0-0-1': 'deferred' },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: RepeatedPageToken/,
    note: 'The listing ends with an error instead of never.',
  },
  {
    id: 'session-vanishes-before-the-look',
    what: 'A session vanishes before its last look',
    scenario: { faults: [fault('not found', 'GetSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'already-inactive' },
    says: /ResourceNotFoundException/,
    note: 'Harmless once; overdue where ListSessions goes on showing it.',
  },
  {
    id: 'session-vanishes-after-the-look',
    what: 'A session vanishes between its last look and TerminateSession',
    scenario: { faults: [fault('not found', 'TerminateSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'already-inactive' },
    says: /ResourceNotFoundException/,
    note: 'Harmless once; overdue where ListSessions goes on showing it.',
  },
];

const OUT_OF_TIME: readonly FailureMode[] = [
  {
    id: 'out-of-time-finding-workgroups',
    what: 'Time is up while the workgroups of a region are listed',
    scenario: { remainingMs: 11_000, faults: [fault('hang', 'ListWorkGroups', EUROPE)] },
    notListed: ['eu-west-1'],
    says: /out of time/,
    note: 'Nothing new begins in the last 7 seconds, and the report is written in the last 1.5.',
  },
  {
    id: 'out-of-time-listing',
    what: 'Time is up while a workgroup is listed',
    scenario: { remainingMs: 11_000, faults: [fault('hang', 'ListSessions', ETL)] },
    notListed: ['eu-west-1/etl'],
    says: /out of time/,
    note: 'Each sweep takes the workgroups in another order, so the same one is not left out every time.',
  },
  {
    id: 'out-of-time-reading-tags',
    what: 'Time is up while tags are read',
    scenario: { remainingMs: 11_000, faults: [fault('hang', 'ListTagsForResource', ONE_SESSION)] },
    outcomes: { [ONE]: 'deferred' },
    note: 'Left to the next sweep.',
  },
  {
    id: 'out-of-time-looking',
    what: 'Time is up during a last look',
    scenario: { remainingMs: 11_000, faults: [fault('hang', 'GetSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'deferred' },
    note: 'Left to the next sweep.',
  },
  {
    id: 'out-of-time-ending',
    what: 'Time is up while the answer to TerminateSession is awaited',
    scenario: {
      remainingMs: 8_500,
      faults: [fault('never a whole answer', 'TerminateSession', EUROPE, { times: 1 })],
    },
    outcomes: { 'session-0-1-0': 'failed' },
    says: /the sweep ran out of time/,
    note: 'The answer is awaited until 1.5 seconds before the end. It was asked for, so it is not called deferred.',
  },
];

export const FAULT_MATRIX: readonly FailureMode[] = [
  ...THROTTLING,
  ...SERVICE,
  ...CONNECTION,
  ...PERMISSIONS,
  ...CHANGES,
  ...OUT_OF_TIME,
];
