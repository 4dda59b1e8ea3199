import { describe, expect, test } from 'vitest';
import { errorOf, inProcess, minutes } from '../fixture.js';

describe('direct control', () => {
  test('gives the same ids in every run, and no id twice', async () => {
    const ids = async () => {
      const { region } = inProcess();
      return [region.putSession({ workGroup: 'etl' }), region.putSession({ workGroup: 'etl' })];
    };
    const first = await ids();
    expect(new Set(first).size).toBe(2);
    expect(await ids()).toEqual(first);
  });

  test('ends a session as somebody else would, without a call', async () => {
    const { athena, region, clock } = inProcess();
    const id = region.putSession({ workGroup: 'etl' });
    region.endSession(id);
    await clock.advance(minutes(1));
    region.endSession(id);
    expect(region.session(id).state).toBe('TERMINATED');
    expect(athena.journal.calls).toEqual([]);
  });

  test('makes the service forget a session', async () => {
    const { client, region } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl' });
    region.forgetSession(SessionId);
    expect(await errorOf(client.terminateSession({ SessionId }))).toBe('ResourceNotFoundException');
    expect((await client.listSessions({ WorkGroup: 'etl' })).Sessions).toEqual([]);
  });

  test('runs a calculation in an idle session only', async () => {
    const { region } = inProcess();
    const id = region.putSession({ workGroup: 'etl', state: 'BUSY' });
    expect(() => region.runCalculation(id, 1)).toThrow('not IDLE');
  });
});

describe('a session that only listings know', () => {
  test('is unknown to every other call, as the world has it, and goes on', async () => {
    const { client, region } = inProcess({ world: { unknownSession: 'InvalidRequestException' } });
    const SessionId = region.putSession({ workGroup: 'etl' });
    region.loseSession(SessionId);
    expect(await errorOf(client.getSession({ SessionId }))).toBe('InvalidRequestException');
    expect(await errorOf(client.terminateSession({ SessionId }))).toBe('InvalidRequestException');
    expect((await client.listSessions({ WorkGroup: 'etl' })).Sessions).toMatchObject([{ SessionId }]);
    expect(region.session(SessionId).state).toBe('IDLE');
  });

  test('can be unknown to one operation alone', async () => {
    const { athena, client, region } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl' });
    athena.script({ kind: 'error', code: 'ResourceNotFoundException', operation: 'TerminateSession' });
    expect(await errorOf(client.terminateSession({ SessionId }))).toBe('ResourceNotFoundException');
    expect((await client.getSession({ SessionId })).Status?.State).toBe('IDLE');
  });
});
