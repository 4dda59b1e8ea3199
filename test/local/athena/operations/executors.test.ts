import { describe, expect, test } from 'vitest';
import { errorOf, inProcess } from '../fixture.js';

describe('ListExecutors', () => {
  test('lists the coordinator and the workers of a session, each with its size', async () => {
    const { client, region } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl', coordinatorDpus: 2, workers: 3 });
    const { ExecutorsSummary = [] } = await client.listExecutors({ SessionId });
    const sizes = ExecutorsSummary.map(({ ExecutorType, ExecutorSize }) => `${ExecutorType} ${ExecutorSize}`);
    expect(sizes.sort()).toEqual(['COORDINATOR 2', 'WORKER 1', 'WORKER 1', 'WORKER 1']);
    expect(new Set(ExecutorsSummary.map(({ ExecutorState }) => ExecutorState))).toEqual(
      new Set(['REGISTERED']),
    );
  });

  test('goes page by page, and a token is good for its own listing alone', async () => {
    const { client, region } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl', workers: 4 });
    const other = region.putSession({ workGroup: 'etl', workers: 4 });
    const ids: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.listExecutors({ SessionId, MaxResults: 2, NextToken });
      ids.push(...(page.ExecutorsSummary ?? []).map(({ ExecutorId }) => ExecutorId));
      NextToken = page.NextToken;
      if (NextToken !== undefined) {
        expect(await errorOf(client.listExecutors({ SessionId: other, NextToken }))).toBe(
          'InvalidRequestException',
        );
      }
    } while (NextToken !== undefined);
    expect(new Set(ids).size).toBe(5);
  });

  test('shows that the executors of an ended session are gone, and filters by state', async () => {
    const { client, region } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl', state: 'TERMINATED', workers: 1 });
    const listed = (ExecutorStateFilter: 'REGISTERED' | 'TERMINATED') =>
      client.listExecutors({ SessionId, ExecutorStateFilter });
    expect((await listed('REGISTERED')).ExecutorsSummary).toEqual([]);
    expect((await listed('TERMINATED')).ExecutorsSummary).toHaveLength(2);
  });

  test('refuses a session that is not known', async () => {
    const { client } = inProcess();
    expect(await errorOf(client.listExecutors({ SessionId: 'none' }))).toBe('ResourceNotFoundException');
  });
});

test('workers count in the statistics of a session', async () => {
  const { client, region } = inProcess();
  const SessionId = region.putSession({ workGroup: 'etl', ageMinutes: 60, workers: 3 });
  const { Statistics } = await client.getSession({ SessionId });
  expect(Statistics?.DpuExecutionInMillis).toBe(4 * 3_600_000);
});
