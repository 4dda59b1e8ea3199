import { describe, expect, test } from 'vitest';
import { errorOf, inProcess } from '../fixture.js';

describe('the journal', () => {
  test('says who asked what, when, and what came of it', async () => {
    const { athena, client, region, clock } = inProcess();
    const began = clock.now();
    const SessionId = region.putSession({ workGroup: 'etl' });
    await client.terminateSession({ SessionId });
    await clock.advance(1_000);
    await errorOf(client.getSession({ SessionId: 'nobody' }));
    expect(athena.journal.calls).toEqual([
      {
        seq: 1,
        arrivedAt: began,
        answeredAt: began,
        account: '111122223333',
        region: 'eu-west-1',
        operation: 'TerminateSession',
        input: { SessionId },
        sessionId: SessionId,
        workGroup: 'etl',
        outcome: 'ok',
        stateBefore: 'IDLE',
        answered: { state: 'TERMINATING' },
      },
      {
        seq: 2,
        arrivedAt: began + 1_000,
        answeredAt: began + 1_000,
        account: '111122223333',
        region: 'eu-west-1',
        operation: 'GetSession',
        input: { SessionId: 'nobody' },
        sessionId: 'nobody',
        outcome: 'ResourceNotFoundException',
      },
    ]);
  });

  test('counts calls by operation and by outcome', async () => {
    const { athena, client } = inProcess();
    athena.script({ kind: 'throttle', times: 2 });
    for (let i = 0; i < 3; i += 1)
      await errorOf(client.listWorkGroups({}).then(() => Promise.reject(new Error())));
    const { journal } = athena;
    expect(journal.count('ListWorkGroups')).toBe(3);
    expect(journal.count('ListWorkGroups', 'ThrottlingException')).toBe(2);
    expect(journal.count('ListWorkGroups', 'ok')).toBe(1);
    expect(journal.of('ListWorkGroups').map(({ seq }) => seq)).toEqual([1, 2, 3]);
    journal.clear();
    expect([journal.count('ListWorkGroups'), journal.calls.length]).toEqual([0, 0]);
  });

  test('keeps no calls where only counts are wanted', async () => {
    const { athena, client } = inProcess({ journal: 'counts' });
    await client.listWorkGroups({});
    expect(athena.journal.calls).toEqual([]);
    expect(athena.journal.count('ListWorkGroups', 'ok')).toBe(1);
  });
});

describe('a witness', () => {
  test('finds for each termination the last look that was answered before it', async () => {
    const { athena, client, region } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl', minutesInState: 45 });
    const other = region.putSession({ workGroup: 'etl' });
    await client.getSession({ SessionId });
    await client.getSessionStatus({ SessionId });
    await client.getSession({ SessionId: other });
    athena.script({ kind: 'throttle', operation: 'GetSession' });
    await errorOf(client.getSession({ SessionId }));
    await client.terminateSession({ SessionId });
    const { looks, terminations } = athena.journal.witness(SessionId);
    expect(looks.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ThrottlingException']);
    expect(terminations).toHaveLength(1);
    expect(terminations[0]?.call.answered?.state).toBe('TERMINATING');
    expect(terminations[0]?.lastLook).toMatchObject({
      operation: 'GetSessionStatus',
      answered: { status: { State: 'IDLE' } },
    });
  });

  test('finds none for a termination without a look, or while the look was still on its way', async () => {
    const { athena, client, region, clock } = inProcess({ latencyMs: 10 });
    const SessionId = region.putSession({ workGroup: 'etl' });
    const both = Promise.all([client.getSession({ SessionId }), client.terminateSession({ SessionId })]);
    await clock.runUntil(both);
    expect(athena.journal.witness(SessionId).terminations[0]?.lastLook).toBeUndefined();
  });
});
