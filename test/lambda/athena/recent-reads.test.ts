import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecentReads } from '../../../lambda/athena/recent-reads.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Each read gives the next number, after as many milliseconds. */
function numbered(ms = 0) {
  let reads = 0;
  return async () => {
    reads += 1;
    const mine = reads;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    return mine;
  };
}

describe('a recent read', () => {
  it('is used for two seconds', async () => {
    const reads = new RecentReads<number>();
    const read = numbered();
    expect(await reads.recent('etl', read)).toBe(1);
    vi.advanceTimersByTime(1_999);
    expect(await reads.recent('etl', read)).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await reads.recent('etl', read)).toBe(2);
  });

  it('is as old as its beginning, also while it goes on', async () => {
    const reads = new RecentReads<number>();
    const read = numbered(5_000);
    const asked = [reads.recent('etl', read), reads.recent('etl', read)];
    vi.advanceTimersByTime(2_000);
    asked.push(reads.recent('etl', read));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await Promise.all(asked)).toEqual([1, 1, 2]);
  });

  it('is of its own name', async () => {
    const reads = new RecentReads<number>();
    const read = numbered();
    expect([await reads.recent('etl', read), await reads.recent('adhoc', read)]).toEqual([1, 2]);
  });

  it('gives way to a fresh one, which others may use', async () => {
    const reads = new RecentReads<number>();
    const read = numbered();
    await reads.recent('etl', read);
    expect(await reads.fresh('etl', read)).toBe(2);
    expect(await reads.recent('etl', read)).toBe(2);
  });

  it('that fails is shared by those who wait for it, and not remembered', async () => {
    const reads = new RecentReads<number>();
    const fail = () => Promise.reject(new Error('refused'));
    const [first, second] = [reads.recent('etl', fail), reads.recent('etl', numbered())];
    await expect(first).rejects.toThrow('refused');
    await expect(second).rejects.toThrow('refused');
    expect(await reads.recent('etl', numbered())).toBe(1);
  });

  it('that fails late takes no later one away', async () => {
    const reads = new RecentReads<number>();
    const slow = reads.recent('etl', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      throw new Error('refused');
    });
    const failed = expect(slow).rejects.toThrow('refused');
    const read = numbered();
    await reads.fresh('etl', read);
    await vi.advanceTimersByTimeAsync(1_000);
    await failed;
    expect(await reads.recent('etl', read)).toBe(1);
  });
});
