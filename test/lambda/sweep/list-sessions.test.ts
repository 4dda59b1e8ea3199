import { describe, expect, it } from 'vitest';
import { REGION, servedAthena, sweepAt } from '../../support/athena.js';
import { hurryTime } from '../../support/hurried-time.js';

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
    expect(report.counts.tagsUnreadable).toBe(0);
    expect(report.sessions.find(({ outcome }) => outcome === 'deferred')?.reason).toBe(
      'workgroup not listed to its last page',
    );
  });

  it('that breaks off needs no hint at its engine: a workgroup that has given a page does hold sessions', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'long' });
    for (let n = 0; n < 150; n += 1) region.putSession({ workGroup: 'long', minutesInState: 5 });
    athena.script({ kind: 'replace', member: 'EngineVersion', operation: 'ListWorkGroups' });
    athena.script({ kind: 'expired-token', workGroup: 'long' });
    const { report } = await sweepAt(url);
    expect(report.notListed[0]?.error).not.toContain('workgroups.exclude');
    expect(report.counts.tagsUnreadable).toBe(0);
  });

  it('has a session once that changes its state between the listings of two states', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const sessionId = region.putSession({ workGroup: 'etl', minutesInState: 5 });
    athena.script({
      kind: 'after',
      operation: 'ListSessions',
      run: () => void region.runCalculation(sessionId, 60_000),
      times: 1,
    });
    const { report } = await sweepAt(url, { stuck: { busyMinutes: 600 } });
    expect(report.counts).toMatchObject({ listed: 1, kept: 1 });
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
    hurryTime();
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
    hurryTime();
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
