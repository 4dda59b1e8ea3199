import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../lambda/contract/outcomes.js';
import { isNews } from '../../../lambda/reporting/news.js';
import { runs } from '../../support/property-share.js';
import { recordOf } from '../../support/reports.js';

const SWEEP = { startedAt: '2026-03-02T10:00:01.000Z', sweepIntervalMinutes: 5 };

/** A session at even sweeps over some days: at which of them it is news, in minutes past its limit. */
function newsOver(days: number, { interval, first, outcome = 'failed' }: Failing): readonly number[] {
  const sweeps = Array.from(
    { length: Math.floor((days * 1_440) / interval) },
    (_, n) => first + n * interval,
  );
  return sweeps.filter((overdue) => {
    const minutes = Math.round((30 + overdue) * 10) / 10;
    return isNews(recordOf(outcome, { minutes }), { ...SWEEP, sweepIntervalMinutes: interval });
  });
}
interface Failing {
  readonly interval: number;
  readonly first: number;
  readonly outcome?: Outcome;
}

describe('a session is news', () => {
  it.each([
    ['terminated', true],
    ['warned', true],
    ['spared', false],
    ['deferred', false],
    ['already-inactive', false],
    ['would-terminate', false],
  ] as const)('where it was %s: %s', (outcome, expected) => {
    for (const minutes of [30.1, 40, 5_000]) {
      expect(isNews(recordOf(outcome, { minutes }), SWEEP)).toBe(expected);
    }
  });

  it('once in each whole day past its limit where it does not go away, from the first sweep on', () => {
    const interval = fc.constantFrom(1, 5, 7, 15, 60, 720);
    const failing = interval.chain((interval) =>
      fc.record({
        interval: fc.constant(interval),
        first: fc.integer({ min: 1, max: interval * 100 - 1 }).map((hundredths) => hundredths / 100),
        outcome: fc.constantFrom<Outcome>('failed', 'accepted'),
      }),
    );
    fc.assert(
      fc.property(failing, (drawn) => {
        const said = newsOver(3, drawn);
        const days = said.map((overdue) => Math.floor(overdue / 1_440 + 1e-9));
        expect(new Set(days).size).toBe(days.length);
        expect(days.length).toBeGreaterThanOrEqual(2);
        expect(said[0]).toBeLessThanOrEqual(2 * drawn.interval);
      }),
      { numRuns: runs(30) },
    );
  });

  it('once a day, too, where Athena says again and again that it is ending', () => {
    const again = (minutes: number) => isNews(recordOf('terminated', { minutes, again: true }), SWEEP);
    expect([32, 40, 1_000, 1_472, 1_480].map(again)).toEqual([true, false, false, true, false]);
  });

  it('in no sweep that comes in the very moment of its limit, nor later than a sweep after it', () => {
    const failed = (overdue: number) => isNews(recordOf('failed', { minutes: 30 + overdue }), SWEEP);
    expect([0, 0.1, 5, 5.1].map(failed)).toEqual([false, true, true, false]);
  });

  it('at each sweep where sweeps are a day apart', () => {
    const daily = { ...SWEEP, sweepIntervalMinutes: 1_440 };
    expect(isNews(recordOf('failed', { minutes: 30 }), daily)).toBe(true);
  });

  it('by the calendar, in UTC, where no time is known to count from', () => {
    const at = (startedAt: string) =>
      isNews(recordOf('failed', { minutes: 0, limitMinutes: 30 }), { ...SWEEP, startedAt });
    expect(at('2026-03-02T00:03:10.000Z')).toBe(true);
    expect(at('2026-03-02T00:08:10.000Z')).toBe(false);
    expect(at('2026-03-02T12:00:00.000Z')).toBe(false);
    const justPast = recordOf('failed', { minutes: 30, limitMinutes: 30 });
    expect(isNews(justPast, { ...SWEEP, startedAt: '2026-03-02T00:03:10.000Z' })).toBe(false);
  });

  it('at each sweep where a day has no two', () => {
    const rare = { ...SWEEP, sweepIntervalMinutes: 2_880 };
    expect(isNews(recordOf('failed', { minutes: 30 + 1_440 }), rare)).toBe(true);
  });
});
