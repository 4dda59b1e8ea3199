import { describe, expect, it } from 'vitest';
import type { SessionRecord } from '../../../lambda/contract/report.js';
import { DEFAULT_SETTINGS } from '../../../lambda/contract/settings.js';
import { Tally } from '../../../lambda/reporting/tally.js';
import { textOptions } from '../../../lambda/reporting/texts.js';

const SWEEP = {
  ...({
    mode: 'terminate',
    startedAt: new Date('2026-03-02T10:00:00Z'),
    durationMs: 12.4,
    dpuHourPrice: 0.35,
  } as const),
  calls: { calls: 7, throttled: 2 },
  texts: textOptions(DEFAULT_SETTINGS),
};

function record(members: Partial<SessionRecord> = {}): SessionRecord {
  return {
    ...{ sessionId: 'a', workGroup: 'etl', region: 'eu-west-1', state: 'IDLE', rule: 'default' },
    ...{
      minutes: 45,
      limitMinutes: 30,
      reason: 'idle past its limit',
      kind: 'idle-past-limit',
      outcome: 'terminated',
    },
    ...members,
  };
}

function tallied(records: readonly SessionRecord[]) {
  const tally = new Tally(['eu-west-1'], Math.random);
  for (const one of records) tally.record(one);
  return tally.result(SWEEP);
}

describe('how long sessions have been idle', () => {
  it('is all of them up to 99, in seconds', () => {
    const tally = new Tally(['eu-west-1'], () => 0);
    for (let minutes = 1; minutes <= 99; minutes += 1) tally.idleFor(minutes);
    expect(tally.result(SWEEP).idleAges).toEqual(Array.from({ length: 99 }, (_, n) => (n + 1) * 60));
  });

  it('is a uniform sample beyond that: the n-th has its place at random among the first n', () => {
    const tally = new Tally(['eu-west-1'], () => 0.5);
    for (let minutes = 1; minutes <= 300; minutes += 1) tally.idleFor(minutes);
    // At one half, the n-th goes to place n / 2 as long as that is one of the 99.
    const expected = Array.from({ length: 99 }, (_, place) => (place < 50 ? place + 1 : 2 * place + 1));
    expect(tally.result(SWEEP).idleAges).toEqual(expected.map((minutes) => minutes * 60));
  });
});

describe('the session longest past its limit', () => {
  it.each([
    { overdue: [], seconds: 0 },
    { overdue: [-5], seconds: 0 },
    { overdue: [1, 60, 10], seconds: 3_600 },
  ])('of $overdue is $seconds seconds past it', ({ overdue, seconds }) => {
    const tally = new Tally(['eu-west-1'], Math.random);
    for (const minutes of overdue) tally.overdue(minutes, false);
    expect(tally.result(SWEEP).oldestOverdue).toBe(seconds);
  });

  it('counts where it was ended at once, unless workgroups wait for their turn', () => {
    const tally = new Tally(['eu-west-1'], Math.random);
    tally.overdue(60, true);
    tally.overdue(5, false);
    expect(tally.result(SWEEP).oldestOverdue).toBe(3_600);
    tally.notListed({ region: 'eu-west-1', workGroup: 'etl', kind: 'waiting', error: 'out of time' });
    expect(tally.result(SWEEP).oldestOverdue).toBe(300);
  });
});

describe('a session that was ending before', () => {
  it('counts as ended, and apart from the others, and is not saved again', () => {
    const { counts, saved } = tallied([record({ dpuHoursSaved: 1 }), record({ again: true })]).report;
    expect(counts).toMatchObject({ terminated: 2, terminatedAgain: 1 });
    expect(saved).toMatchObject({ dpuHours: 1, sessionsNotCounted: 0 });
  });
});

describe('what the counts say apart from outcomes', () => {
  it('is how many sessions are news, all of them where nobody says which', () => {
    const records = [record({ sessionId: 'a' }), record({ sessionId: 'b', outcome: 'warned' }), record()];
    expect(tallied(records).report.counts.news).toBe(3);
    const tally = new Tally(['eu-west-1'], Math.random, ({ sessionId }) => sessionId === 'b');
    for (const one of records) tally.record(one);
    expect(tally.result(SWEEP).report.counts.news).toBe(1);
  });

  it('is how many sessions are exempt for long, or were looked at without their tags', () => {
    const tally = new Tally(['eu-west-1'], Math.random);
    tally.longExempt('eu-west-1');
    tally.tagsUnreadable('eu-west-1');
    tally.tagsUnreadable('eu-west-1');
    expect(tally.result(SWEEP).report.counts).toMatchObject({ longExempt: 1, tagsUnreadable: 2 });
  });

  it('is refused of a region that is not part of the sweep', () => {
    expect(() => new Tally(['eu-west-1'], Math.random).longExempt('us-east-1')).toThrow(
      new RangeError('Region us-east-1 is not part of this sweep'),
    );
  });
});

describe('a session that was ended, and whose owner no tag names', () => {
  it('is asked about, unless it was ending before', () => {
    const tally = new Tally(['eu-west-1'], Math.random);
    const of = (sessionId: string, members: Partial<SessionRecord>) =>
      tally.record(record({ sessionId, ...members }));
    of('unknown', {});
    of('by-role', { owner: 'spark', ownerFrom: 'role' });
    of('by-tag', { owner: 'ada', ownerFrom: 'tag' });
    of('again', { again: true });
    of('failed', { outcome: 'failed' });
    expect(tally.endedWithoutOwner().map(({ sessionId }) => sessionId)).toEqual(['unknown', 'by-role']);
    tally.namedOwners(new Map([['unknown', 'grace']]));
    const { sessions } = tally.result(SWEEP).report;
    expect(sessions.find(({ sessionId }) => sessionId === 'unknown')).toMatchObject({
      ...{ owner: 'grace', ownerFrom: 'cloudtrail' },
    });
    expect(sessions.find(({ sessionId }) => sessionId === 'by-role')?.owner).toBe('spark');
  });
});

describe('a region whose clock differs', () => {
  it('says by how much', () => {
    const tally = new Tally(['eu-west-1', 'us-east-1'], Math.random);
    tally.clockOffset('us-east-1', -90);
    const { regions } = tally.result(SWEEP).report;
    expect(regions.map(({ clockOffsetSeconds }) => clockOffsetSeconds)).toEqual([undefined, -90]);
    expect(regions[0]).not.toHaveProperty('clockOffsetSeconds');
  });
});

describe('what TerminateSession returned', () => {
  it('is counted by state; an answer without one counts as none, and no answer not at all', () => {
    const { report } = tallied([
      record({ returnedState: 'TERMINATING' }),
      record({ returnedState: 'TERMINATING' }),
      record({ outcome: 'already-inactive', returnedState: 'FAILED' }),
      record({ outcome: 'accepted' }),
      record({ outcome: 'spared' }),
      record({ outcome: 'failed' }),
    ]);
    expect(report.returnedStates).toEqual({ TERMINATING: 2, FAILED: 1, none: 1 });
  });
});

describe('what is saved', () => {
  it('is added up for sessions that were ended, or would have been', () => {
    const { saved } = tallied([
      record({ dpuHoursSaved: 1.5 }),
      record({ outcome: 'would-terminate', dpuHoursSaved: 0.5 }),
      record({ outcome: 'accepted', dpuHoursSaved: 9 }),
      record(),
      record({ outcome: 'failed' }),
    ]).report;
    expect(saved).toEqual({ dpuHours: 2, cost: 0.7, sessionsNotCounted: 1 });
  });
});

describe('a report', () => {
  it('says what it was given of the sweep, and has the sessions oldest first', () => {
    const { report } = tallied([31, 90, 40].map((minutes) => record({ minutes })));
    expect(report).toMatchObject({
      ...{
        mode: 'terminate',
        startedAt: '2026-03-02T10:00:00.000Z',
        durationMs: 12,
        calls: 7,
        throttledCalls: 2,
      },
      ...{ complete: true, sessionsOmitted: 0 },
    });
    expect(report.sessions.map(({ minutes }) => minutes)).toEqual([90, 40, 31]);
  });

  it('has what was done first, then what was not done, then what was kept', () => {
    const outcomes = [
      'spared',
      'warned',
      'already-inactive',
      'deferred',
      'failed',
      'accepted',
      'terminated',
    ] as const;
    const records = outcomes.map((outcome, n) => record({ outcome, minutes: 1_000 - n }));
    expect(tallied(records).report.sessions.map(({ outcome }) => outcome)).toEqual([
      ...['terminated', 'accepted', 'failed', 'deferred', 'already-inactive', 'warned', 'spared'],
    ]);
    const manyExempt = Array.from({ length: 2_000 }, () => record({ outcome: 'spared', minutes: 9_000 }));
    expect(tallied([record({ sessionId: 'ended' }), ...manyExempt]).report.sessions[0]?.sessionId).toBe(
      'ended',
    );
  });

  it('keeps the 200 oldest of any number of sessions, and says how many more there were', () => {
    const { report } = tallied(Array.from({ length: 2_500 }, (_, n) => record({ minutes: 31 + n })));
    expect(report.sessions.map(({ minutes }) => minutes)).toEqual(
      Array.from({ length: 200 }, (_, n) => 2_530 - n),
    );
    expect(report.sessionsOmitted).toBe(2_300);
    expect(report.counts.terminated).toBe(2_500);
  });

  it('has the error of a region that could not be listed, and the first 50 places that were not', () => {
    const tally = new Tally(['eu-west-1', 'us-east-1'], Math.random);
    tally.notListed({ region: 'us-east-1', error: 'refused' });
    for (let n = 0; n < 60; n += 1)
      tally.notListed({ region: 'eu-west-1', workGroup: `wg-${n}`, error: 'x' });
    const { report } = tally.result(SWEEP);
    expect(report.regions.map(({ error }) => error)).toEqual([undefined, 'refused']);
    expect(report.regions[0]).not.toHaveProperty('error');
    expect(report.notListed).toHaveLength(50);
    expect(report).toMatchObject({ complete: false, counts: { notListed: 61 } });
  });

  it.each(['deferred', 'failed'] as const)('with a session that was %s is not complete', (outcome) => {
    expect(tallied([record({ outcome })]).report.complete).toBe(false);
  });
});

describe('a workgroup that is not listed again', () => {
  it('is counted as its last listing showed it, and its age is said', () => {
    const tally = new Tally(['eu-west-1'], Math.random);
    tally.remembered('eu-west-1', { sessions: 3, idleMinutes: [4, 5], ageMs: 600_000 });
    tally.remembered('eu-west-1', { sessions: 0, idleMinutes: [], ageMs: 900_400 });
    const { report, idleAges } = tally.result(SWEEP);
    expect(report).toMatchObject({
      complete: true,
      oldestListingSeconds: 900,
      counts: { workgroups: 2, remembered: 2, notListed: 0, listed: 3, kept: 3 },
    });
    expect(idleAges).toEqual([240, 300]);
  });
});

describe('workgroups that wait for their turn', () => {
  it('are places not listed, and are named after those that failed', () => {
    const tally = new Tally(['eu-west-1'], Math.random);
    for (let n = 0; n < 60; n += 1)
      tally.notListed({ region: 'eu-west-1', workGroup: `w${n}`, kind: 'waiting', error: 'out of time' });
    tally.notListed({ region: 'eu-west-1', workGroup: 'denied', error: 'AccessDeniedException' });
    const { report } = tally.result(SWEEP);
    expect(report).toMatchObject({ complete: false, counts: { notListed: 61, waiting: 60 } });
    expect(report.notListed).toHaveLength(50);
    expect(report.notListed[0]).toMatchObject({ workGroup: 'denied' });
  });
});
