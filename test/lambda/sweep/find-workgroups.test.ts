import { describe, expect, it } from 'vitest';
import { servedAthena, sweepAt } from '../../support/athena.js';

describe('a workgroup whose engine is not known', () => {
  it.each([
    { engine: 'AUTO', named: '"AUTO"' },
    { engine: 'Trino engine version 9', named: '"Trino engine version 9"' },
    { engine: undefined, named: 'not named' },
  ])('($named) is listed, and a refusal there is said with what to do', async ({ engine, named }) => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'odd' });
    region.putSession({ workGroup: 'odd', minutesInState: 60 });
    const member = 'EffectiveEngineVersion';
    athena.script({ kind: 'replace', member, value: engine, operation: 'ListWorkGroups' });
    expect((await sweepAt(url)).report.counts).toMatchObject({ terminated: 1 });
    for (const code of [
      'InvalidRequestException',
      'AccessDeniedException',
      'ResourceNotFoundException',
      'SomethingNewException',
    ]) {
      athena.script({ kind: 'error', code, operation: 'ListSessions', times: 1 });
      const { report } = await sweepAt(url);
      expect(report).toMatchObject({ complete: false, counts: { notListed: 1 } });
      expect(report.notListed[0]?.error).toContain(code);
      expect(report.notListed[0]?.error).toContain(`its engine is ${named}`);
      expect(report.notListed[0]?.error).toContain('workgroups.exclude');
    }
  });

  it('needs no such hint where it could not be asked, and a Spark one where it refuses', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    athena.script({ kind: 'error', code: 'InvalidRequestException', operation: 'ListSessions' });
    expect((await sweepAt(url)).report.notListed[0]?.error).not.toContain('workgroups.exclude');
  });

  it('is not listed where it is a SQL engine, whatever its version and letter case', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
    const member = 'EffectiveEngineVersion';
    athena.script({ kind: 'replace', member, value: 'ATHENA ENGINE version 4', operation: 'ListWorkGroups' });
    expect((await sweepAt(url)).report.complete).toBe(true);
    expect(athena.journal.count('ListSessions')).toBe(0);
  });
});

describe('globs', () => {
  it('that reach one workgroup of several select it, and nothing is amiss', async () => {
    const { url, region } = await servedAthena();
    for (const name of ['etl', 'other']) region.createWorkgroup({ name });
    const { report, reached } = await sweepAt(url, { workgroups: { include: ['etl'], exclude: [] } });
    expect([report.complete, report.counts.workgroups, reached]).toEqual([true, 1, true]);
  });
});

describe('an answer without any workgroup', () => {
  it('is not taken for an empty account', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    athena.script({ kind: 'malformed', body: '{"WorkGroups":[]}', operation: 'ListWorkGroups' });
    const { report } = await sweepAt(url);
    expect(report).toMatchObject({ complete: false, counts: { notListed: 1 } });
    expect(report.regions[0]?.error).toContain('"primary"');
  });
});
