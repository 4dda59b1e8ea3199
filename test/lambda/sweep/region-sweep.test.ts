import { describe, expect, it } from 'vitest';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { ProcessMemory } from '../../../lambda/sweep/process-memory.js';
import { noHurry, REGION, servedAthena, sweepAt } from '../../support/athena.js';

describe('a listing', () => {
  it('that breaks off defers what it found due, and the other workgroups are swept', async () => {
    const { athena, url, region } = await servedAthena();
    for (const name of ['long', 'other']) region.createWorkgroup({ name });
    for (let n = 0; n < 150; n += 1) region.putSession({ workGroup: 'long', minutesInState: 60 });
    region.putSession({ workGroup: 'other', minutesInState: 60 });
    athena.script({ kind: 'expired-token', workGroup: 'long' });
    const { report } = await sweepAt(url);
    expect(report.counts).toMatchObject({
      listed: 101,
      due: 101,
      deferred: 100,
      terminated: 1,
      notListed: 1,
    });
    expect(report.notListed).toMatchObject([{ region: REGION, workGroup: 'long' }]);
    expect(report.sessions.find(({ outcome }) => outcome === 'deferred')?.reason).toBe(
      'workgroup not listed to its last page',
    );
  });

  it('whose page token comes back ends with an error instead of never', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'long' });
    for (let n = 0; n < 150; n += 1) region.putSession({ workGroup: 'long', minutesInState: 60 });
    athena.script({ kind: 'repeated-token', operation: 'ListSessions' });
    const { report } = await sweepAt(url);
    expect(report.notListed).toMatchObject([{ error: expect.stringContaining('RepeatedPageToken') }]);
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it('is retried through throttling, 500s, dropped connections and unreadable answers', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const operation = 'ListSessions';
    athena.script({ kind: 'error', code: 'InternalServerException', status: 500, operation, times: 1 });
    athena.script({ kind: 'drop', operation, times: 1 });
    athena.script({ kind: 'malformed', operation, times: 1 });
    athena.script({ kind: 'cut', operation, times: 1 });
    athena.script({ kind: 'throttle', operation: 'GetSession', times: 1 });
    const { report } = await sweepAt(url);
    expect(report).toMatchObject({ complete: true, counts: { terminated: 1 }, throttledCalls: 1 });
  });

  it('that waits for its turn when the time is up is left to the next sweep, and is no failure', async () => {
    const { athena, url, region } = await servedAthena({ rateLimit: { ratePerSecond: 1, burst: 20 } });
    for (let n = 0; n < 40; n += 1) region.createWorkgroup({ name: `etl-${n}` });
    athena.script({ kind: 'error', code: 'AccessDeniedException', operation: 'ListSessions', times: 1 });
    const { report } = await sweepAt(url, {}, { stopListing: AbortSignal.timeout(1_500) });
    const [first, ...others] = report.notListed;
    expect(first).toMatchObject({ error: expect.stringContaining('AccessDeniedException') });
    expect(others.length).toBeGreaterThan(10);
    for (const place of others) expect(place).toMatchObject({ kind: 'waiting', error: 'out of time' });
    expect(report).toMatchObject({
      complete: false,
      counts: { waiting: others.length, notListed: others.length + 1 },
    });
  });

  it('that is cut short by the deadline says what was not looked at', async () => {
    const { athena, url, region } = await servedAthena();
    for (const name of ['slow', 'quick']) region.createWorkgroup({ name });
    region.putSession({ workGroup: 'quick', minutesInState: 60 });
    athena.script({ kind: 'hang', operation: 'ListSessions', workGroup: 'slow' });
    const stop = new AbortController();
    const observer = { session: () => stop.abort() };
    const { report } = await sweepAt(url, {}, { stop: stop.signal, observer });
    expect(report).toMatchObject({
      complete: false,
      counts: { terminated: 1, workgroups: 1, notListed: 1 },
    });
    expect(report.notListed).toEqual([{ region: REGION, workGroup: 'slow', error: 'out of time' }]);
  });
});

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
    for (const code of ['InvalidRequestException', 'AccessDeniedException']) {
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
