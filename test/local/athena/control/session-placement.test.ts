import { describe, expect, test } from 'vitest';
import type { SessionPlacement } from '../../../../local/athena/index.js';
import { inProcess, minutes } from '../fixture.js';

async function statusOf(placement: Omit<SessionPlacement, 'workGroup'>) {
  const world = inProcess();
  const SessionId = world.region.putSession({ workGroup: 'etl', ...placement });
  const status = async () => (await world.client.getSession({ SessionId })).Status;
  return { ...world, SessionId, status };
}

describe('a session that is placed', () => {
  test.each(['CREATING', 'CREATED', 'BUSY', 'DEGRADED', 'TERMINATING', 'FAILED'] as const)(
    'stays %s until somebody moves it',
    async (state) => {
      const { clock, status } = await statusOf({ state, minutesInState: 90, idleTimeoutMinutes: 20 });
      await clock.advance(minutes(600));
      expect(await status()).toMatchObject({
        State: state,
        LastModifiedDateTime: new Date(clock.now() - minutes(690)),
      });
    },
  );

  test('ends by its own idle timeout where it is idle', async () => {
    const { clock, status } = await statusOf({ minutesInState: 45, idleTimeoutMinutes: 60 });
    await clock.advance(minutes(15) - 1);
    expect((await status())?.State).toBe('IDLE');
    await clock.advance(1);
    expect((await status())?.State).toBe('TERMINATING');
  });

  test('can outlive its own idle timeout', async () => {
    const { clock, region, SessionId, status } = await statusOf({
      minutesInState: 45,
      idleTimeoutMinutes: 20,
      outlivesIdleTimeout: true,
    });
    await clock.advance(minutes(600));
    region.runCalculation(SessionId, 1_000);
    await clock.advance(minutes(600));
    expect((await status())?.State).toBe('IDLE');
  });

  test('goes through the states that are to come', async () => {
    const { clock, status } = await statusOf({
      state: 'BUSY',
      idleTimeoutMinutes: 30,
      later: [
        { state: 'IDLE', inMinutes: 5 },
        { state: 'BUSY', inMinutes: 6 },
        { state: 'IDLE', inMinutes: 10 },
      ],
    });
    const seen: (string | undefined)[] = [];
    for (const wait of [4, 1, 1, 4, 29, 1]) {
      await clock.advance(minutes(wait));
      seen.push((await status())?.State);
    }
    expect(seen).toEqual(['BUSY', 'IDLE', 'BUSY', 'IDLE', 'IDLE', 'TERMINATING']);
  });

  test('can show a timestamp in the future, or one that is none, until it leaves its state', async () => {
    const future = new Date('2026-01-01T13:00:00Z');
    const { clock, region, SessionId, status } = await statusOf({
      shows: { IdleSinceDateTime: future, LastModifiedDateTime: { raw: 1e15 } },
    });
    expect((await status())?.IdleSinceDateTime).toEqual(future);
    expect((await status())?.LastModifiedDateTime?.getTime()).toBeNaN();
    region.runCalculation(SessionId, 1_000);
    await clock.advance(1_000);
    const now = new Date(clock.now());
    expect(await status()).toMatchObject({ IdleSinceDateTime: now, LastModifiedDateTime: now });
  });

  test('can hide a timestamp forever', async () => {
    const { clock, region, SessionId, status } = await statusOf({ shows: { IdleSinceDateTime: 'missing' } });
    region.runCalculation(SessionId, 1_000);
    await clock.advance(1_000);
    expect((await status())?.State).toBe('IDLE');
    expect((await status())?.IdleSinceDateTime).toBeUndefined();
  });

  test('can show a state that no model knows, and is listed by its true one', async () => {
    const { client } = await statusOf({ shows: { State: { raw: 'PAUSED' } } });
    const { Sessions } = await client.listSessions({ WorkGroup: 'etl', StateFilter: 'IDLE' });
    expect(Sessions?.[0]?.Status?.State).toBe('PAUSED');
  });

  test.each([
    [{ state: 'BUSY', takesEffect: false }, 'BUSY', 'IDLE'],
    [{ state: 'PAUSED', takesEffect: true }, 'PAUSED', 'TERMINATING'],
    [{ takesEffect: true }, undefined, 'TERMINATING'],
  ])('can answer TerminateSession with %o', async (terminateAnswer, returned, state) => {
    const { client, SessionId, region } = await statusOf({ terminateAnswer });
    expect((await client.terminateSession({ SessionId })).State).toBe(returned);
    expect(region.session(SessionId).state).toBe(state);
  });

  test.each<[string, Partial<SessionPlacement>, string]>([
    [
      'idle for longer than its timeout',
      { minutesInState: 45, idleTimeoutMinutes: 45 },
      'outlivesIdleTimeout',
    ],
    ['younger than its state', { minutesInState: 45, ageMinutes: 44 }, 'ageMinutes'],
    ['in an unknown workgroup', { workGroup: 'nobody' }, 'nobody'],
    ['under an id that is taken', { sessionId: 'taken' }, 'taken'],
  ])('cannot be %s', async (_, placement, message) => {
    const { region } = inProcess();
    region.putSession({ workGroup: 'etl', sessionId: 'taken' });
    expect(() => region.putSession({ workGroup: 'etl', ...placement })).toThrow(message);
  });
});

describe('an instant of a session', () => {
  test.each<[string, SessionPlacement['shows']]>([
    ['the beginning of time', { IdleSinceDateTime: new Date(0) }],
    ['before the service existed', { IdleSinceDateTime: new Date('2001-01-01') }],
    ['before its start', { IdleSinceDateTime: new Date('2025-12-31') }],
    ['in the future', { IdleSinceDateTime: new Date('2026-01-02') }],
  ])('can be %s', async (_, shows) => {
    const { client, region } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl', minutesInState: 45, shows });
    const listed = (await client.listSessions({ WorkGroup: 'etl' })).Sessions?.[0]?.Status;
    expect(listed).toMatchObject({ ...shows });
    expect((await client.getSession({ SessionId })).Status).toMatchObject({ ...shows });
  });
});
