import { expect, test } from 'vitest';
import { SessionServiceError } from '../../../../lambda/athena/session-service.js';
import type { IdleReading, Observations } from '../../../../local/verification/experiment/observations.js';
import type { Observed } from '../../../../local/verification/experiment/observed.js';
import type { Instants, Sample } from '../../../../local/verification/experiment/sample.js';
import { findingsOf } from '../../../../local/verification/facts/findings.js';

const START = Date.UTC(2026, 0, 1, 12) + 123;
const SECOND = 1_000;

function seen<T>(value: T): Observed<T> {
  return { kind: 'seen', value };
}

const nothing: Observed<never> = { kind: 'not asked', why: 'not asked here' };

function observations(changes: Partial<Observations>): Observations {
  const rest = {
    workgroupTags: nothing,
    started: seen('id'),
    samples: [],
    idle: nothing,
    sessionTags: nothing,
    calculation: nothing,
    work: nothing,
    ending: nothing,
    terminated: nothing,
    endedAgain: nothing,
    afterEnd: nothing,
    madeUp: nothing,
    longEnded: nothing,
    sqlListing: nothing,
    degraded: nothing,
    withoutTimeout: nothing,
    clockOffset: nothing,
    rate: nothing,
  };
  const ownTagKeys = ['session-reaper:exempt', 'session-reaper:verify'];
  return { engine: 'Apache Spark version 3.5', ownTagKeys, ...rest, ...changes };
}

function sample(state: string, seconds: number, instants: Instants = {}): Sample {
  return { from: 'GetSession', askedAt: START + seconds * SECOND, state, instants };
}

/** LastModifiedDateTime, in seconds after the start. */
function modified(state: string, seconds: number, at: number): Sample {
  return sample(state, seconds, { LastModifiedDateTime: START + at * SECOND });
}

test.each<[string, readonly Sample[], string]>([
  [
    'moved at each change',
    [modified('CREATING', 5, 0), modified('CREATED', 9, 8), modified('IDLE', 12, 10)],
    'moves',
  ],
  ['never moved', [modified('CREATING', 5, 0), modified('IDLE', 12, 0)], 'stands'],
])('LastModifiedDateTime that %s', (_, samples, answer) => {
  expect(findingsOf(observations({ samples })).lastModified).toMatchObject({ answer });
});

test.each<[string, readonly Sample[]]>([
  [
    'moved at one change only',
    [modified('CREATING', 5, 0), modified('CREATED', 11, 8), modified('IDLE', 12, 8)],
  ],
  ['went back', [modified('CREATING', 5, 0), modified('IDLE', 12, -5)]],
  // In whole seconds a move within the second would not show.
  ['could have moved unseen', [modified('CREATING', 1, 0), modified('IDLE', 2, 0)]],
  ['was seen in one state only', [modified('IDLE', 5, 0), modified('IDLE', 12, 0)]],
  ['was not there', [sample('CREATING', 5), sample('IDLE', 12)]],
])('LastModifiedDateTime that %s is an open question', (_, samples) => {
  expect(findingsOf(observations({ samples })).lastModified.kind).toBe('open');
});

function reading(got: Instants, listed: Instants, changes: Partial<IdleReading> = {}): IdleReading {
  const [before, status, after] = [10, 11, 14].map((seconds) => sample('IDLE', seconds, got));
  const [filtered, unfiltered] = [12, 13].map((seconds) => sample('IDLE', seconds, listed));
  if (!(before && status && after)) throw new Error('three readings');
  return { before, status, filtered, unfiltered, after, ...changes };
}

const IDLE = { IdleSinceDateTime: START };

test.each<[string, IdleReading]>([
  ['in the listing, and not in GetSession', reading({}, IDLE)],
  ['in one listing of two', reading(IDLE, IDLE, { unfiltered: sample('IDLE', 13) })],
  [
    'of a session that was BUSY meanwhile',
    reading(IDLE, {}, { filtered: sample('BUSY', 12), unfiltered: undefined }),
  ],
  ['of a session that is not listed', reading(IDLE, IDLE, { filtered: undefined, unfiltered: undefined })],
])('IdleSinceDateTime %s is an open question', (_, idle) => {
  expect(findingsOf(observations({ idle: seen([idle]) })).idleSince.kind).toBe('open');
});

test.each<[string, Instants, Instants, string | undefined]>([
  ['the same', { StartDateTime: START }, { StartDateTime: START }, 'milliseconds'],
  ['cut to the second', { StartDateTime: START }, { StartDateTime: START - 123 }, 'whole-seconds'],
  ['rounded up', { StartDateTime: START }, { StartDateTime: START + 877 }, undefined],
  ['without a fraction', { StartDateTime: START - 123 }, { StartDateTime: START - 123 }, undefined],
])('instants that are %s', (_, got, listed, answer) => {
  const { listedInstants } = findingsOf(observations({ idle: seen([reading(got, listed)]) }));
  expect('answer' in listedInstants ? listedInstants.answer : undefined).toBe(answer);
});

const OWN = { 'session-reaper:exempt': 'true', 'session-reaper:verify': 'x' };

test('tags that come back without those of the start are an open question, and copying with them', () => {
  const { sessionTags } = findingsOf(observations({ sessionTags: seen({ team: 'data' }) }));
  expect(sessionTags).toEqual({ kind: 'open', why: expect.stringContaining('session-reaper:exempt') });
});

test('a workgroup whose tags were copied in part leaves the question open', () => {
  const both = {
    workgroupTags: seen({ team: 'data', stage: 'dev' }),
    sessionTags: seen({ ...OWN, team: 'data' }),
  };
  expect(findingsOf(observations(both)).workgroupTags.kind).toBe('open');
});

test('a denial where the workgroup has the tag too shows nothing of the tag of the session', () => {
  const deniedBefore = new SessionServiceError('denied', 'TerminateSession', 'AccessDeniedException', 'No.');
  const ending = seen({ answer: 'TERMINATING', askedAt: START, deniedBefore });
  const tagged = observations({ ending, workgroupTags: seen({ 'Session-Reaper:Exempt': 'true' }) });
  expect(findingsOf(tagged).denyBySessionTag.kind).toBe('open');
  const untagged = observations({ ending, workgroupTags: seen({ team: 'data' }) });
  expect(findingsOf(untagged).denyBySessionTag).toMatchObject({ answer: 'holds' });
});

test.each<[string, { shownMinutes?: number; endedAfterMinutes?: number }]>([
  ['shows 20 minutes, and does not end', { shownMinutes: 20 }],
  ['ends after 10 minutes', { endedAfterMinutes: 10 }],
  ['shows 15 minutes, and ends after 20', { shownMinutes: 15, endedAfterMinutes: 20 }],
])(
  'a session without a timeout that %s leaves the question open',
  (_, { shownMinutes, endedAfterMinutes }) => {
    const withoutTimeout = seen({ shownMinutes, endedAfterMinutes, watchedMinutes: 23 });
    expect(findingsOf(observations({ withoutTimeout })).defaultIdleTimeout.kind).toBe('open');
  },
);

test.each([
  ['a state that is no end', { ending: seen({ answer: 'IDLE', askedAt: START }) }, 'terminateAnswer'],
  ['sessions of a SQL workgroup', { sqlListing: seen(2) }, 'sqlListing'],
  ['one DEGRADED session of two', { degraded: seen({ degraded: 2, listed: 1 }) }, 'unfilteredListing'],
  ['an id that was made up, IDLE', { madeUp: seen('IDLE') }, 'unknownSession'],
] as const)('%s leaves the question open', (_, changes, id) => {
  expect(findingsOf(observations(changes))[id].kind).toBe('open');
});

test('an error of the network answers no question', () => {
  const failure = new SessionServiceError('unavailable', 'GetSession', 'ECONNRESET', 'socket hang up');
  const failed: Observed<never> = { kind: 'failed', failure };
  const findings = findingsOf(observations({ madeUp: failed, sqlListing: failed, sessionTags: failed }));
  for (const id of ['unknownSession', 'sqlListing', 'sessionTags'] as const) {
    expect(findings[id]).toEqual({ kind: 'open', why: 'GetSession: ECONNRESET: socket hang up' });
  }
});

/** Looks at a session, two seconds apart; IdleSinceDateTime in seconds after the start. */
function looks(...seen: readonly (readonly [state: string, idleSince?: number])[]): readonly Sample[] {
  return seen.map(([state, since], index) =>
    sample(state, 2 * index, since === undefined ? {} : { IdleSinceDateTime: START + since * SECOND }),
  );
}

test.each<[string, readonly Sample[], boolean, string | undefined]>([
  ['turned it BUSY', looks(['IDLE', 0], ['BUSY']), true, 'busy'],
  ['turned it BUSY, where IdleSinceDateTime is never shown', looks(['IDLE'], ['BUSY']), true, 'busy'],
  ['moved IdleSinceDateTime', looks(['IDLE', 0], ['IDLE', 2], ['IDLE', 4]), true, 'idle-moving'],
  ['left everything as it was', looks(['IDLE', 0], ['IDLE', 0]), true, 'idle-standing'],
  ['nobody said to have run', looks(['IDLE', 0], ['IDLE', 0]), false, undefined],
  [
    'moved IdleSinceDateTime once, as after a BUSY between two looks',
    looks(['IDLE', 0], ['IDLE', 1]),
    true,
    undefined,
  ],
  ['left IDLE, where IdleSinceDateTime is never shown', looks(['IDLE'], ['IDLE']), true, undefined],
  ['saw the end of the session', looks(['IDLE', 0], ['TERMINATING']), true, undefined],
])('work over Spark Connect that %s', (_, samples, hasRun, answer) => {
  const { sparkConnectWork } = findingsOf(observations({ work: seen({ samples, hasRun }) }));
  expect('answer' in sparkConnectWork ? sparkConnectWork.answer : undefined).toBe(answer);
});
