import type { Athena } from '@aws-sdk/client-athena';
import { describe, expect, test } from 'vitest';
import { errorOf, inProcess } from '../fixture.js';

async function running(client: Athena, SessionId: string, seconds: number): Promise<string> {
  const CodeBlock = `import time\ntime.sleep(${seconds})`;
  const { CalculationExecutionId = '' } = await client.startCalculationExecution({ SessionId, CodeBlock });
  return CalculationExecutionId;
}

async function stateOf(client: Athena, CalculationExecutionId: string) {
  const { Status } = await client.getCalculationExecutionStatus({ CalculationExecutionId });
  return Status?.State;
}

describe('a calculation', () => {
  test('runs for as long as its code sleeps, and its session is BUSY meanwhile', async () => {
    const { client, region, clock } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl' });
    const id = await running(client, SessionId, 30);
    await clock.advance(29_000);
    expect([await stateOf(client, id), region.session(SessionId).state]).toEqual(['RUNNING', 'BUSY']);
    await clock.advance(1_000);
    expect(region.session(SessionId).state).toBe('IDLE');
    expect(await client.getCalculationExecution({ CalculationExecutionId: id })).toMatchObject({
      SessionId,
      Status: { State: 'COMPLETED', CompletionDateTime: new Date(clock.now()) },
      Statistics: { DpuExecutionInMillis: 30_000, Progress: '100%' },
    });
  });

  test('runs for 5 seconds where its code does not sleep', async () => {
    const { client, region, clock } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl' });
    await client.startCalculationExecution({ SessionId, CalculationConfiguration: { CodeBlock: '1 + 1' } });
    await clock.advance(4_999);
    expect(region.session(SessionId).state).toBe('BUSY');
    await clock.advance(1);
    expect(region.session(SessionId).state).toBe('IDLE');
  });

  test('is CANCELING for a while when it is stopped, and a second stop changes nothing', async () => {
    const { client, region, clock } = inProcess({ timings: { cancelingMs: 2_000 } });
    const SessionId = region.putSession({ workGroup: 'etl' });
    const CalculationExecutionId = await running(client, SessionId, 600);
    expect((await client.stopCalculationExecution({ CalculationExecutionId })).State).toBe('CANCELING');
    await clock.advance(1_999);
    await client.stopCalculationExecution({ CalculationExecutionId });
    expect(region.session(SessionId).state).toBe('BUSY');
    await clock.advance(1);
    expect([await stateOf(client, CalculationExecutionId), region.session(SessionId).state]).toEqual([
      'CANCELED',
      'IDLE',
    ]);
  });

  test('is stopped by force when its session is terminated, and shows as CANCELED or as FAILED', async () => {
    const { client, region } = inProcess();
    const shown = new Set<string | undefined>();
    for (let i = 0; i < 4; i += 1) {
      const SessionId = region.putSession({ workGroup: 'etl' });
      if (i % 2 === 1) region.putSession({ workGroup: 'etl' });
      const id = await running(client, SessionId, 600);
      await client.terminateSession({ SessionId });
      shown.add(await stateOf(client, id));
    }
    expect(shown).toEqual(new Set(['CANCELED', 'FAILED']));
  });

  test('that has completed stays so when its session is terminated', async () => {
    const { client, region, clock } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl' });
    const id = await running(client, SessionId, 1);
    await clock.advance(1_000);
    await client.terminateSession({ SessionId });
    expect(await stateOf(client, id)).toBe('COMPLETED');
  });
});

test('calculations are listed newest first, page by page, by state', async () => {
  const { client, region, clock } = inProcess();
  const SessionId = region.putSession({ workGroup: 'etl' });
  const started: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    started.push(await running(client, SessionId, 1));
    if (i < 2) await clock.advance(1_000);
  }
  const first = await client.listCalculationExecutions({ SessionId, MaxResults: 2 });
  const second = await client.listCalculationExecutions({ SessionId, NextToken: first.NextToken });
  const idsOf = (page: typeof first) => page.Calculations?.map((found) => found.CalculationExecutionId);
  expect([...(idsOf(first) ?? []), ...(idsOf(second) ?? [])]).toEqual(started.toReversed());
  expect(second.NextToken).toBeUndefined();
  const completed = await client.listCalculationExecutions({ SessionId, StateFilter: 'COMPLETED' });
  expect(idsOf(completed)).toEqual([started[1], started[0]]);
});

test('what cannot be calculated is refused', async () => {
  const { client, region } = inProcess();
  region.createWorkgroup({ name: 'connect', engine: 'Apache Spark version 3.5' });
  const SessionId = region.putSession({ workGroup: 'etl', state: 'BUSY' });
  const connect = region.putSession({ workGroup: 'connect' });
  const CodeBlock = '1';
  const invalid = [
    client.startCalculationExecution({ SessionId, CodeBlock }),
    client.startCalculationExecution({ SessionId }),
    client.startCalculationExecution({ SessionId: connect, CodeBlock }),
    client.listCalculationExecutions({ SessionId: connect }),
  ];
  for (const call of invalid) expect(await errorOf(call)).toBe('InvalidRequestException');
  const CalculationExecutionId = 'nobody';
  const unknown = [
    client.startCalculationExecution({ SessionId: 'nobody', CodeBlock }),
    client.getCalculationExecution({ CalculationExecutionId }),
    client.getCalculationExecutionStatus({ CalculationExecutionId }),
    client.stopCalculationExecution({ CalculationExecutionId }),
  ];
  for (const call of unknown) expect(await errorOf(call)).toBe('ResourceNotFoundException');
});
