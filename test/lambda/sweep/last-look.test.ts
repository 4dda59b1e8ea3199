import { describe, expect, it } from 'vitest';
import type { EmbeddedAthena } from '../../../local/athena/index.js';
import { outcomesOf, servedAthena, sweepAt } from '../../support/athena.js';
import { hurryTime } from '../../support/hurried-time.js';

describe('the last look', () => {
  it('spares a session whose state it does not show', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'replace', member: 'State', operation: 'GetSession' });
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([
      { outcome: 'spared', state: 'unknown', reason: 'state not known' },
    ]);
  });

  it('shows the role that a rule asks for, and no rule on it holds before', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({
      workGroup: 'etl',
      minutesInState: 60,
      executionRole: 'arn:aws:iam::111122223333:role/a',
    });
    const { report } = await sweepAt(url, { rules: [{ match: { role: '*' }, exempt: true }] });
    expect(report.sessions).toMatchObject([{ outcome: 'spared', kind: 'exempt-by-rule' }]);
    expect(athena.journal.count('GetSession')).toBe(1);
  });

  it('gives the turn that it took for the call back where there is nothing to call for', async () => {
    hurryTime();
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

  it.each([
    { later: 'and within its limit', minutes: 20, outcome: 'spared', kind: 'within-limit' },
    { later: 'and past its limit all the same', minutes: 40, outcome: 'terminated', kind: 'idle-past-limit' },
  ])('alone decides on a session that is idle since a later instant, $later', async (row) => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const later = (Date.now() - row.minutes * 60_000) / 1_000;
    athena.script({ kind: 'replace', operation: 'GetSession', member: 'IdleSinceDateTime', value: later });
    const { report, oldestOverdue } = await sweepAt(url);
    const { outcome, kind, minutes } = row;
    expect(report.sessions).toMatchObject([{ outcome, kind, minutes }]);
    // No answer to a look can hide how long its listing shows a session overdue.
    expect(oldestOverdue).toBe(30 * 60);
  });

  it('ends a session whose listing has whole seconds where it has milliseconds', async () => {
    const { url, region } = await servedAthena({ world: { listedInstants: 'whole-seconds' } });
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60.0071 });
    expect((await sweepAt(url)).report.counts).toMatchObject({ terminated: 1 });
  });

  it('without the idle-since time that the listing has spares the session, which is overdue', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'replace', operation: 'GetSession', member: 'IdleSinceDateTime' });
    const { report, oldestOverdue } = await sweepAt(url);
    expect(report.sessions).toMatchObject([{ outcome: 'spared', kind: 'no-idle-since' }]);
    expect(oldestOverdue).toBe(30 * 60);
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

  it.each(['InvalidRequestException', 'ResourceNotFoundException', 'AccessDeniedException'])(
    'ends nothing where reading the tags of a workgroup meets %s',
    async (code) => {
      const { athena, url, region } = await servedAthena();
      region.createWorkgroup({ name: 'etl' });
      region.putSession({ workGroup: 'etl', minutesInState: 60 });
      const where = ({ input }: { input: Readonly<Record<string, unknown>> }) =>
        !String(input.ResourceARN).includes('/session/');
      athena.script({ kind: 'error', code, operation: 'ListTagsForResource', where });
      const { report } = await sweepAt(url);
      expect(report.sessions).toMatchObject([
        { outcome: 'failed', error: expect.stringContaining(`ListTagsForResource: ${code}`) },
      ]);
      expect(athena.journal.count('GetSession')).toBe(0);
      expect(athena.journal.count('TerminateSession')).toBe(0);
    },
  );

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
        {
          ...{ outcome: 'already-inactive', kind: 'gone' },
          error: expect.stringContaining(`GetSession: ${code}`),
        },
      ]);
    },
  );
});

describe('a TerminateSession that is denied', () => {
  const denyTagged = { key: 'session-reaper:exempt', value: 'true' };
  const exempt = { 'session-reaper:exempt': 'true' };

  it("by the role itself spares a session that tags exempt by now, by its own or its workgroup's", async () => {
    const { athena, url, region } = await servedAthena({ denyTagged });
    for (const name of ['one', 'other']) region.createWorkgroup({ name });
    const sessionId = region.putSession({ workGroup: 'one', minutesInState: 60 });
    region.putSession({ workGroup: 'other', minutesInState: 60 });
    const tagBoth = () => {
      region.tag({ sessionId }, exempt);
      region.tag({ workGroup: 'other' }, exempt);
    };
    athena.script({ kind: 'before', operation: 'TerminateSession', run: tagBoth });
    const { report, oldestOverdue } = await sweepAt(url);
    expect(report.counts).toMatchObject({ spared: 2, failed: 0 });
    expect(report.sessions.map(({ kind }) => kind)).toEqual(['exempt-by-tag', 'exempt-by-tag']);
    expect(oldestOverdue).toBe(0);
  });

  const byOwnPolicy = 'not authorized with an explicit deny in an identity-based policy';

  it.each([
    { by: 'the role itself, and tags do not exempt', message: byOwnPolicy, tagged: false },
    {
      by: 'an organization',
      message: 'not authorized with an explicit deny in a service control policy',
      tagged: true,
    },
    {
      by: 'a boundary',
      message: 'not authorized with an explicit deny in a permissions boundary',
      tagged: true,
    },
    {
      by: 'nothing that allows it',
      message: 'because no identity-based policy allows the action',
      tagged: true,
    },
  ])('by $by has failed, and is overdue', async ({ message, tagged }) => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const sessionId = region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const operation = 'TerminateSession';
    const run = () => region.tag({ sessionId }, tagged ? exempt : {});
    athena.script({ kind: 'before', operation, run });
    athena.script({ kind: 'error', code: 'AccessDeniedException', message, operation });
    const { report, oldestOverdue } = await sweepAt(url);
    expect(report.sessions).toMatchObject([{ outcome: 'failed', error: expect.stringContaining(message) }]);
    expect(oldestOverdue).toBe(30 * 60);
  });

  it('has failed where the tags cannot be read again', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const code = 'AccessDeniedException';
    athena.script({ kind: 'error', code, message: byOwnPolicy, operation: 'TerminateSession' });
    athena.script({ kind: 'error', code, operation: 'ListTagsForResource', after: 2 });
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([
      { outcome: 'failed', error: expect.stringContaining('TerminateSession') },
    ]);
  });
});

describe('time that runs out', () => {
  /** The time is up as soon as the first session is looked at. */
  const stopAtLook = (athena: EmbeddedAthena) => {
    const stop = new AbortController();
    athena.script({ kind: 'before', operation: 'GetSession', run: () => stop.abort() });
    return stop.signal;
  };

  it('before a last look is answered defers the session', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const { report } = await sweepAt(url, {}, { stop: stopAtLook(athena) });
    expect(report.sessions).toMatchObject([{ outcome: 'deferred', reason: 'out of time' }]);
  });

  it('before sessions get their turn defers them too', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    for (let n = 0; n < 40; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const { report } = await sweepAt(url, {}, { stop: stopAtLook(athena) });
    expect(report.counts).toMatchObject({ due: 40, deferred: 40 });
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it('before a new last look leaves failed what was asked in vain, by the call that may have ended it', async () => {
    hurryTime();
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const operation = 'TerminateSession';
    athena.script({ kind: 'error', code: 'InternalServerException', status: 500, operation, times: 1 });
    athena.script({ kind: 'error', code: 'TooManyRequestsException', operation, after: 1, times: 1 });
    const stop = new AbortController();
    let looks = 0;
    const stopAtTheThird = () => {
      looks += 1;
      if (looks === 3) stop.abort();
    };
    athena.script({ kind: 'before', operation: 'GetSession', run: stopAtTheThird });
    athena.script({ kind: 'hang', operation: 'GetSession', after: 2 });
    const { report } = await sweepAt(url, {}, { stop: stop.signal });
    expect(looks).toBe(3);
    expect(report.sessions).toMatchObject([
      { outcome: 'failed', error: expect.stringContaining('InternalServerException') },
    ]);
  });

  it('waits for the answer to a TerminateSession under way, and gives up only at the last call', async () => {
    hurryTime();
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
