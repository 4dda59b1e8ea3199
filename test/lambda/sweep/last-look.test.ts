import { describe, expect, it } from 'vitest';
import { outcomesOf, servedAthena, sweepAt } from '../../support/athena.js';

describe('the last look', () => {
  it('spares a session whose state it does not tell', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'replace', member: 'State', operation: 'GetSession' });
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([
      { outcome: 'spared', state: 'unknown', reason: 'state not known' },
    ]);
  });

  it('gives the turn that it took for the call back where there is nothing to call for', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    for (let n = 0; n < 30; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'error', code: 'ResourceNotFoundException', operation: 'GetSession', times: 29 });
    const { report } = await sweepAt(url, {}, { stop: AbortSignal.timeout(5_000) });
    expect(report.counts).toMatchObject({ alreadyInactive: 29, terminated: 1 });
  });

  it('that is refused is not made again', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'error', code: 'AccessDeniedException', operation: 'GetSession' });
    const { report } = await sweepAt(url);
    expect(report.counts.failed).toBe(1);
    expect(athena.journal.count('GetSession')).toBe(1);
  });

  it('spares a session that became busy', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({
      kind: 'before',
      operation: 'GetSession',
      run: () => void region.runCalculation(id, 60_000),
    });
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([
      { outcome: 'spared', state: 'BUSY', reason: 'BUSY at the last look' },
    ]);
    expect(region.session(id).state).toBe('BUSY');
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it('spares a session that is idle since a later instant, even one that is past its limit again', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const later = (Date.now() - 40 * 60_000) / 1_000;
    athena.script({ kind: 'replace', operation: 'GetSession', member: 'IdleSinceDateTime', value: later });
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([
      { outcome: 'spared', reason: 'idle since a later instant', minutes: 40 },
    ]);
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it.each([
    { tags: { 'session-reaper:exempt': 'true' }, reason: 'exempt by tag' },
    { tags: { 'session-reaper:idle-minutes': '240' }, reason: 'within its limit' },
  ])('spares a session with the tag $tags, on itself or on its workgroup', async ({ tags, reason }) => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'tagged', tags });
    region.createWorkgroup({ name: 'plain' });
    region.putSession({ workGroup: 'tagged', minutesInState: 60 });
    region.putSession({ workGroup: 'plain', minutesInState: 60, tags });
    const { report } = await sweepAt(url);
    expect(report.counts).toMatchObject({ due: 2, spared: 2 });
    for (const record of report.sessions) {
      expect(record).toMatchObject({ outcome: 'spared', reason, minutes: 60 });
      expect(record.limitMinutes).toBeGreaterThanOrEqual(30);
    }
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it('takes an answer that its tags cannot be read for a session without tags', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({
      kind: 'error',
      code: 'InvalidRequestException',
      operation: 'ListTagsForResource',
      where: ({ sessionId }) => sessionId !== undefined,
    });
    const { report } = await sweepAt(url);
    expect(report.counts.terminated).toBe(1);
  });

  it('does not end a session whose tags could not be read for any other reason', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'error', code: 'AccessDeniedException', operation: 'ListTagsForResource' });
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([
      { outcome: 'failed', error: expect.stringContaining('ListTagsForResource: AccessDeniedException') },
    ]);
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it.each(['TERMINATING', 'TERMINATED', 'FAILED'] as const)(
    'finds a session %s already: harmless',
    async (state) => {
      const { athena, url, region } = await servedAthena();
      region.createWorkgroup({ name: 'etl' });
      region.putSession({ workGroup: 'etl', minutesInState: 60 });
      athena.script({ kind: 'replace', operation: 'GetSession', member: 'State', value: state });
      const { report } = await sweepAt(url);
      expect(report).toMatchObject({
        complete: true,
        counts: { alreadyInactive: 1, failed: 0 },
        returnedStates: {},
      });
      expect(report.sessions).toMatchObject([{ outcome: 'already-inactive', reason: `already ${state}` }]);
      expect(athena.journal.count('TerminateSession')).toBe(0);
    },
  );

  it.each(['ResourceNotFoundException', 'InvalidRequestException'])(
    'meets %s: the session is gone',
    async (code) => {
      const { athena, url, region } = await servedAthena();
      region.createWorkgroup({ name: 'etl' });
      region.putSession({ workGroup: 'etl', minutesInState: 60 });
      athena.script({ kind: 'error', code, operation: 'GetSession' });
      const { report } = await sweepAt(url);
      expect(report.sessions).toMatchObject([
        { outcome: 'already-inactive', reason: 'gone at the last look' },
      ]);
    },
  );
});

describe('time that runs out', () => {
  const stopSoon = () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 200);
    return stop.signal;
  };

  it('before a last look is answered defers the session', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'hang', operation: 'GetSession' });
    const { report } = await sweepAt(url, {}, { stop: stopSoon() });
    expect(report.sessions).toMatchObject([{ outcome: 'deferred', reason: 'out of time' }]);
  });

  it('before sessions get their turn defers them too', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    for (let n = 0; n < 40; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'hang', operation: 'GetSession' });
    const { report } = await sweepAt(url, {}, { stop: stopSoon() });
    expect(report.counts).toMatchObject({ due: 40, deferred: 40 });
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it('waits for the answer to a TerminateSession under way, and gives up only at the last call', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const slow = region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const hung = region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const stop = new AbortController();
    const lastCall = new AbortController();
    let asked = 0;
    const stopOnceBothAreAsked = () => {
      asked += 1;
      if (asked < 2) return;
      stop.abort();
      setTimeout(() => lastCall.abort(), 1_000);
    };
    athena.script({ kind: 'before', operation: 'TerminateSession', run: stopOnceBothAreAsked });
    athena.script({ kind: 'delay', ms: 100, operation: 'TerminateSession', sessionId: slow });
    athena.script({ kind: 'hang', operation: 'TerminateSession', sessionId: hung });
    const { report } = await sweepAt(url, {}, { stop: stop.signal, lastCall: lastCall.signal });
    expect(outcomesOf(report.sessions)).toEqual({ [slow]: 'terminated', [hung]: 'failed' });
  });
});

describe('what is saved', () => {
  const dpuHoursOf = async (placement: {
    idleTimeoutMinutes?: number;
    shows?: object;
    coordinatorDpus?: number;
  }) => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60, outlivesIdleTimeout: true, ...placement });
    return (await sweepAt(url)).report.saved;
  };

  it('is what the session would still have billed until its own idle timeout, for its coordinator', async () => {
    expect(await dpuHoursOf({ idleTimeoutMinutes: 120, coordinatorDpus: 2 })).toEqual({
      dpuHours: 2,
      cost: 0.7,
      sessionsNotCounted: 0,
    });
  });

  it('is nothing for a session past its own timeout', async () => {
    expect(await dpuHoursOf({ idleTimeoutMinutes: 30 })).toEqual({
      dpuHours: 0,
      cost: 0,
      sessionsNotCounted: 0,
    });
  });

  it('is not claimed where the timeout or the time of its begin is not known', async () => {
    const unknown = { dpuHours: 0, cost: 0, sessionsNotCounted: 1 };
    expect(await dpuHoursOf({})).toEqual(unknown);
  });
});
