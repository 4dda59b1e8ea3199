import { describe, expect, it } from 'vitest';
import { SESSION_STATES } from '../../../lambda/policy/session.js';
import { ACCOUNT, outcomesOf, REGION, servedAthena, sweepAt } from '../../support/athena.js';

describe('a sweep', () => {
  it('ends the sessions idle past the limit, keeps the others, and counts each once', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const forgotten = region.putSession({ workGroup: 'etl', minutesInState: 45, idleTimeoutMinutes: 105 });
    const recent = region.putSession({ workGroup: 'etl', minutesInState: 5 });
    const busy = region.putSession({ workGroup: 'etl', state: 'BUSY', minutesInState: 300 });

    const { report, oldestOverdue, idleAges } = await sweepAt(url);

    expect(report).toMatchObject({
      schemaVersion: 2,
      mode: 'terminate',
      complete: true,
      counts: { workgroups: 1, notListed: 0, listed: 2, kept: 1, due: 1, terminated: 1, failed: 0 },
      returnedStates: { TERMINATING: 1 },
      saved: { dpuHours: 1, cost: 0.35, sessionsNotCounted: 0 },
      notListed: [],
      sessionsOmitted: 0,
    });
    expect(report.sessions).toEqual([
      {
        sessionId: forgotten,
        workGroup: 'etl',
        region: REGION,
        state: 'IDLE',
        startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        minutes: 45,
        clock: 'idle-since',
        limitMinutes: 30,
        rule: 'default',
        reason: 'idle past its limit',
        kind: 'idle-past-limit',
        outcome: 'terminated',
        returnedState: 'TERMINATING',
        dpuHoursSaved: expect.closeTo(1, 2),
      },
    ]);
    expect(oldestOverdue).toBe(15 * 60);
    expect(idleAges.map(Math.round).toSorted((a, b) => a - b)).toEqual([300, 2700]);
    expect(region.session(forgotten).state).toBe('TERMINATING');
    expect([region.session(recent).state, region.session(busy).state]).toEqual(['IDLE', 'BUSY']);
    expect(athena.journal.witness(forgotten).terminations[0]?.lastLook).toBeDefined();
  });

  it('says of a session how long it is overdue, unless the sweep ended it', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const stays = { state: 'IDLE', takesEffect: false } as const;
    region.putSession({ workGroup: 'etl', minutesInState: 80 });
    region.putSession({ workGroup: 'etl', minutesInState: 44, terminateAnswer: stays });
    region.putSession({ workGroup: 'etl', minutesInState: 46, terminateAnswer: stays });

    const { report } = await sweepAt(url);

    const overdue = report.sessions.map(({ outcome, minutes, overdueMinutes }) => [
      ...[outcome, minutes, overdueMinutes],
    ]);
    expect(overdue).toEqual([
      ['terminated', 80, undefined],
      ['accepted', 46, 16],
      ['accepted', 44, undefined],
    ]);
    const reported = await sweepAt(url, { mode: 'report' });
    expect(reported.report.sessions.flatMap(({ overdueMinutes }) => overdueMinutes ?? [])).toEqual([]);
  });

  it('asks no more calls than the least possible', async () => {
    const { athena, url, region } = await servedAthena();
    for (let n = 0; n < 3; n += 1)
      region.createWorkgroup({ name: `wg-${n}`, engine: 'Apache Spark version 3.5' });
    for (let n = 0; n < 48; n += 1)
      region.createWorkgroup({ name: `sql-${n}`, engine: 'Athena engine version 3' });
    for (let n = 0; n < 101; n += 1) region.putSession({ workGroup: 'wg-0', minutesInState: 5 });
    for (let n = 0; n < 3; n += 1) region.putSession({ workGroup: 'wg-1', minutesInState: 90 });

    const { report } = await sweepAt(url, { stuck: { degradedMinutes: 30 } });

    const { journal } = athena;
    expect(report.counts).toMatchObject({ workgroups: 3, listed: 104, due: 3, terminated: 3 });
    expect(journal.count('ListWorkGroups')).toBe(2);
    expect(journal.count('ListSessions')).toBe(3 + 1 + 3);
    expect(journal.count('GetSession')).toBe(3);
    expect(journal.count('ListTagsForResource')).toBe(1 + 3);
    expect(journal.count('TerminateSession')).toBe(3);
    expect(report.calls).toBe(journal.calls.length);
    expect(report.throttledCalls).toBe(0);
  });

  it('reads no tags where tags are off, and none where nothing is due', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl', tags: { 'session-reaper:exempt': 'true' } });
    region.putSession({ workGroup: 'etl', minutesInState: 20 });
    await sweepAt(url);
    region.putSession({ workGroup: 'etl', minutesInState: 50 });
    const { report } = await sweepAt(url, {
      tags: { enabled: false, prefix: 'session-reaper', unreadable: 'end' },
    });
    expect(report.counts.terminated).toBe(1);
    expect(athena.journal.count('ListTagsForResource')).toBe(0);
  });

  it('lists each state that has a limit and touches no other', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const ids = SESSION_STATES.map((state) =>
      region.putSession({ workGroup: 'etl', state, minutesInState: 100 }),
    );
    const stuck = { degradedMinutes: 60, creatingMinutes: 60, createdMinutes: 60, busyMinutes: 60 };

    const { report } = await sweepAt(url, { stuck });

    expect(report.counts).toMatchObject({ listed: 5, due: 5, terminated: 5 });
    const reasons = Object.fromEntries(report.sessions.map(({ state, reason }) => [state, reason]));
    expect(reasons).toEqual({
      IDLE: 'idle past its limit',
      DEGRADED: 'degraded past its limit',
      CREATING: 'creating past its limit',
      CREATED: 'created but never used past its limit',
      BUSY: 'busy past its limit',
    });
    const touched = new Set(athena.journal.of('TerminateSession').map((call) => call.sessionId));
    const inactive = ids.filter((_, n) =>
      ['TERMINATING', 'TERMINATED', 'FAILED'].includes(SESSION_STATES[n] ?? ''),
    );
    expect(inactive.some((id) => touched.has(id))).toBe(false);
  });

  it('sweeps the selected workgroups, disabled ones too, and leaves the excluded ones unlisted', async () => {
    const { athena, url, region } = await servedAthena();
    for (const name of ['team-a', 'team-b', 'prod-a', 'other']) region.createWorkgroup({ name });
    region.createWorkgroup({ name: 'team-off', state: 'DISABLED' });
    for (const workGroup of ['team-a', 'team-b', 'prod-a', 'other', 'team-off']) {
      region.putSession({ workGroup, minutesInState: 60 });
    }
    const workgroups = { include: ['team-*', 'prod-*'], exclude: ['prod-*'] };
    const { report } = await sweepAt(url, { workgroups, onlyWorkgroups: ['*-?', '*-off'] });
    expect(report.sessions.map(({ workGroup }) => workGroup).toSorted()).toEqual([
      'team-a',
      'team-b',
      'team-off',
    ]);
    expect(athena.journal.of('ListSessions').map((call) => call.workGroup)).not.toContain('prod-a');
  });

  it.each([
    { what: 'refuses the caller', fault: { kind: 'error', code: 'AccessDeniedException' } },
    { what: 'breaks its listing off', fault: { kind: 'expired-token' } },
  ] as const)('does not tolerate one that $what', async ({ fault }) => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    for (let n = 0; n < 101; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 5 });
    athena.script({ kind: 'replace', member: 'EngineVersion', operation: 'ListWorkGroups' });
    athena.script({ ...fault, operation: 'ListSessions' });
    const { report } = await sweepAt(url);
    expect(report.notListed).toMatchObject([{ region: REGION, workGroup: 'etl' }]);
  });

  it('measures how long idle sessions have been idle, and no others', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 10, ageMinutes: 20 });
    region.putSession({ workGroup: 'etl', minutesInState: 15, ageMinutes: 900 });
    region.putSession({ workGroup: 'etl', state: 'BUSY', minutesInState: 100 });
    region.createWorkgroup({ name: 'untold' });
    region.putSession({ workGroup: 'untold', minutesInState: 20 });
    for (const member of ['IdleSinceDateTime', 'LastModifiedDateTime']) {
      athena.script({ kind: 'replace', member, workGroup: 'untold' });
    }
    const { idleAges } = await sweepAt(url, {
      mode: 'report',
      stuck: { busyMinutes: 60, maxAgeMinutes: 800 },
    });
    // Of the session that is too old, its age decided, which is not how long it has been idle.
    expect(idleAges.map(Math.round)).toEqual([600]);
  });

  it('cuts the text of an error', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const fault = { kind: 'error', code: 'AccessDeniedException', message: 'x'.repeat(1_000) } as const;
    athena.script({ ...fault, operation: 'TerminateSession' });
    const { report } = await sweepAt(url);
    expect(report.sessions[0]?.error).toMatch(/^TerminateSession: AccessDeniedException: x+ … x+$/);
    expect(report.sessions[0]?.error).toHaveLength(300);
  });

  it('in report mode says what it would end, after the same looks, and ends nothing', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({ workGroup: 'etl', minutesInState: 60, idleTimeoutMinutes: 90 });
    const { report, oldestOverdue } = await sweepAt(url, { mode: 'report' });
    expect(report.counts).toMatchObject({ due: 1, wouldTerminate: 1, terminated: 0 });
    expect(report.saved).toEqual({ dpuHours: 0.5, cost: 0.175, sessionsNotCounted: 0 });
    expect(oldestOverdue).toBe(0);
    expect(athena.journal.count('GetSession')).toBe(1);
    expect(athena.journal.count('TerminateSession')).toBe(0);
    expect(region.session(id).state).toBe('IDLE');
  });

  it('warns of sessions that are due soon', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 22, description: 'dbt: 1 - abc' });
    region.putSession({ workGroup: 'etl', minutesInState: 10 });
    const { report } = await sweepAt(url, { warnMinutes: 10 });
    expect(report).toMatchObject({ complete: true, counts: { listed: 2, warned: 1, kept: 1, due: 0 } });
    expect(report.sessions).toMatchObject([{ outcome: 'warned', reason: 'due soon', client: 'dbt-athena' }]);
  });

  it('ends the oldest up to the cap and defers the rest, in which exempt sessions do not count', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    for (let n = 0; n < 5; n += 1) {
      region.putSession({
        workGroup: 'etl',
        minutesInState: 900 + n,
        tags: { 'session-reaper:exempt': 'true' },
      });
    }
    const ids = [80, 100, 60, 90, 70].map((minutesInState) =>
      region.putSession({ workGroup: 'etl', minutesInState }),
    );
    const { report, oldestOverdue } = await sweepAt(url, { maxTerminationsPerSweep: 2 });
    expect(report.counts).toMatchObject({ due: 10, spared: 5, terminated: 2, deferred: 3 });
    expect(report.complete).toBe(false);
    expect(outcomesOf(report.sessions)).toMatchObject({
      [ids[1] ?? '']: 'terminated',
      [ids[3] ?? '']: 'terminated',
    });
    expect(report.sessions.find(({ outcome }) => outcome === 'deferred')).toMatchObject({
      reason: 'cap reached',
    });
    expect(oldestOverdue).toBe(70 * 60);
    expect(athena.journal.count('TerminateSession')).toBe(2);
  });

  it('sweeps several regions side by side, and one that is down does not stop the others', async () => {
    const { athena, url } = await servedAthena();
    for (const name of ['eu-west-1', 'us-east-1', 'ap-south-1']) {
      const region = athena.region(name);
      region.createWorkgroup({ name: 'etl' });
      region.putSession({ workGroup: 'etl', minutesInState: 60 });
    }
    athena.script({ kind: 'error', code: 'AccessDeniedException', region: 'us-east-1' });
    const { report } = await sweepAt(url, { regions: ['eu-west-1', 'us-east-1', 'ap-south-1'] });
    expect(report.counts).toMatchObject({ workgroups: 2, notListed: 1, terminated: 2 });
    expect(report.complete).toBe(false);
    expect(report.regions).toMatchObject([
      { region: 'eu-west-1', counts: { terminated: 1 } },
      { region: 'us-east-1', error: expect.stringContaining('ListWorkGroups: AccessDeniedException') },
      { region: 'ap-south-1', counts: { terminated: 1 } },
    ]);
  });

  it('reports to its observer each workgroup and each session as it goes', async () => {
    const { url, region } = await servedAthena();
    for (const name of ['a', 'b']) region.createWorkgroup({ name });
    region.putSession({ workGroup: 'a', minutesInState: 60 });
    const seen: string[] = [];
    await sweepAt(
      url,
      {},
      {
        observer: {
          workgroupListed: (_, listed, workgroups) => seen.push(`${listed}/${workgroups}`),
          session: ({ outcome }) => seen.push(outcome),
        },
      },
    );
    expect(seen.toSorted()).toEqual(['1/2', '2/2', 'terminated']);
  });

  it('reports the oldest 200 sessions and says how many it left out', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    for (let n = 0; n < 250; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 1_000 + n });
    const { report } = await sweepAt(url, { maxTerminationsPerSweep: 1 });
    expect(report.counts).toMatchObject({ due: 250, terminated: 1, deferred: 249 });
    expect(report.sessions).toHaveLength(200);
    expect(report.sessionsOmitted).toBe(50);
    expect(report.sessions.at(0)?.minutes).toBe(1_249);
    expect(report.sessions.at(-1)?.minutes).toBe(1_050);
  });

  it('is complete where globs reach a workgroup in one region and none in another, or a SQL one', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    athena.region('us-east-1').createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
    const regions = ['eu-west-1', 'us-east-1'];
    for (const include of [['etl'], ['sql']]) {
      const { report, reached } = await sweepAt(url, { regions, workgroups: { include, exclude: [] } });
      expect([report.complete, reached]).toEqual([true, true]);
    }
    const none = await sweepAt(url, { regions, workgroups: { include: ['ETL'], exclude: [] } });
    expect(none.report.complete).toBe(false);
    expect(none.report.notListed).toEqual([
      { region: 'eu-west-1', kind: 'none-selected', error: expect.stringContaining('nearest: etl') },
    ]);
    const ofMany = { regions, workgroups: { include: ['ETL'], exclude: [] } };
    const one = await sweepAt(url, ofMany, { isOneOfMany: true });
    expect([one.report.complete, one.reached]).toEqual([true, false]);
  });

  it('has no cap in report mode', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    for (let n = 0; n < 3; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const { report } = await sweepAt(url, { mode: 'report', maxTerminationsPerSweep: 1 });
    expect(report).toMatchObject({ complete: true, counts: { due: 3, wouldTerminate: 3 } });
  });

  it('leaves exempt sessions out of how long sessions are idle', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.createWorkgroup({ name: 'prod' });
    region.putSession({ workGroup: 'etl', minutesInState: 50 });
    region.putSession({ workGroup: 'etl', minutesInState: 70, tags: { 'session-reaper:exempt': 'true' } });
    region.putSession({ workGroup: 'prod', minutesInState: 90 });
    const rules = [{ match: { workgroup: 'prod' }, exempt: true as const }];
    const { idleAges, oldestOverdue } = await sweepAt(url, { rules });
    expect(idleAges.map(Math.round)).toEqual([3_000]);
    expect(oldestOverdue).toBe(20 * 60);
  });

  it('says how long it took, what is news, and, where the account is known, how to spare a session', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 32 });
    athena.script({ kind: 'error', code: 'AccessDeniedException', operation: 'TerminateSession' });
    const { report } = await sweepAt(url, {}, ACCOUNT);
    expect(report.durationMs).toBeLessThan(3_600_000);
    expect(report.counts).toMatchObject({ failed: 1, news: 1 });
    expect(report.digest.join('\n')).toContain(`arn:aws:athena:eu-west-1:${ACCOUNT.accountId}:workgroup/etl`);
    expect((await sweepAt(url)).report.digest.join('\n')).not.toContain('tag-resource');
  });

  it('has the place of a session under the cap free again that may not be ended', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    for (let n = 0; n < 2; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'error', code: 'AccessDeniedException', operation: 'TerminateSession', times: 1 });
    const { report } = await sweepAt(url, { maxTerminationsPerSweep: 1 });
    expect(report.counts).toMatchObject({ failed: 1, terminated: 1, deferred: 0 });
  });
});
