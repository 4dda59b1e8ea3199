/** What a world answers to the session operations, over HTTP, for the real SDK. */
import { describe, expect, test } from 'vitest';
import { errorOf, inProcess, minutes } from '../fixture.js';
import { sessionIn } from './session-in.js';

describe('defaultIdleTimeout', () => {
  test.each([
    ['20-minutes-shown', 'TERMINATED', { IdleTimeoutSeconds: 1_200, SessionIdleTimeoutInMinutes: 20 }],
    ['20-minutes-hidden', 'TERMINATED', {}],
    ['none', 'IDLE', {}],
  ] as const)('%s', async (defaultIdleTimeout, later, shown) => {
    const { client, region, clock } = inProcess({ world: { defaultIdleTimeout } });
    const { SessionId = '' } = await client.startSession({ WorkGroup: 'etl', EngineConfiguration: {} });
    expect((await client.getSession({ SessionId })).SessionConfiguration).toEqual(shown);
    await clock.advance(minutes(20));
    expect(region.session(SessionId).state).toBe('IDLE');
    await clock.advance(minutes(1));
    expect(region.session(SessionId).state).toBe(later);
  });
});

describe('unknownSession', () => {
  test.each(['ResourceNotFoundException', 'InvalidRequestException'] as const)(
    '%s',
    async (unknownSession) => {
      const { client } = inProcess({ world: { unknownSession } });
      const SessionId = 'nobody';
      const calls = [
        client.getSession({ SessionId }),
        client.getSessionStatus({ SessionId }),
        client.terminateSession({ SessionId }),
      ];
      for (const call of calls) expect(await errorOf(call)).toBe(unknownSession);
    },
  );

  test('TERMINATED', async () => {
    const { client } = inProcess({ world: { unknownSession: 'TERMINATED' } });
    const SessionId = 'nobody';
    const ended = { SessionId, Status: { State: 'TERMINATED' } };
    expect(await client.getSession({ SessionId })).toMatchObject(ended);
    expect(await client.getSessionStatus({ SessionId })).toMatchObject(ended);
    expect((await client.terminateSession({ SessionId })).State).toBe('TERMINATED');
  });
});

describe('sqlListing', () => {
  test('InvalidRequestException', async () => {
    const { client, region } = inProcess({ world: { sqlListing: 'InvalidRequestException' } });
    region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
    expect(await errorOf(client.listSessions({ WorkGroup: 'sql' }))).toBe('InvalidRequestException');
  });

  test('empty', async () => {
    const { client, region } = inProcess({ world: { sqlListing: 'empty' } });
    region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
    expect((await client.listSessions({ WorkGroup: 'sql' })).Sessions).toEqual([]);
  });
});

describe('unfilteredListing', () => {
  test.each([
    ['without-degraded', 0],
    ['with-degraded', 1],
  ] as const)('%s', async (unfilteredListing, count) => {
    const { client, region } = inProcess({ world: { unfilteredListing } });
    region.putSession({ workGroup: 'etl', state: 'DEGRADED' });
    region.putSession({ workGroup: 'etl', state: 'TERMINATED' });
    expect((await client.listSessions({ WorkGroup: 'etl' })).Sessions).toHaveLength(count);
    const byName = await client.listSessions({ WorkGroup: 'etl', StateFilter: 'DEGRADED' });
    expect(byName.Sessions).toHaveLength(1);
  });
});

describe('terminateAnswer and secondsToTerminated', () => {
  test.each([
    ['TERMINATING', 10, 'TERMINATING'],
    ['TERMINATED', 10, 'TERMINATING'],
    ['TERMINATING', 0, 'TERMINATED'],
    ['TERMINATED', 0, 'TERMINATED'],
  ] as const)('%s, and %i seconds', async (terminateAnswer, secondsToTerminated, state) => {
    const { client, clock, got, SessionId } = await sessionIn({ terminateAnswer, secondsToTerminated });
    expect((await client.terminateSession({ SessionId })).State).toBe(terminateAnswer);
    expect((await got())?.State).toBe(state);
    await clock.advance(secondsToTerminated * 1_000);
    expect((await got())?.State).toBe('TERMINATED');
    expect((await client.terminateSession({ SessionId })).State).toBe('TERMINATED');
  });
});
