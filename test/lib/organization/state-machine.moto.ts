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
  startInterpreter,
} from '../../support/organization/interpreter.js';

const REFUSING = '222222222201';
const THROTTLED = '222222222202';
const CROWDED = '222222222203';
const UNREACHABLE = '222222222204';
const QUIET = Array.from({ length: 21 }, (_, n) => `3333333333${String(n).padStart(2, '0')}`);
const ACTIVE = [REFUSING, THROTTLED, CROWDED, UNREACHABLE, ...QUIET];
const CLOSED = '444444444444';
const MANY = 5_000;
/** Ended in one target by one sweep. */
const CAP = 1_000;
const TARGETS = ACTIVE.length * ORGANIZATION.regions.length;

const machine = (toleratedFailurePercentage: number, changes: object = {}) =>
  definition({
    partition: 'aws',
    functionArn: 'arn:aws:lambda:eu-west-1:999999999999:function:hub',
    timeoutSeconds: 60,
    giveUpAfterSeconds: 900,
    accounts: 'all',
    regions: ORGANIZATION.regions,
    maxConcurrency: 8,
    toleratedFailurePercentage,
    ...changes,
  });

let hub: Hub;
let interpreter: Interpreter;

beforeAll(async () => {
  hub = await startHub({
    accounts: [...ACTIVE, CLOSED],
    refusing: [REFUSING],
    settings: { maxTerminationsPerSweep: CAP, tags: { enabled: false } },
    bundled: true,
  });
  for (const account of [...ACTIVE, CLOSED]) {
    for (const name of ORGANIZATION.regions) {
      const region = hub.athena.region(name, account);
      region.createWorkgroup({ name: 'etl' });
      const idle = account === CROWDED && name === 'eu-west-1' ? MANY : 2;
      for (let n = 0; n < idle; n += 1) {
        region.putSession({ workGroup: 'etl', minutesInState: 60, idleTimeoutMinutes: 120 });
      }
      region.putSession({ workGroup: 'etl', minutesInState: 5 });
    }
  }
  hub.athena.script({ kind: 'throttle', account: THROTTLED, operation: 'ListSessions', times: 3 });
  interpreter = await startInterpreter({
    invoke: hub.handle,
    refuse: (event) =>
      isAbout(event, UNREACHABLE) ? { status: 429, code: 'TooManyRequestsException' } : undefined,
    accounts: [...ACTIVE.map((Id) => ({ Id, State: 'ACTIVE' })), { Id: CLOSED, State: 'SUSPENDED' }],
  });
}, 60_000);

afterAll(async () => {
  await interpreter.close();
  await hub.close();
});

describe('a sweep of 25 accounts in two regions, of which one refuses the role, one is throttled, one has 5,000 sessions, and one cannot be reached by Lambda', () => {
  const ended = CAP + 2 + 4 + QUIET.length * 4;
  let execution: Execution;

  beforeAll(async () => {
    execution = await interpreter.execute(machine(10));
  }, 180_000);

  it('succeeds, because no more than was tolerated failed', () => {
    expect(execution).toMatchObject({
      status: 'SUCCEEDED',
      output: { targets: TARGETS, swept: TARGETS - 4, notSwept: 2 },
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
        SessionsListed: 5_000 + 2 + 4 + QUIET.length * 4 + (TARGETS - 4),
        SessionsTerminated: ended,
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

  it('logs who refused and why, and the totals', () => {
    const refusals = hub.lines.filter(({ message }) => message === LOG_MESSAGES.regionNotListed);
    expect(new Set(refusals.map(({ account }) => account))).toEqual(new Set([REFUSING]));
    expect(refusals[0]?.error).toContain('sts:AssumeRole');
    expect(hub.lines.filter(({ message }) => message === LOG_MESSAGES.sweep)).toEqual([
      expect.objectContaining({ targets: TARGETS, targetsNotSwept: 4, complete: false }),
    ]);
  });

  it('never asks for the role of an account that is closed', () => {
    expect(hub.sts.calls.some(({ RoleArn }) => RoleArn?.includes(CLOSED))).toBe(false);
  });

  it('fails for all to see where less is tolerated, and ends nothing twice', async () => {
    expect(await interpreter.execute(machine(5))).toMatchObject({
      status: 'FAILED',
      error: 'TooManyNotSwept',
      cause: `4 of ${TARGETS} targets (accounts times regions) were not swept; tolerated: 5 %`,
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
    hub.athena.region('eu-west-1', QUIET[0]).putSession({ workGroup: 'etl', minutesInState: 60 });
    const before = hub.athena.journal.count('TerminateSession');
    const accounts = QUIET.slice(0, 1);
    const result = await interpreter.execute(machine(0, { accounts }), { mode: 'report' });
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: { targets: 2, swept: 2, wouldTerminate: 1 },
    });
    expect(hub.athena.journal.count('TerminateSession')).toBe(before);
  }, 60_000);
});

function terminations() {
  return hub.athena.journal.of('TerminateSession');
}

function isAbout(event: unknown, account: string): boolean {
  return JSON.stringify(event).includes(`"accountId":"${account}"`);
}
