import { describe, expect, it } from 'vitest';
import type { SessionRecord } from '../../../lambda/contract/report.js';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { SESSION_STATES } from '../../../lambda/policy/session.js';
import { noHurry, REGION, servedAthena, sweepAt } from '../../support/athena.js';

/** Outcomes by session id, with what was returned or went wrong. */
const outcomes = (records: readonly SessionRecord[]) =>
  Object.fromEntries(records.map(({ sessionId, outcome }) => [sessionId, outcome]));

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

  it('asks no more calls than the least possible', async () => {
    const { athena, url, region } = await servedAthena();
    for (let n = 0; n < 51; n += 1)
      region.createWorkgroup({ name: `wg-${n}`, engine: 'Apache Spark version 3.5' });
    region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
    for (let n = 0; n < 101; n += 1) region.putSession({ workGroup: 'wg-0', minutesInState: 5 });
    for (let n = 0; n < 3; n += 1) region.putSession({ workGroup: 'wg-1', minutesInState: 90 });

    const { report } = await sweepAt(url, { stuck: { degradedMinutes: 30 } });

    const { journal } = athena;
    expect(report.counts).toMatchObject({ workgroups: 51, listed: 104, due: 3, terminated: 3 });
    expect(journal.count('ListWorkGroups')).toBe(2);
    expect(journal.count('ListSessions')).toBe(51 + 1 + 51);
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
    const { report } = await sweepAt(url, { tags: { enabled: false, prefix: 'session-reaper' } });
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

  it('tolerates a workgroup that does not tell its engine and refuses to list sessions', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
    athena.script({ kind: 'replace', member: 'EngineVersion', operation: 'ListWorkGroups' });
    const { report } = await sweepAt(url);
    expect(report).toMatchObject({ complete: true, counts: { notListed: 0, listed: 0 } });
    expect(athena.journal.count('ListSessions', 'InvalidRequestException')).toBe(1);
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
    expect(report.sessions[0]?.error).toMatch(/^TerminateSession: AccessDeniedException: x+$/);
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
    expect(outcomes(report.sessions)).toMatchObject({
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

  it('tells its observer of each workgroup and each session as it goes', async () => {
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
    for (let n = 0; n < 1_150; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 1_000 + n });
    const { report } = await sweepAt(url, { maxTerminationsPerSweep: 1 });
    expect(report.counts).toMatchObject({ due: 1_150, terminated: 1, deferred: 1_149 });
    expect(report.sessions).toHaveLength(200);
    expect(report.sessionsOmitted).toBe(950);
    expect(report.sessions.at(0)?.minutes).toBe(2_149);
    expect(report.sessions.at(-1)?.minutes).toBe(1_950);
  });
});

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
    athena.script({ kind: 'error', code: 'InvalidRequestException', operation: 'ListTagsForResource' });
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

describe('what TerminateSession answers', () => {
  it.each([
    { state: 'TERMINATING', outcome: 'terminated' },
    { state: 'TERMINATED', outcome: 'terminated' },
    { state: 'FAILED', outcome: 'already-inactive' },
    { state: 'CREATING', outcome: 'accepted' },
    { state: 'CREATED', outcome: 'accepted' },
    { state: 'IDLE', outcome: 'accepted' },
    { state: 'BUSY', outcome: 'accepted' },
    { state: 'DEGRADED', outcome: 'accepted' },
    { state: 'HIBERNATING', outcome: 'accepted' },
    { state: undefined, outcome: 'accepted' },
  ])('$state is counted as $outcome', async ({ state, outcome }) => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    region.putSession({
      workGroup: 'etl',
      minutesInState: 60,
      idleTimeoutMinutes: 120,
      terminateAnswer: { state, takesEffect: false },
    });
    const { report } = await sweepAt(url);
    expect(report.complete).toBe(true);
    expect(report.returnedStates).toEqual({ [state ?? 'none']: 1 });
    expect(report.sessions[0]).toMatchObject({ outcome, ...(state && { returnedState: state }) });
    expect(report.saved.dpuHours > 0).toBe(outcome === 'terminated');
  });

  it('ResourceNotFoundException is harmless: the session is gone', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'before', operation: 'TerminateSession', run: () => region.forgetSession(id) });
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([{ outcome: 'already-inactive' }]);
  });

  it('InvalidRequestException is harmless only for a session that a second look does not find, or finds inactive', async () => {
    const refusal = {
      kind: 'error',
      code: 'InvalidRequestException',
      operation: 'TerminateSession',
    } as const;
    const gone = await servedAthena();
    gone.region.createWorkgroup({ name: 'etl' });
    const id = gone.region.putSession({ workGroup: 'etl', minutesInState: 60 });
    gone.athena.script({
      kind: 'before',
      operation: 'TerminateSession',
      run: () => gone.region.forgetSession(id),
    });
    gone.athena.script(refusal);
    expect((await sweepAt(gone.url)).report.sessions).toMatchObject([{ outcome: 'already-inactive' }]);

    const inactive = await servedAthena();
    inactive.region.createWorkgroup({ name: 'etl' });
    inactive.region.putSession({ workGroup: 'etl', minutesInState: 60 });
    inactive.athena.script({ ...refusal, done: true });
    expect((await sweepAt(inactive.url)).report.sessions).toMatchObject([
      { outcome: 'already-inactive', reason: 'already TERMINATING' },
    ]);

    const unseen = await servedAthena();
    unseen.region.createWorkgroup({ name: 'etl' });
    unseen.region.putSession({ workGroup: 'etl', minutesInState: 60 });
    unseen.athena.script(refusal);
    unseen.athena.script({ kind: 'error', code: 'AccessDeniedException', operation: 'GetSession', after: 1 });
    expect((await sweepAt(unseen.url)).report.counts).toMatchObject({ failed: 1, alreadyInactive: 0 });

    const there = await servedAthena();
    there.region.createWorkgroup({ name: 'etl' });
    there.region.putSession({ workGroup: 'etl', minutesInState: 60 });
    there.athena.script(refusal);
    expect((await sweepAt(there.url)).report.sessions).toMatchObject([
      { outcome: 'failed', error: expect.stringContaining('TerminateSession: InvalidRequestException') },
    ]);
    expect(there.athena.journal.count('TerminateSession')).toBe(1);
  });

  it('throttled or unreadable is tried again, each time after a new last look', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'malformed', operation: 'TerminateSession', times: 1 });
    athena.script({ kind: 'drop', operation: 'TerminateSession', times: 1 });
    const { report } = await sweepAt(url);
    expect(report.sessions).toMatchObject([{ outcome: 'already-inactive', reason: 'already TERMINATING' }]);
    const { looks, terminations } = athena.journal.witness(id);
    expect(looks.length).toBe(terminations.length + 1);
  });

  it.each([
    {
      answer: 'a 500 for what it did all the same',
      fault: { code: 'InternalServerException', status: 500, done: true },
      outcome: 'already-inactive',
      looks: 2,
    },
    {
      answer: 'an error that nobody knows',
      fault: { code: 'SomethingNewException' },
      outcome: 'failed',
      looks: 1,
    },
  ])('$answer may have ended the session: no other takes its place under the cap', async (row) => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const oldest = region.putSession({ workGroup: 'etl', minutesInState: 90 });
    const next = region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({ kind: 'error', operation: 'TerminateSession', times: 1, ...row.fault });
    const { report } = await sweepAt(url, { maxTerminationsPerSweep: 1 });
    expect(outcomes(report.sessions)).toEqual({ [oldest]: row.outcome, [next]: 'deferred' });
    expect(athena.journal.witness(oldest).looks).toHaveLength(row.looks);
    expect(region.session(next).state).toBe('IDLE');
  });

  it('a 500 every time is a failure, and the sweep goes on', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({ workGroup: 'etl', minutesInState: 60 });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    athena.script({
      kind: 'error',
      code: 'InternalServerException',
      status: 500,
      operation: 'TerminateSession',
      sessionId: id,
    });
    const { report, oldestOverdue } = await sweepAt(url);
    expect(report).toMatchObject({ complete: false, counts: { due: 2, failed: 1, terminated: 1 } });
    expect(outcomes(report.sessions)[id]).toBe('failed');
    expect(oldestOverdue).toBe(30 * 60);
  });
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
    athena.script({ kind: 'delay', ms: 400, operation: 'TerminateSession', sessionId: slow });
    athena.script({ kind: 'hang', operation: 'TerminateSession', sessionId: hung });
    const lastCall = new AbortController();
    setTimeout(() => lastCall.abort(), 700);
    const { report } = await sweepAt(url, {}, { stop: stopSoon(), lastCall: lastCall.signal });
    expect(outcomes(report.sessions)).toEqual({ [slow]: 'terminated', [hung]: 'failed' });
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
    expect(await dpuHoursOf({ idleTimeoutMinutes: 120, shows: { IdleSinceDateTime: 'missing' } })).toEqual(
      unknown,
    );
  });
});

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

  it('that is cut short by the deadline says what was not looked at', async () => {
    const { athena, url, region } = await servedAthena();
    for (const name of ['slow', 'quick']) region.createWorkgroup({ name });
    region.putSession({ workGroup: 'quick', minutesInState: 60 });
    athena.script({ kind: 'hang', operation: 'ListSessions', workGroup: 'slow' });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const { report } = await sweepAt(url, {}, { stop: stop.signal });
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
