import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SweepReport } from '../../lambda/contract/report.js';
import {
  DIMENSION,
  LOG_MESSAGES,
  METRICS,
  metricNames,
  NAMESPACE,
  SESSION_LOG_FIELDS,
  SWEEP_LOG_FIELDS,
} from '../../lambda/contract/telemetry.js';
import { REGION, servedAthena } from '../support/athena.js';
import { servedEventBus } from '../support/event-bus.js';
import { servedEventHistory } from '../support/event-history.js';
import { hurryTime } from '../support/hurried-time.js';

type Line = Record<string, unknown>;

const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:athena-session-reaper';

let lines: Line[] = [];

/** The real handler as Lambda would start it: with its environment, and its output going to the log. */
async function startHandler(
  url: string,
  settings: unknown = {},
  remainingMs: number | (() => number) = 60_000,
  invokedFunctionArn = FUNCTION_ARN,
) {
  vi.stubEnv('REAPER_SETTINGS', typeof settings === 'string' ? settings : JSON.stringify(settings));
  vi.stubEnv('AWS_ENDPOINT_URL_ATHENA', url);
  vi.resetModules();
  const { handler } = await import('../../lambda/handler.js');
  const getRemainingTimeInMillis = () => (typeof remainingMs === 'number' ? remainingMs : remainingMs());
  const context = { invokedFunctionArn, getRemainingTimeInMillis };
  return (event: unknown = {}): Promise<SweepReport> => handler(event, context);
}

const logged = (message: string) => lines.filter((line) => line.message === message);
const emf = () => lines.filter((line) => '_aws' in line);

beforeEach(() => {
  lines = [];
  vi.stubEnv('AWS_REGION', REGION);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'loopback-only');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'session-reaper');
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      lines.push(JSON.parse(String(chunk)));
      return true;
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('the handler', () => {
  it('sweeps, returns its report, and logs a line for each session touched and one for the sweep', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({
      workGroup: 'etl',
      minutesInState: 60,
      idleTimeoutMinutes: 90,
      description: 'dbt: 1',
    });
    region.putSession({ workGroup: 'etl', minutesInState: 5 });

    const report = await (await startHandler(url))();

    expect(report.counts).toMatchObject({ listed: 2, due: 1, terminated: 1 });
    expect(logged(LOG_MESSAGES.session)).toEqual([
      expect.objectContaining({
        level: 'INFO',
        service: 'session-reaper',
        sessionId: id,
        outcome: 'terminated',
        returnedState: 'TERMINATING',
        rule: 'default',
        reason: 'idle past its limit',
        client: 'dbt-athena',
      }),
    ]);
    const { digest, sessions, sessionsOmitted, notListed, regions, schemaVersion, ...summary } = report;
    expect(logged(LOG_MESSAGES.sweep)).toEqual([expect.objectContaining(summary)]);
  });

  it.each([
    { cloudTrail: true, asked: 1, owner: 'Analysts/ada' },
    { cloudTrail: false, asked: 0, owner: 'spark' },
  ])('asks CloudTrail who started a session only where it is to: $cloudTrail', async (row) => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const executionRole = 'arn:aws:iam::111122223333:role/spark';
    const id = region.putSession({ workGroup: 'etl', minutesInState: 60, executionRole });
    const arn = 'arn:aws:sts::111122223333:assumed-role/Analysts/ada';
    const start = { sessionId: id, at: region.session(id).startedAt, arn };
    const { calls } = await servedEventHistory([start]);
    const report = await (await startHandler(url, { owner: { cloudTrail: row.cloudTrail } }))();
    expect(report.sessions).toMatchObject([{ owner: row.owner }]);
    expect(calls).toHaveLength(row.asked);
  });

  it('logs only fields of the catalogue', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const stays = { terminateAnswer: { state: 'TERMINATING', takesEffect: false } } as const;
    const executionRole = 'arn:aws:iam::111122223333:role/spark';
    const shown = { idleTimeoutMinutes: 90, notebookVersion: '1', executionRole, ...stays };
    region.putSession({ workGroup: 'etl', minutesInState: 60, ...shown });
    const shows = { IdleSinceDateTime: 'missing' } as const;
    region.putSession({ workGroup: 'etl', minutesInState: 60, ageMinutes: 90, shows });
    athena.script({ kind: 'error', code: 'AccessDeniedException', operation: 'TerminateSession', times: 1 });
    const handle = await startHandler(url, { trust: { lastModified: true } });
    for (let sweep = 0; sweep < 3; sweep += 1) await handle();
    const own = ['level', 'message', 'timestamp', 'service', 'sampling_rate'];
    const fieldsOf = (message: string) =>
      new Set(
        logged(message)
          .flatMap((line) => Object.keys(line))
          .filter((key) => !own.includes(key)),
      );
    expect([...fieldsOf(LOG_MESSAGES.session)].toSorted()).toEqual([...SESSION_LOG_FIELDS].toSorted());
    expect([...fieldsOf(LOG_MESSAGES.sweep)].toSorted()).toEqual([...SWEEP_LOG_FIELDS].toSorted());
  });

  it.each([
    { mode: 'terminate', left: ['SessionsWouldTerminate'] },
    { mode: 'report', left: ['SessionsTerminated', 'DpuHoursSaved'] },
  ])(
    'in $mode mode emits every metric of the catalogue but $left, with its unit and one dimension',
    async ({ mode, left }) => {
      const { url, region } = await servedAthena();
      region.createWorkgroup({ name: 'etl' });
      for (let n = 0; n < 150; n += 1) region.putSession({ workGroup: 'etl', minutesInState: 5 });
      const report = await (await startHandler(url, { mode }))();

      const metrics = emf().flatMap((line) => {
        const { _aws } = line as {
          _aws: {
            CloudWatchMetrics: {
              Namespace: string;
              Dimensions: string[][];
              Metrics: { Name: string; Unit: string }[];
            }[];
          };
        };
        return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) => {
          expect(Namespace).toBe(NAMESPACE);
          expect(Dimensions).toEqual([[DIMENSION]]);
          expect(line[DIMENSION]).toBe('session-reaper');
          return Metrics;
        });
      });
      const units = Object.fromEntries(metrics.map(({ Name, Unit }) => [Name, Unit]));
      expect(units).toEqual(
        Object.fromEntries(
          metricNames()
            .filter((name) => !left.includes(name) && name !== 'SessionEventsFailed')
            .map((name) => [name, METRICS[name]]),
        ),
      );
      const ages = emf().flatMap((line) => (Array.isArray(line.IdleAge) ? line.IdleAge : []));
      expect(ages).toHaveLength(99);
      const { _aws } = Object(emf()[0]);
      expect(emf()).toHaveLength(1);
      expect(_aws.Timestamp).toBe(Date.parse(report.startedAt));
    },
  );

  it('sweeps another region than its own', async () => {
    const { athena, url } = await servedAthena();
    const region = athena.region('us-east-1');
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    const handle = await startHandler(url, { regions: ['us-east-1'] });
    expect((await handle()).counts.terminated).toBe(1);
  });

  it('refused a TerminateSession may end another session in its place, whatever refuses it', async () => {
    const codes = [
      'AccessDeniedException',
      'AccessDenied',
      'UnrecognizedClientException',
      'ExpiredTokenException',
      'ExpiredToken',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      'IncompleteSignature',
      'MissingAuthenticationToken',
      'NotAuthorized',
      'OptInRequired',
      'CredentialsProviderError',
    ];
    const { athena, url, region } = await servedAthena();
    const handle = await startHandler(url, { maxTerminationsPerSweep: 1 });
    for (const code of codes) {
      region.createWorkgroup({ name: code });
      const ids = [60, 60].map((minutesInState) => region.putSession({ workGroup: code, minutesInState }));
      athena.script({ kind: 'error', code, operation: 'TerminateSession', times: 1 });
      const report = await handle();
      expect(report.counts, code).toMatchObject({ failed: 1, terminated: 1, deferred: 0 });
      for (const id of ids) region.endSession(id);
    }
  });

  it('narrows to what the event asks for', async () => {
    const { athena, url, region } = await servedAthena();
    for (const name of ['dev', 'prod']) {
      region.createWorkgroup({ name });
      region.putSession({ workGroup: name, minutesInState: 60 });
    }
    const report = await (await startHandler(url))({ mode: 'report', workgroups: ['dev'] });
    expect(report).toMatchObject({ mode: 'report', counts: { due: 1, wouldTerminate: 1 } });
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it.each([
    { settings: '', event: {}, says: 'REAPER_SETTINGS cannot be used' },
    { settings: { idleMinutes: 'soon' }, event: {}, says: 'idleMinutes: found "soon"' },
    { settings: {}, event: { mode: 'terminate' }, says: 'cannot widen what is deployed' },
  ])('refuses $settings with $event before any call, and logs why', async ({ settings, event, says }) => {
    const { athena, url } = await servedAthena();
    const handle = await startHandler(url, settings);
    await expect(handle(event)).rejects.toThrow(says);
    expect(athena.journal.calls).toEqual([]);
    expect(logged(LOG_MESSAGES.refused)).toMatchObject([
      { level: 'ERROR', error: expect.stringContaining(says) },
    ]);
  });

  it('refuses to sweep for an account that its ARN does not name, before any call', async () => {
    const { athena, url } = await servedAthena();
    const arn = 'arn:aws:lambda:eu-west-1:11112222333:function:athena-session-reaper';
    const handle = await startHandler(url, {}, 60_000, arn);
    await expect(handle()).rejects.toThrow('invokedFunctionArn');
    expect(athena.journal.calls).toEqual([]);
    expect(logged(LOG_MESSAGES.refused)).toMatchObject([
      { level: 'ERROR', error: expect.stringContaining(arn) },
    ]);
  });

  it('throws only when nothing at all could be swept, after its log lines and metrics are out', async () => {
    const { athena, url } = await servedAthena();
    athena.script({
      kind: 'error',
      code: 'AccessDeniedException',
      message: 'not you',
      operation: 'ListWorkGroups',
    });
    const handle = await startHandler(url, { regions: ['eu-west-1', 'us-east-1'] });
    await expect(handle()).rejects.toThrow(
      'Nothing could be swept. eu-west-1: ListWorkGroups: AccessDeniedException: not you',
    );
    expect(logged(LOG_MESSAGES.regionNotListed)).toHaveLength(2);
    expect(logged(LOG_MESSAGES.sweep)).toMatchObject([{ complete: false, counts: { notListed: 2 } }]);
    expect(emf()[0]).toMatchObject({ SweepComplete: 0, PlacesNotListed: 2 });
  });

  it('returns its report where only a part could not be swept', async () => {
    const { athena, url, region } = await servedAthena();
    for (const name of ['dev', 'prod']) region.createWorkgroup({ name });
    athena.script({
      kind: 'error',
      code: 'AccessDeniedException',
      operation: 'ListSessions',
      workGroup: 'prod',
    });
    const report = await (await startHandler(url))();
    expect(report).toMatchObject({ complete: false, counts: { workgroups: 1, notListed: 1 } });
    expect(logged(LOG_MESSAGES.workgroupNotListed)).toMatchObject([
      {
        level: 'ERROR',
        region: REGION,
        workGroup: 'prod',
        error: expect.stringContaining('AccessDeniedException'),
      },
    ]);
  });

  it('says once a day of a session that it is spared, and counts one as ended once', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const tags = { 'session-reaper:exempt': 'true' };
    const spared = region.putSession({ workGroup: 'etl', minutesInState: 60, tags });
    const terminateAnswer = { state: 'TERMINATING', takesEffect: false };
    region.putSession({ workGroup: 'etl', minutesInState: 60, terminateAnswer });
    const handle = await startHandler(url);
    for (let sweep = 0; sweep < 2; sweep += 1) await handle();
    expect(logged(LOG_MESSAGES.session).filter(({ sessionId }) => sessionId === spared)).toHaveLength(1);
    expect(emf().map((line) => line.SessionsTerminated)).toEqual([1, 0]);
    expect(emf().map((line) => line.SessionsSpared)).toEqual([1, 1]);
  });

  it('warns of clocks that are more than a minute apart', async () => {
    const { url, region } = await servedAthena({ clockOffsetMs: 120_000 });
    region.createWorkgroup({ name: 'etl' });
    await (await startHandler(url))();
    expect(logged(LOG_MESSAGES.clocksApart)).toMatchObject([{ level: 'WARN', region: REGION }]);
  });

  it('that selects no workgroup by an event is not complete, and says which may be meant', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'team-a' });
    const report = await (await startHandler(url))({ workgroups: ['Team-*'] });
    expect(report).toMatchObject({ complete: false, counts: { notListed: 1, workgroups: 0 } });
    expect(logged(LOG_MESSAGES.regionNotListed)).toMatchObject([
      { error: expect.stringContaining('nearest: team-a') },
    ]);
    expect(emf()[0]).toMatchObject({ SweepComplete: 0 });
  });

  it('stops in time, with its report', async () => {
    hurryTime();
    const { athena, url, region } = await servedAthena();
    for (const name of ['quick', 'slow']) region.createWorkgroup({ name });
    athena.script({ kind: 'hang', operation: 'ListSessions', workGroup: 'slow' });
    const begun = Date.now();
    const report = await (await startHandler(url, {}, 7_300))();
    expect(Date.now() - begun).toBeLessThan(2_000);
    expect(report.notListed).toEqual([{ region: REGION, workGroup: 'slow', error: 'out of time' }]);
  });

  it('with no time left begins nothing', async () => {
    const { athena, url } = await servedAthena();
    await expect((await startHandler(url, {}, 900))()).rejects.toThrow('eu-west-1: out of time');
    expect(athena.journal.calls).toEqual([]);
  });

  describe('with events of sessions', () => {
    const settings = { notify: { sessionEvents: true }, warnMinutes: 10 };
    async function accountWithSessions() {
      const { url, region } = await servedAthena();
      region.createWorkgroup({ name: 'etl' });
      const tags = { Owner: 'ada@example.com' };
      const ended = region.putSession({ workGroup: 'etl', minutesInState: 60, tags });
      const soon = region.putSession({ workGroup: 'etl', minutesInState: 22 });
      region.putSession({ workGroup: 'etl', minutesInState: 5 });
      return { url, ended, soon };
    }
    const failures = () => emf().flatMap((line) => line.SessionEventsFailed ?? []);

    it('puts one for each session that ended or is due soon, beside the report', async () => {
      const { url, ended, soon } = await accountWithSessions();
      const { taken } = await servedEventBus();
      const report = await (await startHandler(url, settings))();
      const events = taken.map(({ DetailType, Detail }) => [DetailType, JSON.parse(Detail)]);
      expect(Object.fromEntries(events)).toEqual({
        'Session ended': expect.objectContaining({
          ...{ sessionId: ended, owner: 'ada@example.com', outcome: 'terminated' },
          ...{ accountId: '111122223333', sweepStartedAt: report.startedAt },
          exemptionCommand: expect.stringContaining(`/session/${ended} --tags Key=session-reaper:exempt,`),
        }),
        'Session due soon': expect.objectContaining({ sessionId: soon, outcome: 'warned' }),
      });
      expect(failures()).toEqual([0]);
    });

    it('has the same report, counts them and says so where none can be put', async () => {
      hurryTime();
      const { url } = await accountWithSessions();
      await servedEventBus({ fails: () => ({ status: 400, code: 'AccessDeniedException' }) });
      const report = await (await startHandler(url, settings))();
      expect(report.counts).toMatchObject({ terminated: 1, warned: 1, news: 2 });
      expect(failures()).toEqual([2]);
      expect(logged(LOG_MESSAGES.sessionEventsFailed)).toMatchObject([{ level: 'ERROR', failed: 2 }]);
    });

    it('ends in time where the bus does not answer, with its report and metrics out before', async () => {
      hurryTime();
      const { url } = await accountWithSessions();
      await servedEventBus({ hangs: true });
      // What is left when the sweep begins, and when it is over.
      const left = [60_000, 2_000];
      const handle = await startHandler(url, settings, () => left.shift() ?? 0);
      const running = handle();
      await vi.waitFor(() => expect(logged(LOG_MESSAGES.sweep)).toHaveLength(1), { timeout: 20_000 });
      const over = Date.now();
      expect((await running).counts.terminated).toBe(1);
      expect(Date.now() - over).toBeLessThan(2_000);
      expect(failures()).toEqual([2]);
    });

    it('asks nothing of the bus where they are not wanted', async () => {
      const { url } = await accountWithSessions();
      const { calls } = await servedEventBus();
      await (await startHandler(url))();
      expect(calls).toEqual([]);
      expect(failures()).toEqual([]);
    });
  });
});
