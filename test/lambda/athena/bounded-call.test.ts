import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boundedCall, type SendOptions } from '../../../lambda/athena/bounded-call.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A call that never ends, and what it was given. */
function endless() {
  const given: SendOptions[] = [];
  const send = (options: SendOptions) => {
    given.push(options);
    return new Promise<never>(() => undefined);
  };
  return { given, send };
}

const caught = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );

describe('a call', () => {
  it('is given up after 8 seconds, with an error that says so', async () => {
    const { given, send } = endless();
    const error = caught(boundedCall(send, new AbortController().signal));
    await vi.advanceTimersByTimeAsync(7_999);
    expect(given[0]?.abortSignal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(given[0]?.abortSignal.aborted).toBe(true);
    expect(await error).toMatchObject({ name: 'TimeoutError', message: 'no whole answer in 8000 ms' });
  });

  it.each(['before it begins', 'while it goes on'])('ends with a signal that aborts %s', async (when) => {
    const { given, send } = endless();
    const stop = new AbortController();
    const reason = new Error('enough');
    if (when === 'before it begins') stop.abort(reason);
    const error = caught(boundedCall(send, stop.signal));
    stop.abort(reason);
    expect(await error).toBe(reason);
    expect(given[0]?.abortSignal.reason).toBe(reason);
  });

  it.each([
    { ends: 'well', send: async () => 'answer' },
    { ends: 'badly', send: () => Promise.reject(new Error('no')) },
  ])('that ends $ends leaves no timer and no listener behind', async ({ send }) => {
    const { signal } = new AbortController();
    await boundedCall<string>(send, signal).catch(() => undefined);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
