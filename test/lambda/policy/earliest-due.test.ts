import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { decideListed, needsLook } from '../../../lambda/policy/decide.js';
import { earliestDueOf, earliestDueOfUnseen } from '../../../lambda/policy/earliest-due.js';
import { limitsFor } from '../../../lambda/policy/limits.js';
import type { Session } from '../../../lambda/policy/session.js';
import { runs } from '../../support/property-share.js';
import { idleSession, minutesAgo, NOW, session, settings } from '../../support/sessions.js';

/** Minutes from now. */
function dueIn(seen: Session, changes: Partial<ReaperSettings> = {}): number {
  const context = { settings: settings(changes), now: NOW, lastModifiedMoves: false };
  return (earliestDueOf(seen, context) - NOW.getTime()) / 60_000;
}

function unseenIn(changes: Partial<ReaperSettings> = {}, lastModifiedMoves = false): number {
  const context = { settings: settings(changes), now: NOW, lastModifiedMoves };
  return (earliestDueOfUnseen('analytics', NOW.getTime(), context) - NOW.getTime()) / 60_000;
}

const ANY = Number.NEGATIVE_INFINITY;
const NEVER = Number.POSITIVE_INFINITY;

describe('a session that a listing shows can be due', () => {
  const idle = idleSession({ minutes: 10, startedAt: minutesAgo(100) });
  const busy = session({ state: 'BUSY', startedAt: minutesAgo(100), lastModifiedAt: minutesAgo(50) });

  it.each<[string, Session, Partial<ReaperSettings>, number]>([
    ['when it has been idle for its limit', idle, {}, 20],
    ['earlier by the time at which it is announced', idle, { warnMinutes: 5 }, 15],
    ['at once where it is due', idleSession({ minutes: 60 }), {}, -30],
    [
      'by the limit that a rule gives',
      idle,
      { rules: [{ match: { workgroup: 'ana*' }, idleMinutes: 12 }] },
      2,
    ],
    [
      'never where a rule exempts it',
      idle,
      { rules: [{ match: { workgroup: 'ana*' }, exempt: true }] },
      NEVER,
    ],
    [
      'never where a rule exempts it, whatever its age',
      idle,
      { rules: [{ match: { workgroup: 'ana*' }, exempt: true }], stuck: { maxAgeMinutes: 105 } },
      NEVER,
    ],
    [
      'by the default, where rules are for others',
      idle,
      { rules: [{ match: { workgroup: 'x*' }, idleMinutes: 12 }] },
      20,
    ],
    ['by its age', idle, { stuck: { maxAgeMinutes: 105 } }, 5],
    [
      'in a state that it can turn to, from where LastModified stands',
      idle,
      { stuck: { busyMinutes: 15 } },
      5,
    ],
    [
      'in another state, from its start where it shows no LastModified',
      { ...idle, lastModifiedAt: undefined },
      { stuck: { degradedMinutes: 103 } },
      3,
    ],
    ['in its own state', busy, { stuck: { busyMinutes: 55 } }, 5],
    ['never in a state without a limit', busy, {}, NEVER],
    [
      'at any moment in a state whose time is not shown',
      { ...busy, lastModifiedAt: undefined },
      { stuck: { busyMinutes: 55 } },
      ANY,
    ],
    [
      'when it is as old as its limit, where it shows no idle-since time',
      idleSession({ minutes: 0, idleSince: undefined, startedAt: minutesAgo(25) }),
      {},
      5,
    ],
    [
      'from now on, where it started in the next minute',
      idleSession({ minutes: -1, startedAt: minutesAgo(-1) }),
      {},
      30,
    ],
    ['at any moment where its idle-since time cannot be true', idleSession({ minutes: -10 }), {}, ANY],
    [
      'at any moment where it shows no instant',
      session({ idleSince: undefined, startedAt: undefined }),
      {},
      ANY,
    ],
    ['at any moment in a state that is not known', session({ state: 'HIBERNATING' }), {}, ANY],
    [
      'at any moment where it has ended, and is listed all the same',
      session({ state: 'TERMINATED' }),
      {},
      ANY,
    ],
    ['at any moment where LastModified is trusted', idle, { trust: { lastModified: true } }, ANY],
  ])('%s', (_, seen, changes, expected) => {
    expect(dueIn(seen, changes)).toBe(expected);
  });

  it('at no earlier moment: until then a listing that shows the same finds nothing', () => {
    const minutes = fc.integer({ min: -5, max: 120 });
    const seen = fc.record({
      state: fc.constantFrom('IDLE', 'BUSY', 'DEGRADED', 'CREATING', 'CREATED'),
      idleSince: fc.option(minutes, { nil: undefined }),
      lastModifiedAt: fc.option(minutes, { nil: undefined }),
      startedAt: fc.option(minutes, { nil: undefined }),
    });
    const limit = fc.option(fc.integer({ min: 1, max: 150 }), { nil: undefined });
    const limits = fc.record({ busy: limit, degraded: limit, age: limit, warn: fc.constantFrom(0, 10) });
    fc.assert(
      fc.property(seen, limits, fc.double({ min: 0, max: 200, noNaN: true }), (drawn, given, later) => {
        const at = (ago: number | undefined) => (ago === undefined ? undefined : minutesAgo(ago));
        const { state, idleSince, lastModifiedAt, startedAt } = drawn;
        const shown = session({
          state,
          idleSince: state === 'IDLE' ? at(idleSince) : undefined,
          lastModifiedAt: at(lastModifiedAt),
          startedAt: at(startedAt),
        });
        const stuck = {
          ...(given.busy !== undefined && { busyMinutes: given.busy }),
          ...(given.degraded !== undefined && { degradedMinutes: given.degraded }),
          ...(given.age !== undefined && { maxAgeMinutes: given.age }),
        };
        const asked = settings({ stuck, warnMinutes: given.warn });
        fc.pre(later < dueIn(shown, asked));
        const then = new Date(NOW.getTime() + later * 60_000);
        const decision = decideListed(shown, limitsFor(shown, asked, then), then);
        expect(decision.action).toBe('keep');
        expect(needsLook(decision)).toBe(false);
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('a session that a listing does not show can be due', () => {
  it.each<[string, Partial<ReaperSettings>, number]>([
    ['a minute before the idle limit is over', {}, 29],
    ['by the shortest limit of any state', { stuck: { creatingMinutes: 12, maxAgeMinutes: 60 } }, 11],
    [
      'by the shortest limit that a rule can give it',
      { rules: [{ match: { description: 'dbt: *' }, idleMinutes: 10 }] },
      9,
    ],
    [
      'by the default, where rules are for other workgroups',
      { rules: [{ match: { workgroup: 'x*' }, idleMinutes: 10 }] },
      29,
    ],
    [
      'never where a rule exempts its workgroup',
      { rules: [{ match: { workgroup: 'ana*' }, exempt: true }] },
      NEVER,
    ],
    [
      'never where a rule exempts its workgroup, whatever its age',
      { rules: [{ match: { workgroup: 'ana*' }, exempt: true }], stuck: { maxAgeMinutes: 60 } },
      NEVER,
    ],
    [
      'by the default, where a rule exempts some of its workgroup',
      { rules: [{ match: { workgroup: 'ana*', description: 'dbt: *' }, exempt: true }] },
      29,
    ],
    [
      'by the shortest limit up to the first rule that surely decides',
      {
        rules: [
          { match: { description: 'dbt: *' }, idleMinutes: 40 },
          { match: { workgroup: 'ana*' }, idleMinutes: 20 },
          { match: { workgroup: '*' }, idleMinutes: 5 },
        ],
      },
      19,
    ],
    [
      'by the first rule, where that surely decides',
      {
        rules: [
          { match: { workgroup: 'ana*' }, idleMinutes: 20 },
          { match: { workgroup: '*' }, idleMinutes: 5 },
        ],
      },
      19,
    ],
    ['by a limit from its start without waiting for LastModified', { stuck: { creatingMinutes: 12 } }, 11],
    ['earlier by the time at which it is announced', { warnMinutes: 10 }, 19],
    ['at any moment where LastModified is trusted', { trust: { lastModified: true } }, ANY],
  ])('%s', (_, changes, expected) => {
    expect(unseenIn(changes)).toBe(expected);
  });

  it('at any moment from a state that is not listed, unless LastModified is seen to move', () => {
    const degraded = { stuck: { degradedMinutes: 20 } };
    expect([unseenIn(degraded), unseenIn(degraded, true)]).toEqual([ANY, 19]);
    expect(unseenIn({ stuck: { degradedMinutes: 20, maxAgeMinutes: 60 } })).toBe(19);
  });
});
