import type { Athena } from '@aws-sdk/client-athena';
import { describe, expect, test } from 'vitest';
import type { EmbeddedAthena, Fault, FaultTarget } from '../../../../local/athena/index.js';
import { hurryTime } from '../../../support/hurried-time.js';
import { embedded, errorOf, inProcess } from '../fixture.js';

const WITHIN = 200;

const transports = [
  ['over HTTP', () => embedded()],
  ['in process', async () => inProcess()],
] as const;

/** Ends a session under a fault; says how the call ended and what became of the session. */
async function terminateUnder(fault: Fault, start: (typeof transports)[number][1]) {
  const { athena, client, region } = await start();
  const SessionId = region.putSession({ workGroup: 'etl' });
  athena.script(fault);
  const answer = await Promise.resolve(client.terminateSession({ SessionId })).then(
    ({ State }) => `returned ${State}`,
    (error) => errorOf(Promise.reject(error)),
  );
  return [answer, region.session(SessionId).state, athena.journal.of('TerminateSession')[0]?.outcome];
}

describe.each(transports)('%s', (_, start) => {
  test.each<[string, Fault, string, string, string]>([
    ['throttle', { kind: 'throttle' }, 'ThrottlingException', 'IDLE', 'ThrottlingException'],
    [
      'an error of the model',
      { kind: 'error', code: 'InternalServerException', status: 500 },
      'InternalServerException',
      'IDLE',
      'InternalServerException',
    ],
    [
      'an error beside the model',
      { kind: 'error', code: 'ExpiredTokenException', message: 'expired', status: 403 },
      'ExpiredTokenException',
      'IDLE',
      'ExpiredTokenException',
    ],
    [
      'an error after all was done',
      { kind: 'error', code: 'InternalServerException', status: 500, done: true },
      'InternalServerException',
      'TERMINATING',
      'InternalServerException',
    ],
    ['a dropped connection', { kind: 'drop' }, 'TimeoutError ECONNRESET', 'IDLE', 'reset'],
    [
      'a connection dropped after all was done',
      { kind: 'drop', done: true },
      'TimeoutError ECONNRESET',
      'TERMINATING',
      'reset',
    ],
    ['an answer that breaks off', { kind: 'cut' }, 'Error ECONNRESET', 'TERMINATING', 'cut'],
    ['a body that is broken JSON', { kind: 'malformed' }, 'SyntaxError', 'TERMINATING', 'malformed'],
    [
      'a body that is other JSON',
      { kind: 'malformed', body: '{"State":"PAUSED"}' },
      'returned PAUSED',
      'TERMINATING',
      'malformed',
    ],
    [
      'a new state',
      { kind: 'replace', member: 'State', value: 'PAUSED' },
      'returned PAUSED',
      'TERMINATING',
      'ok',
    ],
    ['no state', { kind: 'replace', member: 'State' }, 'returned undefined', 'TERMINATING', 'ok'],
  ])('%s', async (_name, fault, answer, state, outcome) => {
    expect(await terminateUnder(fault, start)).toEqual([answer, state, outcome]);
  });

  test.each([
    [false, 'IDLE'],
    [true, 'TERMINATING'],
  ])('a call that hangs is never answered (done: %s)', async (done, state) => {
    hurryTime();
    const { athena, client, region } = await start();
    const SessionId = region.putSession({ workGroup: 'etl' });
    athena.script({ kind: 'hang', done });
    const abortSignal = AbortSignal.timeout(WITHIN);
    const call = client.terminateSession({ SessionId }, { abortSignal });
    expect(await errorOf(call)).toBe('AbortError');
    expect(region.session(SessionId).state).toBe(state);
    expect(athena.journal.of('TerminateSession')[0]).toMatchObject({ outcome: 'hang' });
    expect(athena.journal.of('TerminateSession')[0]?.answeredAt).toBeUndefined();
  });
});

describe('a page token', () => {
  async function twoPages() {
    const world = await embedded();
    for (let i = 0; i < 4; i += 1) world.region.putSession({ workGroup: 'etl' });
    return world;
  }

  test('that is repeated gives the first page forever', async () => {
    const { athena, client } = await twoPages();
    athena.script({ kind: 'repeated-token', operation: 'ListSessions' });
    const request = { WorkGroup: 'etl', MaxResults: 2 };
    const first = await client.listSessions(request);
    const second = await client.listSessions({ ...request, NextToken: first.NextToken });
    expect(second.NextToken).toBe(first.NextToken);
    expect(second.Sessions).toEqual(first.Sessions);
  });

  test('that expires is refused, and the first page is not', async () => {
    const { athena, client } = await twoPages();
    athena.script({ kind: 'expired-token' });
    const { NextToken } = await client.listSessions({ WorkGroup: 'etl', MaxResults: 2 });
    expect(await errorOf(client.listSessions({ WorkGroup: 'etl', NextToken }))).toBe(
      'InvalidRequestException',
    );
  });
});

describe('an answer that is bent', () => {
  test('shows a timestamp that is none, wherever the answer has it', async () => {
    const { athena, client, region } = await embedded();
    region.putSession({ workGroup: 'etl' });
    athena.script({ kind: 'replace', member: 'IdleSinceDateTime', value: 1e15 });
    const { Sessions } = await client.listSessions({ WorkGroup: 'etl' });
    expect(Sessions?.[0]?.Status?.IdleSinceDateTime?.getTime()).toBeNaN();
    athena.script({ kind: 'replace', member: 'IdleSinceDateTime', value: 'yesterday' });
    expect(await errorOf(client.listSessions({ WorkGroup: 'etl' }))).toBe('TypeError');
  });

  test('gets no member that it does not have', async () => {
    const { athena, client, region } = await embedded();
    region.putSession({ workGroup: 'etl', state: 'BUSY' });
    athena.script({ kind: 'replace', member: 'IdleSinceDateTime', value: 0 });
    const { Sessions } = await client.listSessions({ WorkGroup: 'etl' });
    expect(Sessions?.[0]?.Status?.IdleSinceDateTime).toBeUndefined();
  });

  test('can lack what the model lets it lack', async () => {
    const { athena, client, region } = await embedded();
    const SessionId = region.putSession({ workGroup: 'etl' });
    athena.script({ kind: 'replace', member: 'Status' });
    expect((await client.getSession({ SessionId })).Status).toBeUndefined();
  });
});

describe('what happens around a call', () => {
  test('can change a session between the look and the termination', async () => {
    const { athena, client, region } = await embedded();
    const SessionId = region.putSession({ workGroup: 'etl' });
    athena.script({
      kind: 'before',
      operation: 'TerminateSession',
      run: (embedding, call) => {
        embedding.region(call.region, call.account).runCalculation(SessionId, 60_000);
      },
    });
    expect((await client.getSession({ SessionId })).Status?.State).toBe('IDLE');
    await client.terminateSession({ SessionId });
    expect(athena.journal.of('TerminateSession')[0]?.stateBefore).toBe('BUSY');
  });

  test('can follow the call', async () => {
    const { athena, client, region } = await embedded();
    const SessionId = region.putSession({ workGroup: 'etl' });
    athena.script({ kind: 'after', operation: 'GetSession', run: () => region.endSession(SessionId) });
    expect((await client.getSession({ SessionId })).Status?.State).toBe('IDLE');
    expect((await client.getSession({ SessionId })).Status?.State).toBe('TERMINATING');
  });

  test('shows its author that it failed', async () => {
    const { athena, client } = await embedded();
    athena.script({
      kind: 'before',
      run: () => {
        throw new Error('mistake in the test');
      },
    });
    await expect(client.listWorkGroups({})).rejects.toThrow('mistake in the test');
  });

  test('can be a delay, at the end of which the call takes effect', async () => {
    const { athena, client, region, clock } = inProcess();
    const SessionId = region.putSession({ workGroup: 'etl' });
    athena.script({ kind: 'delay', ms: 3_000 });
    const began = clock.now();
    await clock.runUntil(client.terminateSession({ SessionId }));
    expect(region.session(SessionId).since.getTime() - began).toBe(3_000);
  });
});

describe('a fault strikes', () => {
  /** Scripts a fault, makes four calls, and says which of them it struck. */
  async function struckBy(target: (athena: EmbeddedAthena, id: string) => FaultTarget) {
    const { athena, client, region } = await embedded();
    region.createWorkgroup({ name: 'other' });
    const mine = region.putSession({ workGroup: 'etl' });
    const theirs = region.putSession({ workGroup: 'other' });
    athena.script({ kind: 'throttle', ...target(athena, mine) });
    const calls: readonly ((client: Athena) => Promise<unknown>)[] = [
      () => client.listSessions({ WorkGroup: 'etl' }),
      () => client.getSession({ SessionId: mine }),
      () => client.getSession({ SessionId: theirs }),
      () =>
        client.listTagsForResource({
          ResourceARN: `arn:aws:athena:eu-west-1:111122223333:workgroup/etl/session/${mine}`,
        }),
    ];
    const hit: number[] = [];
    for (const [index, call] of calls.entries()) {
      await call(client).catch(() => hit.push(index));
    }
    return hit;
  }

  test.each<[string, (athena: EmbeddedAthena, id: string) => FaultTarget, number[]]>([
    ['every call', () => ({}), [0, 1, 2, 3]],
    ['one operation', () => ({ operation: 'GetSession' }), [1, 2]],
    ['several operations', () => ({ operation: ['GetSession', 'ListSessions'] }), [0, 1, 2]],
    ['a workgroup and its sessions', () => ({ workGroup: 'etl' }), [0, 1, 3]],
    ['a session', (_, sessionId) => ({ sessionId }), [1, 3]],
    ['no other Region', () => ({ region: 'us-east-1' }), []],
    ['no other account', () => ({ account: '444455556666' }), []],
    ['what a predicate picks', () => ({ where: ({ seq }) => seq === 3 }), [2]],
    ['what comes after the first calls', () => ({ after: 2 }), [2, 3]],
    ['a number of calls', () => ({ times: 1 }), [0]],
    ['a number of calls after the first', () => ({ after: 1, times: 2 }), [1, 2]],
  ])('%s', async (_, target, expected) => {
    expect(await struckBy(target)).toEqual(expected);
  });

  test('the call that an earlier fault has left over', async () => {
    const { athena, client } = await embedded();
    athena.script({ kind: 'throttle', times: 1 });
    athena.script({ kind: 'error', code: 'AccessDeniedException', times: 1 });
    expect(await errorOf(client.listWorkGroups({}))).toBe('ThrottlingException');
    expect(await errorOf(client.listWorkGroups({}))).toBe('AccessDeniedException');
    await client.listWorkGroups({});
  });

  test('no call once the script is cleared', async () => {
    const { athena, client } = await embedded();
    athena.script({ kind: 'throttle' });
    athena.clearScript();
    await client.listWorkGroups({});
  });
});
