import { describe, expect, it } from 'vitest';
import type { Rule } from '../../lambda/contract/settings.js';
import { DrivenClock } from '../../local/athena/index.js';
import { servedAthena, sweepAt } from '../support/athena.js';

const executionRole = 'arn:aws:iam::111122223333:role/spark-analysts';

async function dueSession(tags: Record<string, string> = {}, minutesInState = 60) {
  const served = await servedAthena();
  served.region.createWorkgroup({ name: 'etl', tags: { Team: 'data' } });
  const id = served.region.putSession({ workGroup: 'etl', minutesInState, tags, executionRole });
  return { ...served, id };
}

describe('rules by what no listing shows', () => {
  it.each<{ rule: Rule; tags?: Record<string, string>; kind: string; looks: number }>([
    {
      rule: { match: { owner: 'ada' }, exempt: true },
      tags: { Owner: 'ada' },
      kind: 'exempt-by-rule',
      looks: 0,
    },
    { rule: { match: { tag: 'Team=data' }, idleMinutes: 90 }, kind: 'within-limit', looks: 0 },
    { rule: { match: { role: 'spark-*' }, exempt: true }, kind: 'exempt-by-rule', looks: 1 },
    { rule: { match: { owner: 'spark-*' }, idleMinutes: 90 }, kind: 'within-limit', looks: 1 },
  ])('spare a due session at its last look: $rule', async ({ rule, tags, kind, looks }) => {
    const { url, athena, region, id } = await dueSession(tags);
    const { report, oldestOverdue, idleAges } = await sweepAt(url, { rules: [rule] });
    expect(report.sessions).toMatchObject([{ outcome: 'spared', kind, rule: 'rules[0]' }]);
    expect(report.complete).toBe(true);
    expect(region.session(id).state).toBe('IDLE');
    expect(athena.journal.count('TerminateSession')).toBe(0);
    expect(athena.journal.count('GetSession')).toBe(looks);
    // It is spared at every sweep from now on, and no reason for an alarm.
    expect(oldestOverdue).toBe(0);
    expect(idleAges).toHaveLength(kind === 'exempt-by-rule' ? 0 : 1);
  });

  it('leave others due, and the longer of both limits holds', async () => {
    const rules: Rule[] = [
      { match: { owner: 'ada' }, idleMinutes: 45 },
      { match: { workgroup: 'etl' }, idleMinutes: 50 },
    ];
    const { url } = await dueSession({ Owner: 'ada' });
    const { report } = await sweepAt(url, { rules });
    expect(report.sessions).toMatchObject([{ outcome: 'terminated', rule: 'rules[1]', limitMinutes: 50 }]);
  });

  it('cost no call for a session that is not due', async () => {
    const { url, athena } = await dueSession({ Owner: 'ada' }, 20);
    await sweepAt(url, { rules: [{ match: { owner: 'ada', tag: '*', role: '*' }, exempt: true }] });
    expect(athena.journal.count('GetSession') + athena.journal.count('ListTagsForResource')).toBe(0);
  });
});

describe('rules with hours', () => {
  /** Ten sessions that have been idle for 20 minutes, on a Tuesday at noon. */
  async function tenSessions(rules: readonly Rule[]) {
    const { athena, url, region } = await servedAthena({
      clock: new DrivenClock(new Date('2026-03-03T12:30:00Z')),
    });
    region.createWorkgroup({ name: 'etl' });
    for (let n = 0; n < 10; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 20 });
    const changes = { rules, maxTerminationsPerSweep: 3 };
    const { report } = await sweepAt(url, changes);
    return { counts: report.counts, calls: athena.journal.count('TerminateSession') };
  }

  it('end no more sessions than the cap when they begin', async () => {
    const hours = { from: '12:00', to: '13:00', timezone: 'UTC' };
    const { counts, calls } = await tenSessions([{ match: { hours }, idleMinutes: 10 }]);
    expect(counts).toMatchObject({ due: 10, terminated: 3, deferred: 7 });
    expect(calls).toBe(3);
  });

  it('do not hold at another time', async () => {
    const hours = { days: ['mon'], timezone: 'UTC' } as const;
    const { counts } = await tenSessions([{ match: { hours }, idleMinutes: 10 }]);
    expect(counts).toMatchObject({ due: 0, kept: 10 });
  });
});
