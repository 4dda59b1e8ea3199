import { beforeAll, describe, expect, it } from 'vitest';
import { lastLook, sessionOf } from './invariants/evidence.js';
import { checkAll } from './invariants/invariants.js';
import { BASE } from './play/base.js';
import type { Scenario } from './play/scenario.js';
import { type Observation, simulate } from './play/simulation.js';

/** Thirty due sessions, and a service that lets two calls of an operation through at once, then one a second. */
const CROWD: Scenario = {
  ...BASE,
  settings: { tags: { enabled: false, prefix: 'session-reaper', unreadable: 'end' } },
  rateLimit: { ratePerSecond: 1, burst: 2 },
  faults: [{ what: 'throttled', operation: 'TerminateSession', after: 5, times: 4 }],
  pageSize: 100,
  regions: [
    [
      {
        name: 'etl',
        engine: 'PySpark engine version 3',
        tags: {},
        sessions: Array.from({ length: 30 }, () => ({ minutesInState: 60 })),
      },
    ],
  ],
};

/** The attempts to end sessions, each with the last look before it. */
function attemptsIn(seen: Observation) {
  return seen.exchanges
    .filter(({ operation }) => operation === 'TerminateSession')
    .map((call) => {
      const look = lastLook(seen, sessionOf(call), call.sent.order);
      const waitedMs = call.sent.at - (look?.answered?.at ?? Number.NaN);
      return { waitedMs, look, throttled: call.error === 'ThrottlingException' };
    });
}

describe('between the last look and TerminateSession', () => {
  let seen: Observation;
  beforeAll(async () => {
    seen = await simulate(CROWD);
  });

  it('nothing is waited for, though the rate makes every call wait', () => {
    expect(seen.elapsedMs).toBeGreaterThan(25_000);
    expect(seen.report?.counts).toMatchObject({ due: 30, terminated: 30 });
    expect(new Set(attemptsIn(seen).map(({ waitedMs }) => waitedMs))).toEqual(new Set([0]));
  });

  it('comes a new look for each attempt, those after a throttled one too', () => {
    const attempts = attemptsIn(seen);
    expect(attempts.some(({ throttled }) => throttled)).toBe(true);
    expect(new Set(attempts.map(({ look }) => look)).size).toBe(attempts.length);
  });

  it('the invariants hold', () => {
    checkAll(seen);
  });
});

describe('a TerminateSession whose last try got no readable answer', () => {
  it('may have ended its session: no other takes its place under the cap', async () => {
    const sessions = [{ minutesInState: 90 }, { minutesInState: 60 }];
    const { report } = await simulate({
      ...BASE,
      settings: { ...BASE.settings, maxTerminationsPerSweep: 1 },
      regions: [[{ name: 'etl', engine: 'PySpark engine version 3', tags: {}, sessions }]],
      faults: [
        { what: 'throttled', operation: 'TerminateSession', after: 0, times: 4 },
        { what: '500', operation: 'TerminateSession', after: 4, times: 1 },
      ],
    });
    expect(report?.counts).toMatchObject({ due: 2, failed: 1, deferred: 1, terminated: 0 });
  });
});

describe('a session that is used while its TerminateSession waits to be tried again', () => {
  it('is spared by the look before the second try', async () => {
    const id = 'session-0-0-0';
    const seen = await simulate({
      ...BASE,
      regions: [
        [
          {
            ...BASE.regions[0]?.[0],
            name: 'etl',
            engine: 'PySpark engine version 3',
            tags: {},
            sessions: [{ minutesInState: 60 }],
          },
        ],
      ],
      faults: [{ what: 'throttled', operation: 'TerminateSession', after: 0, times: 1 }],
      // Calls: ListWorkGroups, ListSessions, two of tags, GetSession, TerminateSession, and GetSession again.
      turns: [{ beforeCall: 7, session: 0, what: 'works' }],
    });
    expect(seen.report?.sessions).toMatchObject([
      { sessionId: id, outcome: 'spared', reason: 'BUSY at the last look' },
    ]);
    expect(seen.athena.journal.count('TerminateSession', 'ok')).toBe(0);
  });
});
