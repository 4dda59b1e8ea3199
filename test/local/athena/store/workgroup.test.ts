import { describe, expect, test } from 'vitest';
import type { WorkgroupSpec } from '../../../../local/athena/index.js';
import { inProcess } from '../fixture.js';

describe('a workgroup', () => {
  test.each<[string, Omit<WorkgroupSpec, 'name'>, object | undefined]>([
    [
      'of an engine with a new name',
      { engine: 'Apache Spark version 4.0' },
      {
        SelectedEngineVersion: 'Apache Spark version 4.0',
        EffectiveEngineVersion: 'Apache Spark version 4.0',
      },
    ],
    [
      'that AUTO has given a Spark engine',
      { engine: 'AUTO', effectiveEngine: 'Apache Spark version 3.5' },
      { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Apache Spark version 3.5' },
    ],
    [
      'that says AUTO and no more',
      { engine: 'AUTO', effectiveEngine: 'PySpark engine version 3', engineShown: 'selected' },
      { SelectedEngineVersion: 'AUTO' },
    ],
    ['that says no engine', { engineShown: 'none' }, undefined],
  ])('%s holds sessions', async (_, spec, shown) => {
    const { client, region } = inProcess();
    region.createWorkgroup({ name: 'a', ...spec });
    const SessionId = region.putSession({ workGroup: 'a' });
    expect((await client.listWorkGroups({})).WorkGroups?.[0]?.EngineVersion).toEqual(shown);
    const { WorkGroup } = await client.getWorkGroup({ WorkGroup: 'a' });
    expect(WorkGroup?.Configuration?.EngineVersion).toEqual(shown);
    expect((await client.listSessions({ WorkGroup: 'a' })).Sessions).toMatchObject([{ SessionId }]);
  });
});
