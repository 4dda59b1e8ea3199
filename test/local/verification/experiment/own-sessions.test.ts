import { expect, test } from 'vitest';
import { factsOf } from '../../../../local/verification/facts/facts.js';
import {
  leftIn,
  startedIn,
  type VerifiedAccount,
  verified,
  WORKGROUP,
} from '../../../support/verification.js';

type Prepare = NonNullable<VerifiedAccount['prepare']>;

async function open(account: VerifiedAccount): Promise<Readonly<Record<string, string>>> {
  const { observations } = await verified(account);
  const facts = factsOf(observations).filter(({ verdict }) => verdict === 'open');
  return Object.fromEntries(facts.map(({ id, seen }) => [id, seen]));
}

test.each<[string, Prepare]>([
  ['throttled for a while', (athena) => athena.script({ kind: 'throttle', times: 12 })],
  ['denied to read sessions', (athena) => denied(athena, 'GetSession', 'GetSessionStatus')],
  ['denied to list', (athena) => denied(athena, 'ListSessions', 'ListTagsForResource')],
  [
    'answered with errors at the end',
    (athena) => athena.script({ kind: 'drop', operation: 'TerminateSession', times: 8 }),
  ],
  [
    'not answered, though the session started',
    (athena) => athena.script({ kind: 'drop', operation: 'StartSession', done: true, times: 1 }),
  ],
  [
    'never answered, though the session started',
    (athena) => athena.script({ kind: 'drop', operation: 'StartSession', done: true }),
  ],
])('leaves no session behind when it is %s', async (_, prepare) => {
  const { region, sessions } = await verified({ prepare });
  expect(startedIn(region)).toHaveLength(1);
  expect(leftIn(region)).toEqual([]);
  expect(sessions).toMatchObject([{ ended: true }]);
});

function denied(
  athena: Parameters<Prepare>[0],
  ...operation: readonly ('GetSession' | 'GetSessionStatus' | 'ListSessions' | 'ListTagsForResource')[]
) {
  athena.script({ kind: 'error', code: 'AccessDeniedException', message: 'No.', operation });
}

test.each(['StartSession', 'GetSessionStatus', 'GetSession', 'ListSessions', 'ListTagsForResource'] as const)(
  'leaves no session behind when it is stopped at %s',
  async (operation) => {
    const interruption = new AbortController();
    const { region, observations } = await verified({
      stop: interruption.signal,
      prepare: (athena) =>
        athena.script({
          kind: 'after',
          operation,
          after: operation === 'GetSession' ? 1 : 0,
          run: () => interruption.abort(),
        }),
    });
    expect(leftIn(region)).toEqual([]);
    const facts = factsOf(observations).filter(({ seen }) => seen === 'stopped before it was seen');
    expect(facts.map(({ id }) => id)).toContain('secondsToTerminated');
  },
);

test('ends no session that it did not start', async () => {
  const { region, athena } = await verified({
    prepare: (_, region) => {
      for (const state of ['IDLE', 'BUSY', 'DEGRADED'] as const)
        region.putSession({ workGroup: WORKGROUP, state });
    },
  });
  const [own] = startedIn(region);
  const ended = athena.journal.of('TerminateSession');
  expect(new Set(ended.map(({ sessionId }) => sessionId))).toEqual(new Set([own?.sessionId]));
});

test('a session that never starts is ended, and what it could have shown is open', async () => {
  const account = { timings: { creatingMs: 3_600_000 } };
  const { region } = await verified(account);
  expect(leftIn(region)).toEqual([]);
  expect(await open(account)).toMatchObject({
    idleSince: 'the session was still CREATING after 5 min',
    listedInstants: 'the session was still CREATING after 5 min',
    listedByState: 'the session was still CREATING after 5 min',
  });
});

test('where no session may be started, everything that needs one is open with the reason', async () => {
  const account: VerifiedAccount = {
    sqlWorkgroup: true,
    prepare: (athena) =>
      athena.script({
        kind: 'error',
        code: 'AccessDeniedException',
        message: 'No.',
        operation: 'StartSession',
      }),
  };
  const { region, sessions } = await verified(account);
  expect(startedIn(region)).toEqual([]);
  expect(sessions).toEqual([]);
  const reasons = await open(account);
  const reason = 'StartSession: AccessDeniedException: No.';
  expect(reasons).toMatchObject({
    lastModified: reason,
    idleSince: reason,
    sessionTags: reason,
    terminateAnswer: reason,
    secondsToTerminated: reason,
  });
  expect(Object.keys(reasons)).not.toContain('unknownSession');
  expect(Object.keys(reasons)).not.toContain('sqlListing');
});

test('a session that a Deny keeps it from ending is reported, and ends by its own idle timeout', async () => {
  const { region, sessions } = await verified({
    tags: { 'session-reaper:exempt': 'true' },
    denyTagged: { key: 'session-reaper:exempt', value: 'true' },
  });
  expect(leftIn(region)).toHaveLength(1);
  expect(sessions).toMatchObject([{ ended: false, idleTimeoutMinutes: 5 }]);
  expect(sessions[0]?.why).toContain('explicit deny');
});

test('its session carries an exemption, so that a deployed reaper spares it', async () => {
  const { athena } = await verified();
  const [started] = athena.journal.of('StartSession');
  expect(started?.input).toMatchObject({
    SessionIdleTimeoutInMinutes: 5,
    Tags: [{ Key: 'session-reaper:exempt', Value: 'true' }, { Key: 'session-reaper:verify' }],
  });
});

test('never changes a tag of a workgroup', async () => {
  const { athena } = await verified({ denyTagged: { key: 'session-reaper:exempt', value: 'true' } });
  const changes = athena.journal.calls.filter(({ operation }) => /^(Un)?[tT]agResource$/.test(operation));
  expect(changes).toHaveLength(1);
  expect(String(changes[0]?.input.ResourceARN)).toMatch(/\/session\//);
});
