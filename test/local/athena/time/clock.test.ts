import { afterEach, describe, expect, test, vi } from 'vitest';
import { DrivenClock, systemClock } from '../../../../local/athena/index.js';

describe('a driven clock', () => {
  test('wakes sleepers in the order of their times, each at its own time', async () => {
    const clock = new DrivenClock(0);
    const woken: [string, number][] = [];
    const sleeper = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push([name, clock.now()]);
    };
    void sleeper('late', 300);
    void sleeper('early', 100);
    void sleeper('early too', 100);
    await clock.advance(299);
    expect(woken).toEqual([
      ['early', 100],
      ['early too', 100],
    ]);
    await clock.advance(1);
    expect(woken.at(-1)).toEqual(['late', 300]);
  });

  test('wakes what falls asleep again while it is driven', async () => {
    const clock = new DrivenClock(0);
    const ticks: number[] = [];
    const ticking = async () => {
      for (;;) {
        await clock.sleep(10);
        ticks.push(clock.now());
      }
    };
    void ticking();
    await clock.advance(35);
    expect(ticks).toEqual([10, 20, 30]);
    expect(clock.now()).toBe(35);
  });

  test('does not wait for a sleep of no time', async () => {
    const clock = new DrivenClock(0);
    await clock.sleep(0);
    expect(clock.now()).toBe(0);
  });

  test('runs until work is done, and no further', async () => {
    const clock = new DrivenClock(0);
    void clock.sleep(10_000);
    const work = async () => {
      await clock.sleep(40);
      await clock.sleep(2);
      return 'done';
    };
    expect(await clock.runUntil(work())).toBe('done');
    expect(clock.now()).toBe(42);
  });

  test('passes on what the work throws', async () => {
    const clock = new DrivenClock(0);
    const work = async () => {
      await clock.sleep(40);
      throw new Error('broken');
    };
    await expect(clock.runUntil(work())).rejects.toThrow('broken');
  });

  test('says so when nothing will ever wake the work', async () => {
    const clock = new DrivenClock(0);
    await expect(clock.runUntil(new Promise(() => undefined))).rejects.toThrow('still waiting');
  });
});

describe.each([
  ['the driven clock', () => new DrivenClock(0)],
  ['the system clock', () => systemClock],
])('%s', (_, clockOf) => {
  test('ends a sleep as soon as its signal aborts', async () => {
    const gone = new AbortController();
    const sleep = clockOf().sleep(60_000, gone.signal);
    gone.abort(new Error('gone'));
    await expect(sleep).rejects.toThrow('gone');
  });

  test('does not fall asleep on a signal that has aborted', async () => {
    await expect(clockOf().sleep(60_000, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });
});

describe('the system clock', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('honours faked timers', async () => {
    vi.useFakeTimers({ now: 5_000 });
    let awake = false;
    const sleep = systemClock.sleep(3_600_000).then(() => {
      awake = true;
    });
    await vi.advanceTimersByTimeAsync(3_599_999);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await sleep;
    expect(systemClock.now()).toBe(3_605_000);
  });
});
