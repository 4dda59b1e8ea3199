import { describe, expect, test } from 'vitest';
import { errorOf, inProcess } from '../fixture.js';

describe('the in-process handler', () => {
  test('gives a call up when its time is over on the clock, and the call takes effect all the same', async () => {
    const { athena, client, region, clock } = inProcess({ requestTimeoutMs: 1_000 });
    const SessionId = region.putSession({ workGroup: 'etl' });
    athena.script({ kind: 'delay', ms: 5_000 });
    const began = clock.now();
    const ended = await clock.runUntil(errorOf(client.terminateSession({ SessionId })));
    expect([ended, clock.now() - began]).toEqual(['TimeoutError ETIMEDOUT', 1_000]);
    expect(region.session(SessionId).state).toBe('IDLE');
    await clock.advance(4_000);
    expect(region.session(SessionId).state).toBe('TERMINATING');
  });

  test("goes by a call's own timeout before its own", async () => {
    const { athena, client, clock } = inProcess({ requestTimeoutMs: 1_000 });
    athena.script({ kind: 'hang' });
    const began = clock.now();
    await clock.runUntil(errorOf(client.listWorkGroups({}, { requestTimeout: 300 })));
    expect(clock.now() - began).toBe(300);
  });

  test('does not call on a signal that has aborted', async () => {
    const { athena, client } = inProcess();
    const call = client.listWorkGroups({}, { abortSignal: AbortSignal.abort() });
    expect(await errorOf(call)).toBe('AbortError');
    expect(athena.journal.calls).toEqual([]);
  });
});
