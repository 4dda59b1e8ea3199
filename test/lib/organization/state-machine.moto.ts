/**
 * The synthesized state machine, executed: moto's interpreter, the function's bundle behind the task, and an
 * embedded Athena with several accounts. Needs Python with moto; `npm run test:organization`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOG_MESSAGES } from '../../../lambda/contract/telemetry.js';
import { definition } from '../../../lib/organization/state-machine-definition.js';
import { type Hub, ORGANIZATION, startHub } from '../../support/organization/hub.js';
import {
  type Execution,
  type Interpreter,
  type RunningExecution,
  startInterpreter,
} from '../../support/organization/interpreter.js';

const REFUSING = '222222222201';
const THROTTLED = '222222222202';
const CROWDED = '222222222203';
const UNREACHABLE = '222222222204';
const QUIET = Array.from({ length: 21 }, (_, n) => `3333333333${String(n).padStart(2, '0')}`);
/** One in which the second region is not enabled. */
const [WITHOUT_REGION = ''] = QUIET;
const ACTIVE = [REFUSING, THROTTLED, CROWDED, UNREACHABLE, ...QUIET];
const CLOSED = '444444444444';
const MANAGING = '555555555555';
const EXCLUDED = '666666666666';
const MANY = 5_000;
/** Ended in one target by one sweep. */
const CAP = 300;
const TARGETS = ACTIVE.length * ORGANIZATION.regions.length - 1;
/** Sessions that are due in them, but for the crowded account. */
const DUE_IN_QUIET = QUIET.length * 4 - 2;

const machine = (toleratedFailurePercentage: number, changes: object = {}) =>
  definition({
    partition: 'aws',
    functionArn: 'arn:aws:lambda:eu-west-1:999999999999:function:hub',
    timeoutSeconds: 60,
    sweepSeconds: 285,
    giveUpAfterSeconds: 900,
    accounts: 'all',
    excludeAccounts: [EXCLUDED],
    sweepManagementAccount: false,
    regions: ORGANIZATION.regions,
    regionsByAccount: [{ accountId: WITHOUT_REGION, regions: ['eu-west-1'] }],
    maxConcurrency: 8,
    toleratedFailurePercentage,
    ...changes,
  });

/** The executions that run beside the one that is looked at. */
let running: readonly RunningExecution[] = [];
/** What the function returned for the sum of each sweep. */
const reports: unknown[] = [];
let hub: Hub;
let interpreter: Interpreter;

beforeAll(async () => {
  hub = await startHub({
    accounts: [...ACTIVE, CLOSED, MANAGING, EXCLUDED],
    refusing: [REFUSING],
    settings: { maxTerminationsPerSweep: CAP, tags: { enabled: false } },
    bundled: true,
  });
  for (const id of [...ACTIVE, CLOSED, MANAGING, EXCLUDED]) {
    for (const name of ORGANIZATION.regions) {
      const region = hub.athena.region(name, id);
      region.createWorkgroup({ name: 'etl' });
      const idle = id === CROWDED && name === 'eu-west-1' ? MANY : 2;
      for (let n = 0; n < idle; n += 1) {
        region.putSession({ workGroup: 'etl', minutesInState: 60, idleTimeoutMinutes: 120 });
      }
      region.putSession({ workGroup: 'etl', minutesInState: 5 });
    }
  }
  hub.athena.script({ kind: 'throttle', account: THROTTLED, operation: 'ListSessions', times: 3 });
  interpreter = await startInterpreter({
    invoke: async (event) => {
      const answer = await hub.handle(event);
      if ('summarize' in Object(event)) reports.push(answer);
      return answer;
    },
    refuse: (event) =>
      isAbout(event, UNREACHABLE) ? { status: 429, code: 'TooManyRequestsException' } : undefined,
    accounts: [
      ...ACTIVE.map((Id) => account(Id, { State: 'ACTIVE' })),
      account(CLOSED, { Status: 'SUSPENDED' }),
      account(MANAGING, { State: 'ACTIVE' }),
      account(EXCLUDED, { State: 'ACTIVE' }),
    ],
    running: () => running,
  });
}, 60_000);

afterAll(async () => {
  await interpreter.close();
  await hub.close();
});

describe('a sweep of 25 accounts in two regions, of which one refuses the role, one is throttled, one has 5,000 sessions, and one cannot be reached by Lambda', () => {
  const ended = CAP + 2 + 4 + DUE_IN_QUIET;
  let execution: Execution;

  beforeAll(async () => {
    execution = await interpreter.execute(machine(10));
  }, 180_000);

  it('succeeds, because no more than was tolerated failed', () => {
    expect(execution).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        ...{ targets: TARGETS, swept: TARGETS - 4, notSwept: 2 },
        ...{ accountsReached: ACTIVE.length - 2, accountsNotReached: 0 },
      },
    });
  });

  it('ends what is due in the accounts that could be swept, up to the cap, each session once', () => {
    expect(terminations()).toHaveLength(ended);
    expect(new Set(terminations().map(({ sessionId }) => sessionId)).size).toBe(ended);
    expect(new Set(terminations().map(({ account }) => account))).toEqual(
      new Set([THROTTLED, CROWDED, ...QUIET]),
    );
  });

  it('emits the totals as the metrics of one sweep', () => {
    const totals = hub.lines.filter((line) => '_aws' in line && 'SweepComplete' in line);
    expect(totals).toEqual([
      expect.objectContaining({
        SessionsListed: 5_000 + 2 + 4 + DUE_IN_QUIET + (TARGETS - 4),
        SessionsTerminated: 0,
        SessionsDeferred: MANY - CAP,
        SessionsFailed: 0,
        // Two targets that refused the role, and two of which nothing was heard.
        PlacesNotListed: 4,
        SweepComplete: 0,
        service: 'organization',
      }),
    ]);
    expect(totals[0]?.ThrottledCalls).toBeGreaterThanOrEqual(3);
  });

  it('names sessions in its report and its digest, as many as there is room for, and says how many more there are', () => {
    const [report] = reports;
    expect(report).toMatchObject({ counts: { terminated: ended } });
    const { sessions, sessionsOmitted, digest } = Object(report);
    expect(sessions).toHaveLength(200);
    expect(sessionsOmitted).toBe(ended + MANY - CAP - 200);
    expect(digest).toHaveLength(20);
    expect(digest.join('\n')).toMatch(/^\d+ more sessions are in the log\.$/m);
    for (const { accountId } of sessions) expect(ACTIVE).toContain(accountId);
  });

  it('counts what was ended once, by the targets themselves', () => {
    const counted = hub.lines.map(({ SessionsTerminated = 0 }) => Number(SessionsTerminated));
    expect(counted.reduce((sum, one) => sum + one, 0)).toBe(ended);
  });

  it('logs who refused and why, and the totals', () => {
    const notListed = hub.lines.filter(({ message }) => message === LOG_MESSAGES.regionNotListed);
    const refusals = notListed.filter((line) => 'account' in line);
    expect(new Set(refusals.map(({ account }) => account))).toEqual(new Set([REFUSING]));
    expect(refusals[0]?.error).toContain('sts:AssumeRole');
    expect(hub.lines.filter(({ message }) => message === LOG_MESSAGES.sweep)).toEqual([
      expect.objectContaining({ targets: TARGETS, targetsNotSwept: 4, complete: false }),
    ]);
  });

  it.each([
    ['closed', CLOSED],
    ['the one that manages the organization', MANAGING],
    ['excluded', EXCLUDED],
  ])('never asks for the role of an account that is %s', (_, id) => {
    expect(hub.sts.calls.some(({ RoleArn }) => RoleArn?.includes(id))).toBe(false);
  });

  it('asks for the role of an account only in the regions that are enabled in it', () => {
    const calls = hub.sts.calls.filter(({ RoleArn }) => RoleArn?.includes(WITHOUT_REGION));
    expect(calls.map(({ RoleSessionName }) => RoleSessionName)).toEqual(['athena-session-reaper-eu-west-1']);
  });

  it('fails for all to see where less is tolerated, and ends nothing twice', async () => {
    expect(await interpreter.execute(machine(5))).toMatchObject({
      status: 'FAILED',
      error: 'TooManyNotSwept',
      cause: `4 of ${TARGETS} targets (accounts times regions) were not swept, 0 of them for want of time; tolerated: 5 %`,
    });
    const ids = terminations().map(({ sessionId }) => sessionId ?? '');
    expect(ids).toHaveLength(ended + CAP);
    expect(new Set(ids).size).toBe(ids.length);
    const [first = '', last = ''] = [ids[0], ids.at(-1)];
    for (const id of [first, last]) {
      expect(hub.athena.journal.witness(id).terminations).toMatchObject([{ lastLook: { outcome: 'ok' } }]);
    }
  }, 120_000);

  it('passes on what an operator asks for, with each target', async () => {
    hub.athena.region('eu-west-1', QUIET[1]).putSession({ workGroup: 'etl', minutesInState: 60 });
    const before = hub.athena.journal.count('TerminateSession');
    const accounts = QUIET.slice(1, 2);
    const result = await interpreter.execute(machine(0, { accounts }), { mode: 'report' });
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: { targets: 2, swept: 2, wouldTerminate: 1 },
    });
    expect(hub.athena.journal.count('TerminateSession')).toBe(before);
  }, 60_000);
});

describe('an execution', () => {
  const quiet = { accounts: QUIET.slice(2, 4) };
  const asked = () => hub.sts.calls.length;

  it('gives up quietly where another one runs that started before, and counts nothing', async () => {
    running = [{ name: 'earlier', startedSecondsAgo: 100 }];
    const [before, lines] = [asked(), hub.lines.length];
    expect(await interpreter.execute(machine(0, quiet))).toMatchObject({
      status: 'SUCCEEDED',
      output: { anotherIsRunning: expect.stringContaining('earlier') },
    });
    expect([asked(), hub.lines.length]).toEqual([before, lines]);
  }, 60_000);

  it('goes on where the other one started later', async () => {
    running = [{ name: 'later', startedSecondsAgo: -100 }];
    expect(await interpreter.execute(machine(0, quiet))).toMatchObject({ output: { targets: 4, swept: 4 } });
  }, 60_000);

  it('sweeps only the regions and workgroups that an operator asks for', async () => {
    running = [];
    const event = { regions: ['us-east-1'], workgroups: ['other'] };
    expect(await interpreter.execute(machine(0, quiet), event)).toMatchObject({
      status: 'SUCCEEDED',
      output: { targets: 2, swept: 2, accountsReached: 0, accountsNotReached: 2 },
    });
    expect(hub.lines.filter(({ message }) => message === LOG_MESSAGES.sweep).at(-1)).toMatchObject({
      complete: false,
      accountsNotReached: 2,
    });
  }, 60_000);

  it('refuses once what an operator asks for and nobody understands', async () => {
    const before = asked();
    expect(await interpreter.execute(machine(0, quiet), { region: 'us-east-1' })).toMatchObject({
      status: 'FAILED',
      error: 'EventRefused',
      cause: expect.stringContaining('allowed: mode, regions, workgroups'),
    });
    expect(asked()).toBe(before);
  }, 60_000);

  it('begins nothing that cannot be answered in time, and says so in its sum', async () => {
    const before = asked();
    expect(await interpreter.execute(machine(0, { ...quiet, sweepSeconds: 5 }))).toMatchObject({
      status: 'FAILED',
      error: 'TooManyNotSwept',
      cause:
        '4 of 4 targets (accounts times regions) were not swept, 4 of them for want of time; tolerated: 0 %',
    });
    expect(asked()).toBe(before);
    expect(hub.lines.filter(({ message }) => message === LOG_MESSAGES.sweep).at(-1)).toMatchObject({
      ...{ complete: false, targets: 4, targetsNotSwept: 4, targetsNotBegun: 4 },
    });
  }, 60_000);

  it('that finds no account fails, and its sum is not complete', async () => {
    const excludeAccounts = [EXCLUDED, ...ACTIVE];
    expect(await interpreter.execute(machine(5, { excludeAccounts }))).toMatchObject({
      status: 'FAILED',
      error: 'TooManyNotSwept',
    });
    expect(hub.lines.filter(({ message }) => message === LOG_MESSAGES.sweep).at(-1)).toMatchObject({
      ...{ complete: false, targets: 0 },
    });
  }, 60_000);
});

function account(Id: string, states: object) {
  return { Id, Arn: `arn:aws:organizations::${MANAGING}:account/o-a1b2c3d4e5/${Id}`, ...states };
}

function terminations() {
  return hub.athena.journal.of('TerminateSession');
}

function isAbout(event: unknown, account: string): boolean {
  return JSON.stringify(event).includes(`"accountId":"${account}"`);
}
