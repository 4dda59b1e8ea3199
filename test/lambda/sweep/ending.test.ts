import { describe, expect, it } from 'vitest';
import { ProcessMemory } from '../../../lambda/sweep/process-memory.js';
import { outcomesOf, servedAthena, sweepAt } from '../../support/athena.js';
import { hurryTime } from '../../support/hurried-time.js';

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

  it.each(['ResourceNotFoundException', 'InvalidRequestException'])(
    '%s is harmless once: the session is gone, no second look is spent on it, and the error is kept',
    async (code) => {
      const { athena, url, region } = await servedAthena();
      region.createWorkgroup({ name: 'etl' });
      region.putSession({ workGroup: 'etl', minutesInState: 60 });
      athena.script({ kind: 'error', code, message: 'not there', operation: 'TerminateSession' });
      const { report, oldestOverdue } = await sweepAt(url);
      expect(report.sessions).toMatchObject([
        { outcome: 'already-inactive', kind: 'gone', error: `TerminateSession: ${code}: not there` },
      ]);
      expect(report.complete).toBe(true);
      expect(oldestOverdue).toBe(30 * 60);
      expect(athena.journal.count('GetSession')).toBe(1);
      expect(athena.journal.count('TerminateSession')).toBe(1);
    },
  );

  it('is claimed as ended and saved once, however often Athena says that the session is ending', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const terminateAnswer = { state: 'TERMINATING', takesEffect: false };
    region.putSession({ workGroup: 'etl', minutesInState: 60, idleTimeoutMinutes: 120, terminateAnswer });
    const memory = new ProcessMemory();
    const first = (await sweepAt(url, {}, { memory })).report;
    const second = (await sweepAt(url, {}, { memory })).report;
    expect(first.counts).toMatchObject({ terminated: 1, terminatedAgain: 0 });
    expect(first.sessions[0]).not.toHaveProperty('again');
    expect(second.counts).toMatchObject({ due: 1, terminated: 1, terminatedAgain: 1 });
    expect(second.sessions).toMatchObject([{ outcome: 'terminated', again: true }]);
    expect(second.saved).toEqual({ dpuHours: 0, cost: 0, sessionsNotCounted: 0 });
    expect((await sweepAt(url)).report.counts.terminatedAgain).toBe(0);
  });

  it('throttled or unreadable is tried again, each time after a new last look', async () => {
    hurryTime();
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
    hurryTime();
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
    hurryTime();
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
