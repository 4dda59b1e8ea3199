import type { StartSessionRequest } from '@aws-sdk/client-athena';
import { describe, expect, test } from 'vitest';
import { errorOf, inProcess, minutes } from '../fixture.js';

const ENGINE = { EngineConfiguration: { MaxConcurrentDpus: 4 } };
const TOKEN = 'x'.repeat(32);

describe('StartSession', () => {
  test('starts a session with what was asked for', async () => {
    const { client, clock } = inProcess();
    const started = await client.startSession({
      WorkGroup: 'etl',
      Description: 'dbt: 1 - 2',
      EngineConfiguration: { MaxConcurrentDpus: 4, SparkProperties: { 'spark.x': 'y' } },
      SessionIdleTimeoutInMinutes: 15,
    });
    expect(started.State).toBe('CREATING');
    expect(await client.getSession({ SessionId: started.SessionId })).toMatchObject({
      SessionId: started.SessionId,
      Description: 'dbt: 1 - 2',
      WorkGroup: 'etl',
      EngineVersion: 'PySpark engine version 3',
      EngineConfiguration: {
        CoordinatorDpuSize: 1,
        MaxConcurrentDpus: 4,
        DefaultExecutorDpuSize: 1,
        SparkProperties: { 'spark.x': 'y' },
      },
      SessionConfiguration: { IdleTimeoutSeconds: 900, SessionIdleTimeoutInMinutes: 15 },
      Status: { State: 'CREATING', StartDateTime: new Date(clock.now()) },
      Statistics: { DpuExecutionInMillis: 0 },
    });
  });

  test('starts one session for one request token, and refuses the token for another request', async () => {
    const { client, region } = inProcess();
    const request = { WorkGroup: 'etl', ...ENGINE, ClientRequestToken: TOKEN };
    const first = await client.startSession(request);
    const again = await client.startSession(request);
    expect(again.SessionId).toBe(first.SessionId);
    expect(region.sessions()).toHaveLength(1);
    expect(await errorOf(client.startSession({ ...request, Description: 'other' }))).toBe(
      'InvalidRequestException',
    );
  });

  test('takes a notebook of the only version there is', async () => {
    const { client } = inProcess();
    const NotebookVersion = 'Athena notebook version 1';
    const EngineConfiguration = { AdditionalConfigs: { NotebookId: 'n' } };
    const { SessionId } = await client.startSession({
      WorkGroup: 'etl',
      NotebookVersion,
      EngineConfiguration,
    });
    expect((await client.getSession({ SessionId })).NotebookVersion).toBe(NotebookVersion);
  });

  test.each<[string, Partial<StartSessionRequest>]>([
    ['a workgroup that it does not know', { WorkGroup: 'nobody' }],
    ['a SQL workgroup', { WorkGroup: 'sql' }],
    ['a disabled workgroup', { WorkGroup: 'off' }],
    ['no engine configuration', { EngineConfiguration: undefined }],
    ['a coordinator of two DPUs', { EngineConfiguration: { CoordinatorDpuSize: 2 } }],
    ['one DPU in all', { EngineConfiguration: { MaxConcurrentDpus: 1 } }],
    ['an empty description', { Description: '' }],
    ['a description of 1,025 characters', { Description: 'x'.repeat(1025) }],
    ['a timeout of 0 minutes', { SessionIdleTimeoutInMinutes: 0 }],
    ['a timeout of 481 minutes', { SessionIdleTimeoutInMinutes: 481 }],
    ['a short request token', { ClientRequestToken: 'short' }],
    ['an execution role that is no ARN', { ExecutionRole: 'a-role-of-20-characters' }],
    ['an unknown notebook version', { NotebookVersion: '2' }],
    ['a notebook without an id', { NotebookVersion: 'Athena notebook version 1' }],
    ['a reserved tag', { Tags: [{ Key: 'AWS:x', Value: '' }] }],
  ])('refuses %s', async (_, change) => {
    const { client, region } = inProcess();
    region.createWorkgroup({ name: 'sql', engine: 'AUTO' });
    region.createWorkgroup({ name: 'off', state: 'DISABLED' });
    const request = { WorkGroup: 'etl', ...ENGINE, ...change };
    expect(await errorOf(client.startSession(request))).toBe('InvalidRequestException');
  });
});

describe('GetSession and GetSessionStatus', () => {
  test('answer ResourceNotFoundException for a session that they do not know', async () => {
    const { client } = inProcess();
    expect(await errorOf(client.getSession({ SessionId: 'nobody' }))).toBe('ResourceNotFoundException');
    expect(await errorOf(client.getSessionStatus({ SessionId: 'nobody' }))).toBe('ResourceNotFoundException');
  });

  test('refuse an id without a character or of 257', async () => {
    const { client } = inProcess();
    expect(await errorOf(client.getSession({ SessionId: '' }))).toBe('InvalidRequestException');
    expect(await errorOf(client.getSession({ SessionId: 'x'.repeat(257) }))).toBe('InvalidRequestException');
  });

  test('show the same status', async () => {
    const { client, region } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl', minutesInState: 45 });
    const { Status } = await client.getSession({ SessionId });
    expect((await client.getSessionStatus({ SessionId })).Status).toEqual(Status);
  });

  test('count DPU time from the start to the end, and no further', async () => {
    const { client, region, clock } = inProcess({ world: { secondsToTerminated: 1 } });
    const SessionId = region.putSession({ workGroup: 'etl', ageMinutes: 60, coordinatorDpus: 2 });
    const dpuMillis = async () => (await client.getSession({ SessionId })).Statistics?.DpuExecutionInMillis;
    expect(await dpuMillis()).toBe(2 * minutes(60));
    await client.terminateSession({ SessionId });
    await clock.advance(minutes(10));
    expect(await dpuMillis()).toBe(2 * (minutes(60) + 1_000));
  });
});

describe('TerminateSession', () => {
  test('answers ResourceNotFoundException for a session that it does not know', async () => {
    const { client } = inProcess();
    expect(await errorOf(client.terminateSession({ SessionId: 'nobody' }))).toBe('ResourceNotFoundException');
  });

  test.each(['CREATING', 'CREATED', 'IDLE', 'BUSY', 'DEGRADED'] as const)(
    'ends a session that is %s',
    async (state) => {
      const { client, region, clock } = inProcess({ world: { secondsToTerminated: 5 } });
      const SessionId = region.putSession({ workGroup: 'etl', state });
      expect((await client.terminateSession({ SessionId })).State).toBe('TERMINATING');
      await clock.advance(4_999);
      expect(region.session(SessionId).state).toBe('TERMINATING');
      await clock.advance(1);
      expect((await client.getSession({ SessionId })).Status).toMatchObject({
        State: 'TERMINATED',
        EndDateTime: new Date(clock.now()),
        StateChangeReason: 'Session was terminated per request',
      });
      expect(region.session(SessionId).endedBy).toBe('TerminateSession');
    },
  );

  test.each(['TERMINATING', 'TERMINATED', 'FAILED'] as const)(
    'has no effect on one that is %s',
    async (state) => {
      const { client, region, clock } = inProcess();
      const SessionId = region.putSession({ workGroup: 'etl', state, minutesInState: 5 });
      const before = await client.getSession({ SessionId });
      expect((await client.terminateSession({ SessionId })).State).toBe(state);
      await clock.advance(minutes(5));
      expect((await client.getSession({ SessionId })).Status).toEqual(before.Status);
    },
  );
});

describe('ListSessions', () => {
  test('shows what the model calls a summary', async () => {
    const { client, region, clock } = inProcess();
    const SessionId = region.putSession({
      workGroup: 'etl',
      minutesInState: 45,
      ageMinutes: 60,
      description: 'churn',
      notebookVersion: 'Athena notebook version 1',
    });
    const ago = (count: number) => new Date(clock.now() - minutes(count));
    expect((await client.listSessions({ WorkGroup: 'etl' })).Sessions).toEqual([
      {
        SessionId,
        Description: 'churn',
        NotebookVersion: 'Athena notebook version 1',
        EngineVersion: {
          SelectedEngineVersion: 'PySpark engine version 3',
          EffectiveEngineVersion: 'PySpark engine version 3',
        },
        Status: {
          State: 'IDLE',
          StartDateTime: ago(60),
          LastModifiedDateTime: ago(45),
          IdleSinceDateTime: ago(45),
        },
      },
    ]);
  });

  test('lists what is active; DEGRADED and what has ended are listed where asked for by name', async () => {
    const { client, region } = inProcess();
    const states = [
      'CREATING',
      'CREATED',
      'IDLE',
      'BUSY',
      'TERMINATING',
      'TERMINATED',
      'DEGRADED',
      'FAILED',
    ] as const;
    for (const state of states) region.putSession({ workGroup: 'etl', sessionId: state, state });
    const listed = async (StateFilter?: (typeof states)[number]) =>
      (await client.listSessions({ WorkGroup: 'etl', StateFilter })).Sessions?.map(
        ({ SessionId }) => SessionId,
      );
    expect(await listed()).toEqual(['BUSY', 'IDLE', 'CREATED', 'CREATING']);
    for (const state of states) expect(await listed(state)).toEqual([state]);
  });

  test.each([
    ['a workgroup that it does not know', { WorkGroup: 'nobody' }],
    ['a SQL workgroup', { WorkGroup: 'sql' }],
    ['a page of 101', { WorkGroup: 'etl', MaxResults: 101 }],
    ['a page of none', { WorkGroup: 'etl', MaxResults: 0 }],
    ['a token of 2,049 characters', { WorkGroup: 'etl', NextToken: 'x'.repeat(2049) }],
    ['a token that was made up', { WorkGroup: 'etl', NextToken: 'made-up' }],
  ])('refuses %s', async (_, request) => {
    const { client, region } = inProcess();
    region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
    expect(await errorOf(client.listSessions(request))).toBe('InvalidRequestException');
  });
});
