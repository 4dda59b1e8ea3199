import { describe, expect, it } from 'vitest';
import { servedAthena, sweepAt } from '../support/athena.js';

const executionRole = 'arn:aws:iam::111122223333:role/spark-analysts';

async function dueSession(tags: Record<string, string>, ofWorkgroup: Record<string, string> = {}) {
  const served = await servedAthena();
  served.region.createWorkgroup({ name: 'etl', tags: ofWorkgroup });
  served.region.putSession({ workGroup: 'etl', minutesInState: 60, tags, executionRole });
  return served;
}

describe('the owner in the report of a sweep', () => {
  it.each([
    { tags: { owner: 'ada' }, more: { Owner: 'team' }, owner: 'ada', ownerFrom: 'tag' },
    { tags: {}, more: { Owner: 'team' }, owner: 'team', ownerFrom: 'workgroup-tag' },
    { tags: {}, more: {}, owner: 'spark-analysts', ownerFrom: 'role' },
  ])('is $owner by its $ownerFrom', async ({ tags, more, ...named }) => {
    const { url } = await dueSession(tags, more);
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([{ outcome: 'terminated', ...named }]);
  });

  it('is found by the keys of the settings', async () => {
    const { url } = await dueSession({ Owner: 'ada', CostCentre: '4711' });
    const { report } = await sweepAt(url, { owner: { tagKeys: ['CostCentre'], cloudTrail: false } });
    expect(report.sessions).toMatchObject([{ owner: '4711', ownerFrom: 'tag' }]);
  });

  it('is the role alone where tags are not read', async () => {
    const { url, athena } = await dueSession({ Owner: 'ada' });
    const tags = { enabled: false, prefix: 'session-reaper', unreadable: 'end' } as const;
    const { report } = await sweepAt(url, { tags });
    expect(report.sessions).toMatchObject([{ owner: 'spark-analysts', ownerFrom: 'role' }]);
    expect(athena.journal.count('ListTagsForResource')).toBe(0);
  });

  it('costs no call: sessions that are not due are not asked about', async () => {
    const { region, url, athena } = await dueSession({ Owner: 'ada' });
    for (let n = 0; n < 5; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 5, executionRole });
    await sweepAt(url);
    expect(athena.journal.count('GetSession')).toBe(1);
    expect(athena.journal.count('ListTagsForResource')).toBe(2);
  });

  it('is plain text of bounded length, whatever the tag holds', async () => {
    const { url } = await dueSession({ Owner: `\u001b[31m\u202e${'x'.repeat(250)}\n` });
    const { report } = await sweepAt(url);
    expect(report.sessions[0]?.owner).toMatch(/^\[31m x+ … x+$/);
    expect(report.sessions[0]?.owner).toHaveLength(100);
  });
});
