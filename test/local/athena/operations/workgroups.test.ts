import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../support/property-share.js';
import { errorOf, inProcess } from '../fixture.js';

describe('CreateWorkGroup', () => {
  test('makes a SQL workgroup unless a Spark engine is selected', async () => {
    const { client } = inProcess();
    await client.createWorkGroup({ Name: 'sql' });
    await client.createWorkGroup({
      Name: 'spark',
      Description: 'nightly',
      Configuration: {
        ExecutionRole: 'arn:aws:iam::111122223333:role/spark',
        EngineVersion: { SelectedEngineVersion: 'Apache Spark version 3.5' },
      },
    });
    const sql = await client.getWorkGroup({ WorkGroup: 'sql' });
    expect(sql.WorkGroup?.Configuration?.EngineVersion).toEqual({
      SelectedEngineVersion: 'AUTO',
      EffectiveEngineVersion: 'Athena engine version 3',
    });
    const spark = await client.getWorkGroup({ WorkGroup: 'spark' });
    expect(spark.WorkGroup).toMatchObject({
      Name: 'spark',
      State: 'ENABLED',
      Description: 'nightly',
      CreationTime: new Date('2026-01-01T12:00:00Z'),
      Configuration: {
        ExecutionRole: 'arn:aws:iam::111122223333:role/spark',
        EngineVersion: { EffectiveEngineVersion: 'Apache Spark version 3.5' },
      },
    });
  });

  test.each([
    ['a name that is taken', { Name: 'etl' }],
    ['a name with a space', { Name: 'e t l' }],
    ['a name of 129 characters', { Name: 'x'.repeat(129) }],
    [
      'an engine that is not on offer',
      {
        Name: 'x',
        Configuration: { EngineVersion: { SelectedEngineVersion: 'Spark 2' } },
      },
    ],
    ['a tag key that is reserved', { Name: 'x', Tags: [{ Key: 'aws:x', Value: '' }] }],
  ])('refuses %s', async (_, input) => {
    const { client } = inProcess();
    expect(await errorOf(client.createWorkGroup(input))).toBe('InvalidRequestException');
  });
});

describe('GetWorkGroup', () => {
  test('answers InvalidRequestException for a workgroup that it does not know', async () => {
    const { client } = inProcess();
    expect(await errorOf(client.getWorkGroup({ WorkGroup: 'nobody' }))).toBe('InvalidRequestException');
  });
});

describe('ListWorkGroups', () => {
  test('shows name, state and engine, so that Spark workgroups are recognised without another call', async () => {
    const { client, region } = inProcess();
    region.createWorkgroup({ name: 'off', engine: 'Apache Spark version 3.5', state: 'DISABLED' });
    const { WorkGroups, NextToken } = await client.listWorkGroups({});
    expect(NextToken).toBeUndefined();
    expect(WorkGroups).toMatchObject([
      {
        Name: 'etl',
        State: 'ENABLED',
        EngineVersion: { EffectiveEngineVersion: 'PySpark engine version 3' },
      },
      {
        Name: 'off',
        State: 'DISABLED',
        EngineVersion: { EffectiveEngineVersion: 'Apache Spark version 3.5' },
      },
    ]);
  });

  test('gives 50 to a page at most', async () => {
    const { client, region } = inProcess();
    for (let i = 0; i < 60; i += 1) region.createWorkgroup({ name: `wg-${i}` });
    const first = await client.listWorkGroups({});
    expect(first.WorkGroups).toHaveLength(50);
    const second = await client.listWorkGroups({ NextToken: first.NextToken });
    expect(second.WorkGroups).toHaveLength(11);
    expect(second.NextToken).toBeUndefined();
    expect(await errorOf(client.listWorkGroups({ MaxResults: 51 }))).toBe('InvalidRequestException');
    expect(await errorOf(client.listWorkGroups({ MaxResults: 0 }))).toBe('InvalidRequestException');
  });

  test('lists each workgroup once, whatever the page size', async () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 1, max: 50 }), async (created, MaxResults) => {
        const { client, region } = inProcess();
        for (const name of created) if (name !== 'etl') region.createWorkgroup({ name });
        const listed: (string | undefined)[] = [];
        let NextToken: string | undefined;
        do {
          const page = await client.listWorkGroups({ MaxResults, NextToken });
          expect(page.WorkGroups?.length).toBeLessThanOrEqual(MaxResults);
          listed.push(...(page.WorkGroups ?? []).map(({ Name }) => Name));
          NextToken = page.NextToken;
        } while (NextToken !== undefined);
        expect(listed.toSorted()).toEqual([...new Set([...created, 'etl'])].sort());
      }),
      { numRuns: runs(30) },
    );
  });
});
