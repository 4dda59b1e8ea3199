import { describe, expect, it } from 'vitest';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { ProcessMemory } from '../../../lambda/sweep/process-memory.js';
import { noHurry, REGION, servedAthena, sweepAt } from '../../support/athena.js';

describe('settings that exempt', () => {
  it('keep every session they match, whatever its state', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'prod-etl' });
    region.putSession({ workGroup: 'prod-etl', minutesInState: 600 });
    const rules: ReaperSettings['rules'] = [{ match: { workgroup: 'prod-*' }, exempt: true }];
    const { report } = await sweepAt(url, { rules, stuck: { maxAgeMinutes: 60 } }, { stop: noHurry });
    expect(report.counts).toMatchObject({ listed: 1, kept: 1, due: 0 });
    expect(athena.journal.count('GetSession')).toBe(0);
  });
});

describe('an idle session that is listed without an idle-since time', () => {
  const sparkThree = { name: 'etl', engine: 'Apache Spark version 3.5' } as const;

  it('is looked at where it may be due, once more before it ends, and without a turn or tags where it is not', async () => {
    const { athena, url, region } = await servedAthena({ world: { idleSince: 'only-in-get-session' } });
    region.createWorkgroup(sparkThree);
    const young = region.putSession({ workGroup: 'etl', minutesInState: 5, ageMinutes: 20 });
    const recent = region.putSession({ workGroup: 'etl', minutesInState: 5, ageMinutes: 90 });
    const forgotten = region.putSession({ workGroup: 'etl', minutesInState: 60, ageMinutes: 90 });
    const { report, oldestOverdue } = await sweepAt(url);
    expect(report.counts).toMatchObject({ listed: 3, kept: 2, unknown: 0, due: 1, terminated: 1 });
    expect(report.sessions).toMatchObject([{ sessionId: forgotten, minutes: 60, clock: 'idle-since' }]);
    expect(oldestOverdue).toBe(30 * 60);
    const looks = [young, recent, forgotten].map((id) => athena.journal.witness(id).looks.length);
    expect(looks).toEqual([0, 1, 2]);
    expect(athena.journal.count('ListTagsForResource')).toBe(2);
  });

  it('and is past its maximum age is overdue by how long a look shows it idle', async () => {
    const { athena, url, region } = await servedAthena({ world: { idleSince: 'only-in-get-session' } });
    region.createWorkgroup(sparkThree);
    region.putSession({ workGroup: 'etl', minutesInState: 600, ageMinutes: 721 });
    athena.script({ kind: 'error', code: 'AccessDeniedException', operation: 'TerminateSession' });
    const { report, oldestOverdue } = await sweepAt(url, { stuck: { maxAgeMinutes: 720 } });
    expect(report.counts).toMatchObject({ due: 1, failed: 1 });
    expect(oldestOverdue).toBe(570 * 60);
  });

  it('and looked at without one is unknown and kept, and no younger one is', async () => {
    const { athena, url, region } = await servedAthena({ world: { idleSince: 'empty' } });
    region.createWorkgroup(sparkThree);
    region.putSession({ workGroup: 'etl', minutesInState: 600 });
    region.putSession({ workGroup: 'etl', minutesInState: 10 });
    const { report, oldestOverdue } = await sweepAt(url);
    expect(report).toMatchObject({ complete: true, counts: { listed: 2, unknown: 1, kept: 1, due: 0 } });
    expect(oldestOverdue).toBe(0);
    expect(athena.journal.count('GetSession')).toBe(1);
    expect(athena.journal.count('ListTagsForResource')).toBe(0);
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it.each(['ResourceNotFoundException', 'InvalidRequestException', 'TERMINATED'] as const)(
    'and is not known when it is looked at (%s) is unknown, for it is listed',
    async (unknownSession) => {
      const { url, region } = await servedAthena({ world: { idleSince: 'empty', unknownSession } });
      region.createWorkgroup(sparkThree);
      region.loseSession(region.putSession({ workGroup: 'etl', minutesInState: 600 }));
      const { report } = await sweepAt(url);
      expect(report.counts).toMatchObject({ listed: 1, unknown: 1, due: 0 });
    },
  );

  it('and cannot be looked at has failed', async () => {
    const { athena, url, region } = await servedAthena({ world: { idleSince: 'empty' } });
    region.createWorkgroup(sparkThree);
    region.putSession({ workGroup: 'etl', minutesInState: 600 });
    athena.script({ kind: 'error', code: 'AccessDeniedException', operation: 'GetSession' });
    const { report } = await sweepAt(url);
    expect(report).toMatchObject({ complete: false, counts: { listed: 1, due: 1, failed: 1 } });
    expect(report.sessions).toMatchObject([
      { outcome: 'failed', kind: 'no-idle-since', error: expect.stringContaining('GetSession') },
    ]);
  });

  it('in a listing that breaks off is unknown, and not looked at', async () => {
    const { athena, url, region } = await servedAthena({ world: { idleSince: 'empty' } });
    region.createWorkgroup(sparkThree);
    for (let n = 0; n < 101; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 600 });
    athena.script({ kind: 'expired-token', operation: 'ListSessions' });
    const { report } = await sweepAt(url);
    expect(report.counts).toMatchObject({ listed: 100, unknown: 100, notListed: 1 });
    expect(athena.journal.count('GetSession')).toBe(0);
  });
});

describe('instants that cannot be true', () => {
  it.each([
    { what: 'from before the start', seconds: (now: number) => now - 5 * 3_600 },
    { what: 'from the future', seconds: (now: number) => now + 120 },
    { what: 'from before the service', seconds: () => 1_600_000_000 },
  ])('$what end nothing and count as unknown', async ({ seconds }) => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60, ageMinutes: 90 });
    const value = seconds(Date.now() / 1_000);
    athena.script({ kind: 'replace', member: 'IdleSinceDateTime', value });
    const { report } = await sweepAt(url);
    expect(report.counts).toMatchObject({ listed: 1, unknown: 1, due: 0 });
  });
});

describe("a service whose clock differs from the function's", () => {
  it.each([{ minutes: 10 }, { minutes: -10 }])(
    'by $minutes minutes is believed, and said',
    async ({ minutes }) => {
      const { url, region } = await servedAthena({ clockOffsetMs: minutes * 60_000 });
      region.createWorkgroup({ name: 'etl' });
      const due = region.putSession({ workGroup: 'etl', minutesInState: 31 });
      region.putSession({ workGroup: 'etl', minutesInState: 29 });
      const apart: unknown[] = [];
      const { report } = await sweepAt(url, {}, { observer: { clocksApart: (item) => apart.push(item) } });
      expect(report.sessions).toMatchObject([{ sessionId: due, outcome: 'terminated' }]);
      const seconds = report.regions[0]?.clockOffsetSeconds ?? 0;
      expect(Math.abs(seconds - minutes * 60)).toBeLessThanOrEqual(2);
      expect(apart).toEqual([{ region: REGION, clockOffsetSeconds: seconds }]);
    },
  );

  it('by less than a minute is believed without a word', async () => {
    const { url, region } = await servedAthena({ clockOffsetMs: -50_000 });
    region.createWorkgroup({ name: 'etl' });
    const { report } = await sweepAt(url);
    expect(report.regions[0]).not.toHaveProperty('clockOffsetSeconds');
  });
});

describe('what is remembered of workgroups', () => {
  const MINUTE = 60_000;
  /** So that none is listed ahead of time. */
  const NEVER_DUE = { rules: [{ match: { workgroup: '*' }, exempt: true as const }] };
  const remembering = (memory: ProcessMemory, minutes = 0) =>
    ({ memory, mayRemember: true, clock: () => Date.now() + minutes * MINUTE }) as const;

  it('counts from when its listing began by the clock of the service', async () => {
    const { athena, url, region } = await servedAthena({ clockOffsetMs: -20 * MINUTE });
    region.createWorkgroup({ name: 'etl' });
    const memory = new ProcessMemory();
    const listings = [];
    for (const minutes of [0, 27, 31]) {
      await sweepAt(url, {}, remembering(memory, minutes));
      listings.push(athena.journal.count('ListSessions'));
    }
    expect(listings).toEqual([1, 1, 2]);
  });

  it('is kept where not all of them could be listed', async () => {
    const { athena, url, region } = await servedAthena();
    for (let n = 0; n < 60; n += 1) region.createWorkgroup({ name: `etl-${n}` });
    const memory = new ProcessMemory();
    await sweepAt(url, NEVER_DUE, remembering(memory));
    athena.script({ kind: 'expired-token', operation: 'ListWorkGroups', times: 1 });
    const cut = await sweepAt(url, NEVER_DUE, remembering(memory));
    expect(cut.report.counts).toMatchObject({ remembered: 50, notListed: 1 });
    const whole = await sweepAt(url, NEVER_DUE, remembering(memory));
    expect(whole.report.counts).toMatchObject({ workgroups: 60, remembered: 60 });
    expect(athena.journal.count('ListSessions')).toBe(60);
  });

  it('is not asked by a sweep that is to show what there is', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const memory = new ProcessMemory();
    await sweepAt(url, {}, remembering(memory));
    await sweepAt(url, {}, { memory });
    expect(athena.journal.count('ListSessions')).toBe(2);
  });
});
