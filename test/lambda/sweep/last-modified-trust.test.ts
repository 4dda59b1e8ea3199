import { describe, expect, it } from 'vitest';
import { ProcessMemory } from '../../../lambda/sweep/process-memory.js';
import { REGION, servedAthena, sweepAt } from '../../support/athena.js';

describe('a last-modified time that the settings trust', () => {
  const TRUSTING = { trust: { lastModified: true } };
  const engine = 'Apache Spark version 3.5';

  it('ends sessions without an idle-since time, and the report says that their minutes are a lower bound', async () => {
    const { url, region } = await servedAthena({ world: { idleSince: 'empty' } });
    region.createWorkgroup({ name: 'etl', engine });
    region.putSession({ workGroup: 'etl', minutesInState: 60, ageMinutes: 90 });
    const { report, oldestOverdue } = await sweepAt(url, TRUSTING);
    expect(report.sessions).toMatchObject([
      { outcome: 'terminated', minutes: 60, clock: 'last-modified', lowerBound: true },
    ]);
    expect(oldestOverdue).toBe(30 * 60);
  });

  it('ends none before the region is listed, and defers them where it is not listed to its end', async () => {
    const { athena, url, region } = await servedAthena({ world: { idleSince: 'empty' } });
    for (const name of ['a', 'b']) region.createWorkgroup({ name, engine });
    region.putSession({ workGroup: 'a', minutesInState: 60, ageMinutes: 90 });
    const listings = () => athena.journal.count('ListSessions');
    const before: number[] = [];
    athena.script({ kind: 'delay', ms: 200, operation: 'ListSessions', workGroup: 'b' });
    athena.script({
      kind: 'before',
      operation: 'TerminateSession',
      run: () => void before.push(listings()),
      times: 1,
    });
    athena.script({ kind: 'throttle', operation: 'TerminateSession', times: 1 });
    expect((await sweepAt(url, TRUSTING)).report.counts.terminated).toBe(1);
    expect(before).toEqual([2]);

    region.putSession({ workGroup: 'a', minutesInState: 60, ageMinutes: 90 });
    athena.script({
      kind: 'error',
      code: 'AccessDeniedException',
      operation: 'ListSessions',
      workGroup: 'b',
    });
    const { report } = await sweepAt(url, TRUSTING);
    expect(report.sessions).toMatchObject([{ outcome: 'deferred', kind: 'listing-broken-off' }]);
  });

  it('ends none where a session shows that it does not move, nor in later sweeps of the process', async () => {
    const world = { idleSince: 'empty', lastModified: 'stands' } as const;
    const { athena, url, region } = await servedAthena({ world });
    region.createWorkgroup({ name: 'new', engine });
    region.createWorkgroup({ name: 'old', engine: 'PySpark engine version 3' });
    region.putSession({ workGroup: 'new', minutesInState: 1, ageMinutes: 90 });
    const witness = region.putSession({ workGroup: 'old', minutesInState: 5, ageMinutes: 90 });
    const memory = new ProcessMemory();
    const first = await sweepAt(url, TRUSTING, { memory });
    expect(first.report.counts).toMatchObject({ unknown: 1, kept: 1, due: 0 });
    region.forgetSession(witness);
    const second = await sweepAt(url, TRUSTING, { memory });
    expect(second.report.counts).toMatchObject({ unknown: 1, due: 0 });
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it('is not trusted in another region for what one region shows', async () => {
    const { athena, url, region } = await servedAthena();
    const other = athena.region('us-east-1');
    for (const one of [region, other]) {
      one.createWorkgroup({ name: 'etl', engine });
      const shows = { IdleSinceDateTime: 'missing' } as const;
      one.putSession({ workGroup: 'etl', minutesInState: 60, ageMinutes: 90, shows });
    }
    const lastModified = Date.now() / 1_000 - 80 * 60;
    other.putSession({ workGroup: 'etl', minutesInState: 5, ageMinutes: 90 });
    athena.script({
      ...{ kind: 'replace', member: 'LastModifiedDateTime', value: lastModified },
      ...{ operation: 'ListSessions', region: 'us-east-1' },
    });
    const { report } = await sweepAt(url, { ...TRUSTING, regions: [REGION, 'us-east-1'] });
    expect(report.regions).toMatchObject([
      { region: REGION, counts: { terminated: 1 } },
      { region: 'us-east-1', counts: { terminated: 0, unknown: 1 } },
    ]);
  });
});
