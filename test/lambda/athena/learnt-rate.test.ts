import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LearntRate } from '../../../lambda/athena/learnt-rate.js';

beforeEach(() => {
  // The jitter of a pause at its middle.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.advanceTimersByTime(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Calls that are accepted, and then, so many seconds after the last throttled one, one that is not. */
function interval(rate: LearntRate, { accepted, seconds }: { accepted: number; seconds: number }) {
  vi.advanceTimersByTime(seconds * 1_000);
  for (let call = 0; call < accepted; call += 1) rate.noteAccepted(performance.now());
  return rate.noteThrottled(performance.now());
}

/** A rate that was learnt from a bucket of 20 calls, as the first throttled call shows it. */
function begun() {
  const rate = new LearntRate();
  const pauseMs = interval(rate, { accepted: 20, seconds: 1 });
  return { rate, pauseMs };
}

describe('a rate that nothing was said of', () => {
  it('has no limit, however many calls were accepted', () => {
    const rate = new LearntRate();
    for (let call = 0; call < 100; call += 1) rate.noteAccepted(performance.now());
    expect([rate.isLimited, rate.pace()]).toEqual([false, Number.POSITIVE_INFINITY]);
  });

  it('begins with five calls per second, after a pause of a spacing and a fifth', () => {
    const { rate, pauseMs } = begun();
    expect(rate.isLimited).toBe(true);
    expect(rate.pace()).toBe(5);
    expect(pauseMs).toBeCloseTo((1 + (32 / 70) ** 2) * 200);
  });

  it('spares a bucket nothing that it cannot hold', () => {
    expect(interval(new LearntRate(), { accepted: 0, seconds: 1 })).toBe(200);
  });
});

describe('a rate that is known', () => {
  it('grows with the square of the accepted calls: after 32 the pace has doubled', () => {
    const { rate } = begun();
    vi.advanceTimersByTime(1);
    for (let call = 0; call < 16; call += 1) rate.noteAccepted(performance.now());
    expect(rate.pace()).toBe(5 * 1.25);
    for (let call = 0; call < 16; call += 1) rate.noteAccepted(performance.now());
    expect(rate.pace()).toBe(10);
  });

  it('keeps 70 % of the pace at which a call was throttled, and 90 % where the bucket must have been full', () => {
    const tight = begun().rate;
    // 6.25 a second would have been 25 calls: nine more than were made, of a bucket that holds 20.
    interval(tight, { accepted: 16, seconds: 4 });
    expect(tight.pace()).toBeCloseTo(0.7 * 6.25);
    const overflowing = begun().rate;
    interval(overflowing, { accepted: 16, seconds: 5 });
    expect(overflowing.pace()).toBeCloseTo(0.9 * 6.25);
    const halfFull = begun().rate;
    interval(halfFull, { accepted: 16, seconds: 4.16 });
    expect(halfFull.pace()).toBeCloseTo(0.7 * 6.25);
  });

  it('is what was accepted in all the time between throttled calls, where that is more', () => {
    const { rate } = begun();
    interval(rate, { accepted: 32, seconds: 2 });
    // Half a call was left in the bucket.
    expect(rate.pace()).toBeCloseTo(32.5 / 2);
  });

  it('grows half as fast after a throttled call that could be expected, and twice as fast after an early one', () => {
    const paceAfter32 = (rate: LearntRate) => {
      vi.advanceTimersByTime(1);
      const before = rate.pace();
      for (let call = 0; call < 32; call += 1) rate.noteAccepted(performance.now());
      return rate.pace() / before;
    };
    const { rate: expected } = begun();
    interval(expected, { accepted: 16, seconds: 4 });
    expect(paceAfter32(expected)).toBeCloseTo(1 + (32 / 64) ** 2);
    const { rate: early } = begun();
    interval(early, { accepted: 16, seconds: 4 });
    interval(early, { accepted: 2, seconds: 1 });
    expect(paceAfter32(early)).toBeCloseTo(2);
  });

  it('falls to an eighth of a call per second where none is accepted, and no further', () => {
    const { rate } = begun();
    for (let call = 0; call < 60; call += 1) interval(rate, { accepted: 0, seconds: 1 });
    expect(rate.pace()).toBe(1 / 8);
  });

  it('forgets half of what it knew with each call that comes too early, from the third in a row on', () => {
    const paces = [2, 3].map((times) => {
      const { rate } = begun();
      interval(rate, { accepted: 30, seconds: 1 });
      for (let call = 0; call < times; call += 1) interval(rate, { accepted: 1, seconds: 0.1 });
      return rate.pace();
    });
    const aged = (calls: number, seconds: number, factor: number) => {
      const age = factor * 0.5 ** (1 / 60);
      return [age * calls + 1.5, age * seconds + 0.1] as const;
    };
    const twice = aged(...aged(30.5, 1, 1), 1);
    const thrice = aged(...twice, 0.5);
    expect(paces[0]).toBeCloseTo(twice[0] / twice[1]);
    expect(paces[1]).toBeCloseTo(thrice[0] / thrice[1]);
  });
});

describe('a throttled call', () => {
  it('doubles the pause where the one before it was throttled too', () => {
    const { rate, pauseMs = 0 } = begun();
    const again = interval(rate, { accepted: 0, seconds: 1 });
    // The pace has fallen to 70 %, and the calls until it doubles cannot be fewer.
    expect(again).toBeCloseTo((2 * pauseMs) / 0.7);
  });

  it('is paused for by a quarter more or less, so that clients do not come back together', () => {
    const [shortest = 0, middle = 0, longest = 0] = [0, 0.5, 1].map((random) => {
      vi.spyOn(Math, 'random').mockReturnValue(random);
      return begun().pauseMs;
    });
    expect([shortest / middle, longest / middle]).toEqual([expect.closeTo(0.75), expect.closeTo(1.25)]);
  });

  it('is never paused for longer than eight seconds, give or take a quarter', () => {
    const { rate } = begun();
    let pauseMs = 0;
    for (let call = 0; call < 12; call += 1) pauseMs = interval(rate, { accepted: 0, seconds: 1 }) ?? 0;
    expect(pauseMs).toBe(8_000);
  });

  it('says nothing new where it was made before the last one came back, and neither does an accepted one', () => {
    const { rate } = begun();
    const calledAt = performance.now();
    vi.advanceTimersByTime(100);
    expect(rate.noteThrottled(calledAt)).toBeUndefined();
    for (let call = 0; call < 32; call += 1) rate.noteAccepted(calledAt);
    expect(rate.pace()).toBe(5);
  });
});
