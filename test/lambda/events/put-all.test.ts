import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BusEntry, defaultBusIn } from '../../../lambda/events/event-bus.js';
import { putAll } from '../../../lambda/events/put-all.js';
import { type BusTroubles, servedEventBus } from '../../support/event-bus.js';
import { hurryTime } from '../../support/hurried-time.js';
import { runs } from '../../support/property-share.js';

beforeEach(() => {
  hurryTime();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'loopback-only');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function entries(count: number, detail = (n: number) => `{"n":${n}}`): BusEntry[] {
  return Array.from({ length: count }, (_, n) => ({
    Source: 'lambda',
    DetailType: 'Session ended',
    Detail: detail(n),
    Resources: [],
  }));
}

async function put(sent: readonly BusEntry[], troubles: BusTroubles = {}, signal?: AbortSignal) {
  const served = await servedEventBus(troubles);
  const notPut = await putAll(sent, defaultBusIn('eu-west-1'), signal ?? new AbortController().signal);
  return { ...served, notPut };
}

const numbers = (taken: readonly { readonly Detail: string }[]) =>
  taken.map(({ Detail }) => JSON.parse(Detail).n).toSorted((a, b) => a - b);

describe('events are put', () => {
  it('ten at a time, on the default bus', async () => {
    const { calls, taken, notPut } = await put(entries(23));
    expect(calls.map((call) => call.length).toSorted((a, b) => b - a)).toEqual([10, 10, 3]);
    expect(numbers(taken)).toEqual(Array.from({ length: 23 }, (_, n) => n));
    expect(taken.every(({ EventBusName }) => EventBusName === undefined)).toBe(true);
    expect(notPut).toEqual({ count: 0 });
  });

  it('in requests that are small enough, however long they are', async () => {
    const { calls, notPut } = await put(entries(7, (n) => JSON.stringify({ n, text: '€'.repeat(30_000) })));
    expect(calls.map((call) => call.length).toSorted((a, b) => b - a)).toEqual([2, 2, 2, 1]);
    expect(notPut.count).toBe(0);
  });

  it('again where some of a request are refused, and only those', async () => {
    const odd = ({ Detail }: { readonly Detail: string }) => JSON.parse(Detail).n % 2 === 1;
    const { calls, taken, notPut } = await put(entries(4), {
      refuses: (entry, call) => call === 0 && odd(entry),
    });
    expect(calls.map((call) => numbers(call))).toEqual([
      [0, 1, 2, 3],
      [1, 3],
    ]);
    expect(numbers(taken)).toEqual([0, 1, 2, 3]);
    expect(notPut.count).toBe(0);
  });

  it('three times at most: what is refused then is counted, with why', async () => {
    const { calls, taken, notPut } = await put(entries(12), {
      refuses: ({ Detail }) => JSON.parse(Detail).n < 2,
    });
    expect(calls).toHaveLength(4);
    expect(taken).toHaveLength(10);
    expect(notPut).toEqual({ count: 2, error: 'ThrottlingException: slow' });
  });

  it('again where a whole request fails', async () => {
    const { taken, notPut } = await put(entries(3), {
      fails: (call) => (call === 0 ? { status: 500, code: 'InternalException' } : undefined),
    });
    expect(taken).toHaveLength(3);
    expect(notPut.count).toBe(0);
  });

  it('in vain where the bus denies it, which is no error of the sweep', async () => {
    const denied = { status: 400, code: 'AccessDeniedException' };
    const { notPut } = await put(entries(3), { fails: () => denied });
    expect(notPut).toEqual({ count: 3, error: expect.stringContaining('refused') });
  });

  it('until the deadline: what is under way then is counted', async () => {
    const signal = AbortSignal.timeout(300);
    const begun = Date.now();
    const { notPut } = await put(entries(50), { hangs: true }, signal);
    expect(Date.now() - begun).toBeLessThan(2_000);
    expect(notPut.count).toBe(50);
  });

  it('or counted, each of them, whatever is refused', async () => {
    const drawn = fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 }), fc.nat({ max: 10 }));
    await fc.assert(
      fc.asyncProperty(drawn, async ([count, refused, from]) => {
        const never = (n: number) => n >= from && n < from + refused;
        const { taken, notPut } = await put(entries(count), {
          refuses: ({ Detail }) => never(JSON.parse(Detail).n),
        });
        expect(taken.length + notPut.count).toBe(count);
      }),
      { numRuns: runs(5) },
    );
  });
});
