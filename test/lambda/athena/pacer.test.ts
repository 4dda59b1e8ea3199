import { getEventListeners, setMaxListeners } from 'node:events';
import FakeTimers from '@sinonjs/fake-timers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdaptivePacer, type Pacer } from '../../../lambda/athena/pacer.js';
import { someOf } from '../../support/property-share.js';
import { seededRandom } from '../../support/virtual-time.js';

/** A service that answers after 25 ms and whose token bucket refills at `rate` per second. */
function tokenBucket({ rate, burst }: { rate: number; burst: number }) {
  let tokens = burst;
  let at = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - at) / 1_000) * rate);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

const never = new AbortController().signal;
setMaxListeners(0, never);

/** Makes `wanted` calls through a pacer, each until it is accepted. */
async function callThrough(pacer: Pacer, service: () => boolean, wanted: number) {
  let throttled = 0;
  const one = async () => {
    // One of its own: a signal looks through all its listeners to add one.
    const { signal } = new AbortController();
    for (;;) {
      const turn = await pacer.take(signal);
      const calledAt = performance.now();
      const accepted = service();
      await new Promise((resolve) => setTimeout(resolve, 25));
      if (accepted) return turn.accepted(calledAt);
      throttled += 1;
      turn.throttled(calledAt);
    }
  };
  const begun = performance.now();
  let seconds = 0;
  const all = Promise.all(Array.from({ length: wanted }, one)).then(() => {
    seconds = (performance.now() - begun) / 1_000;
  });
  while (seconds === 0) await clock.tickAsync(1_000);
  await all;
  return { seconds, throttled };
}

/** Finds the next timer at once, where the fake timers of Vitest look through all of them. */
let clock: ReturnType<typeof FakeTimers.install>;

beforeEach(() => {
  // The jitter of a pause, which is all that is random here, at its middle.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  clock = FakeTimers.install({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
  });
});
afterEach(() => {
  clock.uninstall();
  vi.restoreAllMocks();
});

describe('a paced operation', () => {
  it.each(
    someOf([
      { rate: 5, burst: 20, wanted: 1_000, ratio: 1.02, share: 0.018 },
      { rate: 5, burst: 20, wanted: 60, ratio: 1.06, share: 0.1 },
      { rate: 5, burst: 5, wanted: 300, ratio: 1.1, share: 0.05 },
      { rate: 5, burst: 2, wanted: 300, ratio: 1.15, share: 0.05 },
      { rate: 5, burst: 1, wanted: 300, ratio: 1.17, share: 0.05 },
      { rate: 2, burst: 1, wanted: 300, ratio: 1.17, share: 0.09 },
      { rate: 1, burst: 5, wanted: 200, ratio: 1.1, share: 0.1 },
      { rate: 50, burst: 100, wanted: 3_000, ratio: 1.1, share: 0.04 },
    ]),
  )(
    'of $rate calls per second and a burst of $burst runs near that rate with few throttled calls',
    async ({ ratio, share, ...limits }) => {
      const { seconds, throttled } = await callThrough(
        new AdaptivePacer(),
        tokenBucket(limits),
        limits.wanted,
      );
      const bound = (limits.wanted - limits.burst) / limits.rate;
      expect(seconds / bound).toBeLessThan(ratio);
      expect(throttled / limits.wanted).toBeLessThan(share);
    },
  );

  it('without a limit has ever more calls under way, up to 128', async () => {
    const { seconds, throttled } = await callThrough(new AdaptivePacer(), () => true, 5_000);
    expect(throttled).toBe(0);
    expect(seconds).toBeLessThan(1.5 * (5_000 / 128) * 0.025);
    expect(seconds).toBeGreaterThan((5_000 / 128) * 0.025);
  });

  it('begins with three calls, so that a small bucket is overdrawn by few', async () => {
    const pacer = new AdaptivePacer();
    let begun = 0;
    for (let call = 0; call < 10; call += 1) {
      void pacer.take(never).then(() => {
        begun += 1;
      });
    }
    await clock.tickAsync(1_000);
    expect(begun).toBe(3);
  });

  it('whose bucket another client shares uses nearly all that this one leaves', async () => {
    const take = tokenBucket({ rate: 5, burst: 20 });
    const others = setInterval(take, 430);
    const { seconds } = await callThrough(new AdaptivePacer(), take, 300);
    clearInterval(others);
    expect(300 / (20 + seconds * (5 - 1 / 0.43))).toBeGreaterThan(0.85);
  });

  it.each([1, 2.5])(
    'whose small bucket another client shares at random moments, %s a second, uses 85 % of what this one leaves',
    async (callsPerSecond) => {
      const random = seededRandom(17);
      const take = tokenBucket({ rate: 5, burst: 5 });
      let left = true;
      let acceptedOfOther = 0;
      const callAgain = () =>
        setTimeout(
          () => {
            if (!left) return;
            if (take()) acceptedOfOther += 1;
            callAgain();
          },
          (-Math.log(1 - random()) * 1_000) / callsPerSecond,
        );
      callAgain();
      const { seconds, throttled } = await callThrough(new AdaptivePacer(), take, 600);
      left = false;
      expect(600 / (5 + seconds * 5 - acceptedOfOther)).toBeGreaterThan(0.85);
      expect(throttled / 600).toBeLessThan(0.12);
    },
  );

  it('without a limit has no more calls under way where that makes each of them slower', async () => {
    let underWay = 0;
    let most = 0;
    let answered = 0;
    const begun = performance.now();
    const pacer = new AdaptivePacer();
    let freeAt = 0;
    // As a process does that needs a millisecond for each call: one after the other.
    const one = async () => {
      const turn = await pacer.take(new AbortController().signal);
      const calledAt = performance.now();
      underWay += 1;
      if (answered > 1_000) most = Math.max(most, underWay);
      freeAt = Math.max(freeAt, calledAt + 25) + 1;
      await new Promise((resolve) => setTimeout(resolve, freeAt - calledAt));
      underWay -= 1;
      answered += 1;
      turn.accepted(calledAt);
    };
    const all = Promise.all(Array.from({ length: 3_000 }, one));
    await clock.tickAsync(60_000);
    await all;
    expect(most).toBeLessThan(80);
    expect(freeAt - begun).toBeLessThan(1.2 * 3_000);
  });

  it('finds a rate that rises and one that falls', async () => {
    const pacer = new AdaptivePacer();
    await callThrough(pacer, tokenBucket({ rate: 2, burst: 2 }), 100);
    const faster = await callThrough(pacer, tokenBucket({ rate: 4, burst: 2 }), 1_500);
    expect(faster.seconds).toBeLessThan(1.3 * 375);
    const slower = await callThrough(pacer, tokenBucket({ rate: 2, burst: 2 }), 200);
    expect(slower.seconds).toBeLessThan(1.25 * 100);
    expect(slower.throttled).toBeLessThan(20);
  });

  it('learns nothing from a call that was under way when another one was throttled', async () => {
    const pacer = new AdaptivePacer();
    const calledAt = performance.now();
    const [first, second, third] = await Promise.all([
      pacer.take(never),
      pacer.take(never),
      pacer.take(never),
    ]);
    await clock.tickAsync(25);
    first.throttled(calledAt);
    second.throttled(calledAt);
    third.accepted(calledAt);
    let begun = 0;
    const later = [pacer.take(never), pacer.take(never)].map((turn) =>
      turn.then(() => {
        begun += 1;
      }),
    );
    await clock.tickAsync(199);
    expect(begun).toBe(0);
    await clock.tickAsync(1);
    expect(begun).toBe(1);
    await clock.tickAsync(200);
    expect(begun).toBe(2);
    await Promise.all(later);
  });

  it.each([
    { random: 0, pauseMs: 150 },
    { random: 1, pauseMs: 250 },
  ])('that is throttled for the first time pauses about 200 ms: $pauseMs ms', async ({ random, pauseMs }) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    const pacer = new AdaptivePacer();
    (await pacer.take(never)).throttled(performance.now());
    let begun = false;
    const next = pacer.take(never).then(() => {
      begun = true;
    });
    await clock.tickAsync(pauseMs - 1);
    expect(begun).toBe(false);
    await clock.tickAsync(1);
    await next;
    expect(begun).toBe(true);
  });

  it('asks ever more rarely while every call is throttled', async () => {
    const pacer = new AdaptivePacer();
    let asked = 0;
    const abort = new AbortController();
    setMaxListeners(0, abort.signal);
    const waiting = Array.from({ length: 20 }, async () => {
      for (;;) {
        const turn = await pacer.take(abort.signal);
        asked += 1;
        turn.throttled(performance.now());
      }
    });
    const ended = Promise.allSettled(waiting);
    await clock.tickAsync(60_000);
    expect(asked).toBeLessThan(25);
    abort.abort();
    await ended;
  });
});

describe('waiting for a turn', () => {
  it('ends with the signal, and leaves the others their place', async () => {
    const pacer = new AdaptivePacer();
    const held = await Promise.all(Array.from({ length: 3 }, () => pacer.take(never)));
    const abort = new AbortController();
    const given = pacer.take(abort.signal);
    const next = pacer.take(never);
    abort.abort(new Error('no time left'));
    await expect(given).rejects.toThrow('no time left');
    held[0]?.unused();
    await expect(next).resolves.toBeDefined();
    await expect(pacer.take(abort.signal)).rejects.toThrow('no time left');
  });

  it('is over sooner for a call that goes first', async () => {
    const pacer = new AdaptivePacer();
    const held = await Promise.all(Array.from({ length: 3 }, () => pacer.take(never)));
    const order: string[] = [];
    const waiting = [
      pacer.take(never).then((turn) => order.push('begins') && turn),
      pacer.take(never, true).then((turn) => order.push('goes on') && turn),
    ];
    held[0]?.unused();
    held[1]?.unused();
    await Promise.all(waiting);
    expect(order).toEqual(['goes on', 'begins']);
  });

  it('leaves no listener behind', async () => {
    const { signal } = new AbortController();
    (await new AdaptivePacer().take(signal)).unused();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
