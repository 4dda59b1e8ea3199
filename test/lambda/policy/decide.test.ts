import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { decide, decideListed, needsLook, readEach } from '../../../lambda/policy/decide.js';
import { isUnknown } from '../../../lambda/policy/decision.js';
import { limitsFor } from '../../../lambda/policy/limits.js';
import { statesWithLimit } from '../../../lambda/policy/limits-by-state.js';
import { SESSION_STATES, type Session } from '../../../lambda/policy/session.js';
import { runs } from '../../support/property-share.js';
import { idleSession, minutesAgo, NOW, session, settings } from '../../support/sessions.js';

const TRUSTING = { trust: { lastModified: true } };

function decisionOn(one: Session, changes: Partial<ReaperSettings> = {}) {
  const all = settings(changes);
  return decide(one, limitsFor(one, all, NOW), NOW);
}

describe('an idle session', () => {
  it.each([
    { minutes: 29.99, action: 'keep', reason: 'within its limit' },
    { minutes: 30, action: 'terminate', reason: 'idle past its limit' },
    { minutes: 600, action: 'terminate', reason: 'idle past its limit' },
  ])('idle for $minutes of 30 minutes: $action', ({ minutes, action, reason }) => {
    expect(decisionOn(idleSession({ minutes }))).toMatchObject({ action, reason, rule: 'default' });
  });

  it('without an idle-since time is kept and counted as unknown, however long ago it was last modified', () => {
    const decision = decisionOn(session({ lastModifiedAt: minutesAgo(500) }));
    expect(decision).toMatchObject({
      ...{ action: 'keep', kind: 'no-idle-since' },
      evidence: { clock: 'idle-since', limitMinutes: 30 },
    });
    expect(isUnknown(decision)).toBe(true);
  });

  it('counts from when it was last modified where the settings trust that, and says that this is a lower bound', () => {
    const decision = decisionOn(session({ lastModifiedAt: minutesAgo(45) }), TRUSTING);
    expect(decision).toMatchObject({
      action: 'terminate',
      evidence: { clock: 'last-modified', minutes: 45, limitMinutes: 30, lowerBound: true },
    });
  });

  it.each([
    {
      what: 'is idle',
      one: idleSession({ minutes: 45, lastModifiedAt: minutesAgo(90) }),
      clock: 'idle-since',
    },
    {
      what: 'is busy',
      one: session({ state: 'BUSY', lastModifiedAt: minutesAgo(45) }),
      clock: 'last-modified',
    },
  ])('counts what it would without that trust where it $what and shows the time', ({ one, clock }) => {
    const { evidence } = decisionOn(one, { ...TRUSTING, stuck: { busyMinutes: 20 } });
    expect(evidence).toMatchObject({ clock, minutes: 45 });
    expect(evidence).not.toHaveProperty('lowerBound');
  });

  it.each([
    { what: 'missing', lastModifiedAt: undefined },
    { what: 'from before its start', lastModifiedAt: minutesAgo(602) },
  ])('is unknown though that is trusted where it is $what', ({ lastModifiedAt }) => {
    expect(isUnknown(decisionOn(session({ lastModifiedAt }), TRUSTING))).toBe(true);
  });

  it('was never idle for longer than it has existed: a minute before its start counts as its start', () => {
    const odd = session({ idleSince: minutesAgo(21), startedAt: minutesAgo(20) });
    expect(decisionOn(odd)).toMatchObject({ action: 'keep', evidence: { minutes: 20 } });
  });

  it.each([
    { what: 'a malformed timestamp', idleSince: new Date('nonsense'), reason: 'timestamp malformed' },
    { what: 'an empty timestamp', idleSince: new Date(0), reason: 'timestamp malformed' },
    { what: 'a future timestamp', idleSince: minutesAgo(-1.1), reason: 'timestamp in the future' },
    {
      what: 'a timestamp from before the service',
      idleSince: new Date('2022-10-31T23:59:59Z'),
      startedAt: undefined,
      reason: 'timestamp from before Athena had sessions',
    },
    {
      what: 'a timestamp from more than a minute before the start',
      idleSince: minutesAgo(602),
      reason: 'timestamp from before the session started',
    },
    {
      what: 'a future start',
      idleSince: minutesAgo(90),
      startedAt: minutesAgo(-1.1),
      reason: 'timestamp in the future',
    },
    {
      what: 'a malformed start',
      idleSince: minutesAgo(90),
      startedAt: new Date(Number.NaN),
      reason: 'timestamp malformed',
    },
  ])('with $what is kept and counted as unknown', ({ what: _, reason, ...timestamps }) => {
    const decision = decisionOn(session(timestamps));
    const evidence = { clock: 'idle-since', limitMinutes: 30 };
    expect(decision).toMatchObject({ action: 'keep', reason, evidence });
    expect(isUnknown(decision)).toBe(true);
  });

  it.each([0, -1])('may have become idle just now by another clock: %d minutes ago', (minutes) => {
    const decision = decisionOn(idleSession({ minutes }));
    expect(decision).toMatchObject({ action: 'keep', reason: 'within its limit', evidence: { minutes: 0 } });
  });

  it('does not fall back on another timestamp when its idle-since time is malformed', () => {
    const decision = decisionOn(session({ idleSince: new Date(Number.NaN), lastModifiedAt: minutesAgo(90) }));
    expect(decision.action).toBe('keep');
  });
});

describe('the other states', () => {
  it.each([
    {
      state: 'DEGRADED',
      stuck: { degradedMinutes: 20 },
      reason: 'degraded past its limit',
      rule: 'stuck.degradedMinutes',
    },
    {
      state: 'CREATED',
      stuck: { createdMinutes: 20 },
      reason: 'created but never used past its limit',
      rule: 'stuck.createdMinutes',
    },
    { state: 'BUSY', stuck: { busyMinutes: 20 }, reason: 'busy past its limit', rule: 'stuck.busyMinutes' },
  ])('$state ends after its stuck limit, and only where one is set', ({ state, stuck, reason, rule }) => {
    const long = session({ state, lastModifiedAt: minutesAgo(20) });
    const short = session({ state, lastModifiedAt: minutesAgo(19) });
    expect(decisionOn(long, { stuck })).toMatchObject({
      ...{ action: 'terminate', reason, rule },
      evidence: { clock: 'last-modified', minutes: 20, limitMinutes: 20 },
    });
    expect(decisionOn(short, { stuck })).toMatchObject({ action: 'keep', reason: 'within its limit' });
    expect(decisionOn(long)).toMatchObject({ action: 'keep', reason: 'in a state without a limit' });
    expect(decisionOn(session({ state, lastModifiedAt: undefined }), { stuck })).toMatchObject({
      reason: 'timestamp missing',
    });
  });

  it('CREATING ends after its stuck limit since the start, whenever it was last modified', () => {
    const creating = (minutes: number) => session({ state: 'CREATING', startedAt: minutesAgo(minutes) });
    const stuck = { creatingMinutes: 20 };
    expect(decisionOn(creating(20), { stuck })).toMatchObject({
      ...{ action: 'terminate', reason: 'creating past its limit', rule: 'stuck.creatingMinutes' },
      evidence: { clock: 'started', minutes: 20, limitMinutes: 20 },
    });
    expect(decisionOn(creating(19), { stuck }).action).toBe('keep');
    expect(decisionOn(session({ state: 'CREATING', startedAt: undefined }), { stuck })).toMatchObject({
      reason: 'timestamp missing',
    });
  });

  it.each(['CREATING', 'CREATED', 'IDLE', 'BUSY', 'DEGRADED'])('%s ends at the maximum age', (state) => {
    const old = session({ state, startedAt: minutesAgo(600), idleSince: minutesAgo(1) });
    expect(decisionOn(old, { stuck: { maxAgeMinutes: 600 } })).toMatchObject({
      action: 'terminate',
      reason: 'older than the maximum age',
      rule: 'stuck.maxAgeMinutes',
      evidence: { clock: 'started', minutes: 600, limitMinutes: 600 },
    });
    expect(decisionOn(old, { stuck: { maxAgeMinutes: 601 } }).action).toBe('keep');
  });

  it.each(['TERMINATING', 'TERMINATED', 'FAILED'])('%s is inactive already', (state) => {
    const old = session({ state, idleSince: minutesAgo(500) });
    expect(decisionOn(old, { stuck: { maxAgeMinutes: 1 } })).toMatchObject({
      action: 'keep',
      reason: 'inactive already',
    });
  });

  it.each(['HIBERNATED', undefined])('%s is not known to us: kept and counted as unknown', (state) => {
    const decision = decisionOn(session({ state, idleSince: minutesAgo(500) }));
    expect(decision).toMatchObject({ action: 'keep', reason: 'state not known' });
    expect(isUnknown(decision)).toBe(true);
  });
});

describe('an idle session that is listed without an idle-since time', () => {
  const listed = (one: Session, changes: Partial<ReaperSettings> = {}) =>
    decideListed(one, limitsFor(one, settings(changes), NOW), NOW);

  it.each([
    { start: 'its limit ago', startedAt: minutesAgo(30) },
    { start: 'unknown', startedAt: undefined },
    { start: 'impossible', startedAt: new Date(0) },
  ])(
    'needs a look where its start is $start, also where the time of its last change is trusted',
    ({ startedAt }) => {
      for (const changes of [{}, TRUSTING]) {
        const decision = listed(session({ startedAt, lastModifiedAt: minutesAgo(50) }), changes);
        expect(decision).toMatchObject({ action: 'keep', evidence: { limitMinutes: 30 } });
        expect(needsLook(decision)).toBe(true);
      }
    },
  );

  it('is within its limit where it is younger than that', () => {
    expect(listed(session({ startedAt: minutesAgo(29.9) }))).toMatchObject({
      kind: 'within-limit',
      evidence: { clock: 'started', limitMinutes: 30 },
    });
  });

  it('needs no look where it is due or exempt anyway', () => {
    const one = session({ startedAt: minutesAgo(600) });
    expect(listed(one, { stuck: { maxAgeMinutes: 500 } }).kind).toBe('past-max-age');
    const rules: ReaperSettings['rules'] = [{ match: { workgroup: '*' }, exempt: true }];
    expect(listed(one, { rules }).kind).toBe('exempt-by-rule');
  });

  it('needs a look also where its age deserves a warning', () => {
    const changes = { stuck: { maxAgeMinutes: 601 }, warnMinutes: 5 };
    expect(needsLook(listed(session({ startedAt: minutesAgo(600) }), changes))).toBe(true);
  });
});

describe('warnings', () => {
  it('are given by exactly one of a series of sweeps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (interval, extra, offset) => {
          const all = settings({
            idleMinutes: 120,
            warnMinutes: interval + extra,
            sweepIntervalMinutes: interval,
          });
          const warned = Array.from({ length: 200 }, (_, sweep) => (sweep + offset) * interval)
            .filter((minutes) => minutes < 120)
            .map((minutes) => idleSession({ minutes }))
            .filter((one) => decide(one, limitsFor(one, all, NOW), NOW).action === 'warn');
          return warned.length === 1;
        },
      ),
    );
  });

  it.each([
    { minutes: 19.99, kind: 'within-limit' },
    { minutes: 20, kind: 'due-soon' },
    { minutes: 24.99, kind: 'due-soon' },
    { minutes: 25, kind: 'within-limit' },
  ])('come ten minutes ahead and until the next sweep: idle for $minutes of 30 minutes, $kind', (row) => {
    const asked = { warnMinutes: 10, sweepIntervalMinutes: 5 };
    expect(decisionOn(idleSession({ minutes: row.minutes }), asked).kind).toBe(row.kind);
  });

  it('are off unless asked for', () => {
    expect(decisionOn(idleSession({ minutes: 29.9 })).action).toBe('keep');
  });
});

describe('every session', () => {
  const date = fc.option(fc.date({ min: minutesAgo(2_000), max: minutesAgo(-100), noInvalidDate: false }), {
    nil: undefined,
  });
  const anySession = fc
    .record({
      state: fc.constantFrom(...SESSION_STATES, 'HIBERNATED', undefined),
      startedAt: date,
      lastModifiedAt: date,
      idleSince: date,
      workGroup: fc.constantFrom('prod-a', 'dev-b'),
    })
    .map(session);
  const limit = fc.integer({ min: 1, max: 2_000 });
  const anySettings = fc
    .record({
      idleMinutes: limit,
      warnMinutes: fc.integer({ min: 0, max: 100 }),
      stuck: fc.record(
        {
          degradedMinutes: limit,
          creatingMinutes: limit,
          createdMinutes: limit,
          busyMinutes: limit,
          maxAgeMinutes: limit,
        },
        { requiredKeys: [] },
      ),
      trust: fc.record({ lastModified: fc.boolean() }),
      rules: fc.constantFrom<ReaperSettings['rules']>([], [{ match: { workgroup: 'prod-*' }, exempt: true }]),
    })
    .map(settings);

  it('is due only in a listed state, by a timestamp that lies as far back as its limit, and never when exempt', () => {
    fc.assert(
      fc.property(anySession, anySettings, (one, all) => {
        const limits = limitsFor(one, all, NOW);
        const { action, evidence } = decide(one, limits, NOW);
        if (action === 'keep') return;
        const since = evidence.since?.getTime() ?? Number.NaN;
        const minutes = (NOW.getTime() - since) / 60_000;
        expect(limits.exempt).toBeUndefined();
        expect(statesWithLimit(all)).toContain(one.state);
        expect([one.idleSince, one.lastModifiedAt, one.startedAt].map((d) => d?.getTime())).toContain(since);
        expect(one.state === 'IDLE' && evidence.clock === 'last-modified').toBe(
          evidence.lowerBound === true && all.trust.lastModified,
        );
        expect(minutes >= (evidence.limitMinutes ?? Number.POSITIVE_INFINITY)).toBe(action === 'terminate');
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('that is idle and older than every limit by every timestamp is due unless exempt', () => {
    fc.assert(
      fc.property(anySettings, fc.integer({ min: 2_000, max: 5_000 }), (all, minutes) => {
        const one = idleSession({ minutes, startedAt: minutesAgo(6_000), workGroup: 'dev-b' });
        expect(decide(one, limitsFor(one, all, NOW), NOW).action).toBe('terminate');
      }),
    );
  });
});

describe('every idle session', () => {
  const instant = fc.option(fc.date({ min: new Date(0), max: minutesAgo(-10_000) }), { nil: undefined });
  const anyIdle = fc
    .record({ startedAt: instant, lastModifiedAt: instant, idleSince: instant })
    .map((instants) => session(instants));

  it('ends only on an idle-since time that can be true and lies its limit back', () => {
    fc.assert(
      fc.property(anyIdle, (one) => {
        if (decisionOn(one).action !== 'terminate') return;
        const since = one.idleSince?.getTime() ?? Number.NaN;
        const start = one.startedAt?.getTime() ?? since;
        expect(since).toBeGreaterThanOrEqual(start - 60_000);
        expect(Math.min(since, start)).toBeGreaterThanOrEqual(Date.UTC(2022, 10, 1));
        expect(NOW.getTime() - Math.max(since, start)).toBeGreaterThanOrEqual(30 * 60_000);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('that its listing lets no look be spent on would not be due by any look that adds an idle-since time', () => {
    fc.assert(
      fc.property(anyIdle, instant, (shown, idleSince) => {
        const one = { ...shown, idleSince: undefined };
        const decision = decideListed(one, limitsFor(one, settings(), NOW), NOW);
        if (needsLook(decision)) return;
        expect(decisionOn({ ...one, idleSince }).action).not.toBe('terminate');
      }),
      { numRuns: runs(2_000) },
    );
  });
});

describe('of several limits', () => {
  const stuck = { maxAgeMinutes: 610 };

  it('one that is passed decides, then one that is near, then one that cannot be known', () => {
    const near = idleSession({ minutes: 5, startedAt: minutesAgo(600) });
    expect(decisionOn(near, { stuck, warnMinutes: 12 })).toMatchObject({
      ...{ action: 'warn', reason: 'due soon', rule: 'stuck.maxAgeMinutes' },
    });
    const untold = session({ lastModifiedAt: undefined, startedAt: minutesAgo(100) });
    expect(decisionOn(untold, { stuck })).toMatchObject({
      ...{ action: 'keep', kind: 'no-idle-since', rule: 'default' },
      evidence: { clock: 'idle-since', limitMinutes: 30 },
    });
    const passed = session({ lastModifiedAt: undefined, startedAt: minutesAgo(611) });
    expect(decisionOn(passed, { stuck })).toMatchObject({
      ...{ action: 'terminate', rule: 'stuck.maxAgeMinutes' },
    });
  });
});

describe('each limit by itself', () => {
  const eachOf = (one: Session) => {
    const all = settings({ stuck: { maxAgeMinutes: 500, busyMinutes: 90 } });
    return readEach(one, limitsFor(one, all, NOW), NOW).map(({ action, rule }) => [rule, action]);
  };

  it('is reported, whichever of them decides', () => {
    expect(eachOf(idleSession({ minutes: 20 }))).toEqual([
      ['default', 'keep'],
      ['stuck.maxAgeMinutes', 'terminate'],
    ]);
    expect(
      eachOf(session({ state: 'BUSY', lastModifiedAt: minutesAgo(90), startedAt: minutesAgo(100) })),
    ).toEqual([
      ['stuck.busyMinutes', 'terminate'],
      ['stuck.maxAgeMinutes', 'keep'],
    ]);
  });

  it.each(['TERMINATED', 'HIBERNATED', undefined])('is none in the state %s', (state) => {
    expect(eachOf(session({ state }))).toEqual([]);
  });
});
