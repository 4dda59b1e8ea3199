import { describe, expect, it } from 'vitest';
import { outcomesOf, servedAthena, sweepAt } from '../../support/athena.js';

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
    expect(outcomesOf(report.sessions)).toEqual({ [oldest]: row.outcome, [next]: 'deferred' });
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
    expect(outcomesOf(report.sessions)[id]).toBe('failed');
    expect(oldestOverdue).toBe(30 * 60);
  });
});
