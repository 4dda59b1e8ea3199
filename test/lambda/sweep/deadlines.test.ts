import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withDeadlines } from '../../../lambda/sweep/deadlines.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a task with 20 seconds left', () => {
  it('begins nothing in the last 7 of them, and waits for nothing in the last 1.5', async () => {
    await withDeadlines(20_000, async ({ stop, lastCall }) => {
      await vi.advanceTimersByTimeAsync(12_999);
      expect([stop.aborted, lastCall.aborted]).toEqual([false, false]);
      await vi.advanceTimersByTimeAsync(1);
      expect([stop.aborted, lastCall.aborted]).toEqual([true, false]);
      await vi.advanceTimersByTimeAsync(5_499);
      expect(lastCall.aborted).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(lastCall.aborted).toBe(true);
    });
  });

  it('begins no workgroup in the last quarter, or in the last 7 seconds where these are longer', async () => {
    await withDeadlines(60_000, async ({ stopListing }) => {
      await vi.advanceTimersByTimeAsync(44_999);
      expect(stopListing.aborted).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(stopListing.aborted).toBe(true);
    });
    await withDeadlines(20_000, async ({ stopListing }) => {
      await vi.advanceTimersByTimeAsync(13_000);
      expect(stopListing.aborted).toBe(true);
    });
  });

  it('leaves no timer behind, whether it ends well or not', async () => {
    await withDeadlines(20_000, async () => undefined);
    await expect(withDeadlines(20_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a task with too little time left', () => {
  it.each([
    { remaining: 7_000, stop: true, lastCall: false },
    { remaining: 1_500, stop: true, lastCall: true },
    { remaining: 0, stop: true, lastCall: true },
  ])('of $remaining ms: begins nothing from the start', async ({ remaining, ...expected }) => {
    const aborted = await withDeadlines(remaining, async ({ stop, lastCall }) => ({
      stop: stop.aborted,
      lastCall: lastCall.aborted,
    }));
    expect(aborted).toEqual(expected);
  });
});
