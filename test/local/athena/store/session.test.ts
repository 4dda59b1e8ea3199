import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../support/property-share.js';
import { worlds } from '../../../support/worlds.js';
import { inProcess, minutes } from '../fixture.js';

const TIMINGS = { creatingMs: 8_000, createdMs: 2_000, cancelingMs: 2_000 };

describe('the life of a session', () => {
  test('goes from CREATING through CREATED to IDLE, and by its own idle timeout to TERMINATED', async () => {
    const { client, region, clock } = inProcess({ timings: TIMINGS });
    const { SessionId = '' } = await client.startSession({
      WorkGroup: 'etl',
      EngineConfiguration: {},
      SessionIdleTimeoutInMinutes: 1,
    });
    const began = clock.now();
    await clock.advance(minutes(5));
    const { history, endedBy } = region.session(SessionId);
    expect(history.map(({ state, at }) => [state, (at.getTime() - began) / 1000])).toEqual([
      ['CREATING', 0],
      ['CREATED', 8],
      ['IDLE', 10],
      ['TERMINATING', 70],
      ['TERMINATED', 80],
    ]);
    expect(endedBy).toBe('idle-timeout');
  });

  test('gives an idle timeout the same reason as a manual stop', async () => {
    const { client, region, clock } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl', idleTimeoutMinutes: 1 });
    await clock.advance(minutes(1));
    const { Status } = await client.getSession({ SessionId });
    expect(Status?.StateChangeReason).toBe('Session was terminated per request');
  });

  test('is BUSY while a calculation runs, and idle anew after it', async () => {
    const { client, region, clock } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl', minutesInState: 45, idleTimeoutMinutes: 60 });
    region.runCalculation(SessionId, minutes(30));
    await clock.advance(minutes(29));
    const busy = await client.getSession({ SessionId });
    expect(busy.Status?.State).toBe('BUSY');
    expect(busy.Status?.IdleSinceDateTime).toBeUndefined();
    await clock.advance(minutes(1));
    const idle = await client.getSession({ SessionId });
    expect(idle.Status).toMatchObject({ State: 'IDLE', IdleSinceDateTime: new Date(clock.now()) });
    await clock.advance(minutes(60));
    expect(region.session(SessionId).state).toBe('TERMINATING');
  });
});

/** What may follow what, by the model's description of the states. */
const LAWFUL = new Set([
  'CREATING CREATED',
  'CREATING TERMINATING',
  'CREATED IDLE',
  'CREATED TERMINATING',
  'IDLE BUSY',
  'IDLE TERMINATING',
  'BUSY IDLE',
  'BUSY TERMINATING',
  'TERMINATING TERMINATED',
]);

type Act = { readonly waitMs: number; readonly act: 'terminate' | 'calculate' | 'stop' | 'nothing' };

const acts = fc.array(
  fc.record<Act>({
    waitMs: fc.integer({ min: 0, max: minutes(3) }),
    act: fc.constantFrom('terminate', 'calculate', 'calculate', 'stop', 'nothing'),
  }),
  { maxLength: 15 },
);

test('whatever is done to a session, its states follow each other as the model says, and listings agree', async () => {
  await fc.assert(
    fc.asyncProperty(acts, fc.integer({ min: 1, max: 5 }), worlds, async (script, timeout, world) => {
      const life = inProcess({ timings: TIMINGS, world });
      const { SessionId = '' } = await life.client.startSession({
        WorkGroup: 'etl',
        EngineConfiguration: {},
        SessionIdleTimeoutInMinutes: timeout,
      });
      for (const { waitMs, act } of script) {
        await life.clock.advance(waitMs);
        await perform(life, SessionId, act);
        const { state } = life.region.session(SessionId);
        const { Sessions } = await life.client.listSessions({ WorkGroup: 'etl', StateFilter: state });
        expect(Sessions?.map(({ Status }) => Status?.State)).toEqual([state]);
      }
      const { history } = life.region.session(SessionId);
      expect(history.toSorted((a, b) => a.at.getTime() - b.at.getTime())).toEqual(history);
      const steps = history.slice(1).map(({ state }, index) => [history[index]?.state, state]);
      expect(steps.filter(([from, to]) => !LAWFUL.has(`${from} ${to}`))).toEqual([]);
    }),
    { numRuns: runs(40) },
  );
});

async function perform(
  { client, region }: ReturnType<typeof inProcess>,
  SessionId: string,
  act: Act['act'],
): Promise<void> {
  const { state } = region.session(SessionId);
  if (act === 'terminate') await client.terminateSession({ SessionId });
  if (act === 'calculate' && state === 'IDLE') region.runCalculation(SessionId, 60_000);
  if (act === 'stop') {
    const { Calculations = [] } = await client.listCalculationExecutions({ SessionId });
    const CalculationExecutionId = Calculations[0]?.CalculationExecutionId;
    if (CalculationExecutionId) await client.stopCalculationExecution({ CalculationExecutionId });
  }
}

test('in every world, a session ends by its own idle timeout when it was last used that long ago', async () => {
  const uses = fc.array(
    fc.record({ waitMs: fc.integer({ min: 0, max: minutes(3) }), seconds: fc.integer({ min: 1, max: 300 }) }),
    { minLength: 1, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(uses, worlds, async (script, world) => {
      const { region, clock } = inProcess({ world });
      region.createWorkgroup({ name: 'connect', engine: 'Apache Spark version 3.5' });
      const id = region.putSession({ workGroup: 'connect', idleTimeoutMinutes: 4 });
      for (const { waitMs, seconds } of script) {
        await clock.advance(waitMs);
        region.sparkConnectWork(id, { seconds });
      }
      const { sparkConnectWork } = region.session(id);
      const lastUse = Math.max(...sparkConnectWork.map(({ to }) => to.getTime()));
      await clock.advance(lastUse + minutes(4) - 1 - clock.now());
      expect(['IDLE', 'BUSY']).toContain(region.session(id).state);
      await clock.advance(1);
      const { history } = region.session(id);
      const end = history.find(({ state }) => state === 'TERMINATING');
      expect(end).toMatchObject({ cause: 'idle-timeout', at: new Date(lastUse + minutes(4)) });
    }),
    { numRuns: runs(40) },
  );
});
