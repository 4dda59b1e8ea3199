/** What work over Spark Connect does to a session in a world, over HTTP, for the real SDK. */
import { describe, expect, test } from 'vitest';
import type { World } from '../../../../local/athena/index.js';
import { errorOf, minutes } from '../fixture.js';
import { sessionIn } from './session-in.js';

describe('sparkConnectWork', () => {
  const placement = { minutesInState: 45, idleTimeoutMinutes: 60 };

  /** State, and minutes since which it is said to be idle, half-way through ten minutes of work and a minute after it. */
  async function seen(sparkConnectWork: World['sparkConnectWork']) {
    const { clock, region, SessionId, got } = await sessionIn({ sparkConnectWork }, placement);
    const look = async () => {
      const status = await got();
      const idleMs = status?.IdleSinceDateTime && clock.now() - status.IdleSinceDateTime.getTime();
      return [status?.State, idleMs && idleMs / minutes(1)];
    };
    region.sparkConnectWork(SessionId, { seconds: 600 });
    await clock.advance(minutes(5));
    const during = await look();
    await clock.advance(minutes(6));
    return { during, after: await look() };
  }

  test.each([
    ['busy', { during: ['BUSY', undefined], after: ['IDLE', 1] }],
    ['idle-moving', { during: ['IDLE', 5], after: ['IDLE', 1] }],
    ['idle-standing', { during: ['IDLE', 50], after: ['IDLE', 56] }],
  ] as const)('%s', async (answer, expected) => {
    expect(await seen(answer)).toEqual(expected);
  });

  test.each(['busy', 'idle-moving', 'idle-standing'] as const)(
    '%s: its own idle timeout starts anew when the work is done',
    async (sparkConnectWork) => {
      const { clock, region, SessionId } = await sessionIn({ sparkConnectWork }, placement);
      region.sparkConnectWork(SessionId, { seconds: 600 });
      await clock.advance(minutes(70) - 1);
      expect(region.session(SessionId).state).toBe('IDLE');
      await clock.advance(1);
      expect(region.session(SessionId)).toMatchObject({ state: 'TERMINATING', endedBy: 'idle-timeout' });
    },
  );

  test.each(['busy', 'idle-moving', 'idle-standing'] as const)(
    '%s: operations may overlap, and the truth has each until the session ends',
    async (sparkConnectWork) => {
      const { clock, region, SessionId } = await sessionIn({ sparkConnectWork });
      const began = clock.now();
      const at = (seconds: number) => new Date(began + seconds * 1_000);
      region.sparkConnectWork(SessionId, { seconds: 100 });
      await clock.advance(10_000);
      region.sparkConnectWork(SessionId, { seconds: 5 });
      await clock.advance(50_000);
      expect(region.session(SessionId).state).toBe(sparkConnectWork === 'busy' ? 'BUSY' : 'IDLE');
      region.endSession(SessionId);
      expect(region.session(SessionId).sparkConnectWork).toEqual([
        { from: at(0), to: at(60) },
        { from: at(10), to: at(15) },
      ]);
    },
  );

  test('cannot be done in a session that is not idle, or of PySpark engine 3', async () => {
    const { region } = await sessionIn({});
    const busy = region.putSession({ workGroup: 'connect', state: 'BUSY' });
    const pyspark = region.putSession({ workGroup: 'etl' });
    expect(() => region.sparkConnectWork(busy, { seconds: 1 })).toThrow('is BUSY, not IDLE');
    expect(() => region.sparkConnectWork(pyspark, { seconds: 1 })).toThrow('has no Spark Connect');
  });

  test('has no endpoint that gives out a token', async () => {
    const { client, SessionId } = await sessionIn({});
    expect(await errorOf(client.getSessionEndpoint({ SessionId }))).toBe('UnknownOperationException');
  });
});
