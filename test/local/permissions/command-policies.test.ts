import { expect, test } from 'vitest';
import { DEFAULT_ACCOUNT } from '../../../local/athena/index.js';
import { type PolicyCommand, policyFor } from '../../../local/permissions/command-policies.js';
import { populatedAccount } from '../../support/account.js';
import { REGION, servedAthena } from '../../support/athena.js';
import { accountAt, run, useEnvironment } from '../../support/command-line.js';
import { deployedAccount } from '../../support/deployed-account.js';
import { isAllowed, listed, refusals, requestsOf } from '../../support/iam.js';
import { verified, WORKGROUP } from '../../support/verification.js';

const HERE = { regions: [REGION], workgroups: ['*'], account: DEFAULT_ACCOUNT, stack: 'AthenaSessionReaper' };
const statements = (command: PolicyCommand, changes: Partial<typeof HERE> = {}) =>
  policyFor(command, { ...HERE, ...changes }).Statement;

const called = new Map<string, ReturnType<typeof callsMadeBy>>();

/** The calls of a command on an account in which there is something for each of them; made once. */
function callsOf(command: 'scan' | 'reap'): ReturnType<typeof callsMadeBy> {
  const calls = called.get(command) ?? callsMadeBy(command);
  called.set(command, calls);
  return calls;
}

async function callsMadeBy(command: 'scan' | 'reap') {
  const { athena } = await accountAt();
  populatedAccount(athena);
  await run([command, ...(command === 'reap' ? ['--yes', '--defaults'] : [])]);
  return athena.journal.calls;
}

/** Of both engines, and with a Deny in the way. An id that was made up belongs to no workgroup. */
async function callsOfVerify() {
  const denyTagged = { key: 'session-reaper:exempt', value: 'true' };
  const both = [
    await verified({ engine: 'PySpark engine version 3', sqlWorkgroup: true }),
    await verified({ denyTagged, options: { withDefaultTimeout: true } }),
  ];
  return both
    .flatMap(({ athena }) => athena.journal.calls)
    .filter(({ operation, workGroup }) => operation !== 'GetSession' || workGroup !== undefined);
}

test.each(['scan', 'reap'] as const)('each call of %s is allowed by its policy', async (command) => {
  const calls = await callsOf(command);
  expect(calls.length).toBeGreaterThan(10);
  expect(refusals(calls, statements(command))).toEqual([]);
});

test('each call of verify is allowed by its policy, and nothing is granted that it does not need', async () => {
  const calls = await callsOfVerify();
  expect(refusals(calls, statements('verify', { workgroups: [WORKGROUP] }))).toEqual([]);
  const called = new Set(calls.map(({ operation }) => `athena:${operation}`));
  const granted = new Set(statements('verify').flatMap(({ Action }) => listed(Action)));
  // ListWorkGroups is called before the experiment; TagResource is what IAM asks for a StartSession with tags.
  expect([...granted].sort()).toEqual([...called, 'athena:ListWorkGroups', 'athena:TagResource'].sort());
});

/** The calls of a command that is about one session among a few, named by its whole id and by the beginning of it. */
async function callsAbout(commands: readonly (readonly string[])[]) {
  const { athena, region } = await accountAt();
  for (const name of ['team-a', 'team-b']) {
    region.createWorkgroup({ name });
    region.putSession({ workGroup: name, minutesInState: 45 });
  }
  const sessionId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  region.putSession({ workGroup: 'team-a', sessionId, minutesInState: 45 });
  for (const command of commands) expect((await run(command)).exitCode).toBe(0);
  // A name that is no session's belongs to no workgroup.
  return athena.journal.calls.filter(
    ({ operation, workGroup }) => operation !== 'GetSession' || workGroup !== undefined,
  );
}

test.each([
  [
    'explain',
    [['explain', '3f2504e0']],
    ['ListWorkGroups', 'ListSessions', 'GetSession', 'ListTagsForResource'],
  ],
  [
    'exempt',
    [
      ['exempt', '3f2504e0', '--for', '3d'],
      ['exempt', '3f2504e0', '--remove'],
      ['exempt', '--workgroup', 'team-b'],
      ['exempt', '--workgroup', 'team-b', '--remove'],
    ],
    ['ListWorkGroups', 'ListSessions', 'GetSession', 'ListTagsForResource', 'TagResource', 'UntagResource'],
  ],
  [
    'extend',
    [['extend', '3f2504e0', '2h']],
    ['ListWorkGroups', 'ListSessions', 'GetSession', 'ListTagsForResource', 'TagResource'],
  ],
  ['exemptions', [['exemptions']], ['ListWorkGroups', 'ListSessions', 'ListTagsForResource']],
] as const)(
  'each call of %s is allowed by its policy, and nothing is granted that it does not need',
  async (name, commands, needed) => {
    const calls = await callsAbout(commands);
    expect(refusals(calls, statements(name))).toEqual([]);
    const called = [...new Set(calls.map(({ operation }) => operation))].sort();
    expect(called).toEqual([...needed].sort());
    const granted = new Set(statements(name).flatMap(({ Action }) => listed(Action)));
    expect([...granted].sort()).toEqual(called.map((operation) => `athena:${operation}`));
  },
);

test('the policy of extend changes no workgroup, and that of exemptions nothing at all', async () => {
  const calls = await callsAbout([
    ['exempt', '--workgroup', 'team-b'],
    ['exempt', '3f2504e0'],
  ]);
  const workgroup = `arn:aws:athena:${REGION}:${DEFAULT_ACCOUNT}:workgroup/team-b`;
  expect(refusals(calls, statements('extend'))).toEqual([`athena:TagResource on ${workgroup}`]);
  const changes = refusals(calls, statements('exemptions')).filter((refusal) => refusal.includes('Tag'));
  expect(changes.every((refusal) => refusal.startsWith('athena:TagResource on '))).toBe(true);
  expect(changes).toHaveLength(2);
});

test('the policy of scan ends nothing', async () => {
  const refused = refusals(await callsOf('reap'), statements('scan'));
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every((refusal) => refusal.startsWith('athena:TerminateSession on '))).toBe(true);
});

test('a policy for one workgroup, Region and account reaches into no other', () => {
  const etl = statements('reap', { workgroups: ['etl-*'] });
  const ending = (region: string, account: string, workgroup: string) => ({
    action: 'athena:TerminateSession',
    resource: `arn:aws:athena:${region}:${account}:workgroup/${workgroup}`,
    context: { 'aws:RequestedRegion': region },
  });
  expect(isAllowed(etl, ending(REGION, DEFAULT_ACCOUNT, 'etl-daily'))).toBe(true);
  expect(isAllowed(etl, ending(REGION, DEFAULT_ACCOUNT, 'adhoc'))).toBe(false);
  expect(isAllowed(etl, ending('us-east-1', DEFAULT_ACCOUNT, 'etl-daily'))).toBe(false);
  expect(isAllowed(etl, ending(REGION, '999999999999', 'etl-daily'))).toBe(false);
});

test('the partition is that of the Region', () => {
  const [, list] = statements('scan', { regions: ['cn-north-1', 'us-gov-west-1', 'eusc-de-east-1'] });
  expect(list?.Resource).toEqual([
    `arn:aws-cn:athena:cn-north-1:${DEFAULT_ACCOUNT}:workgroup/*`,
    `arn:aws-us-gov:athena:us-gov-west-1:${DEFAULT_ACCOUNT}:workgroup/*`,
    `arn:aws-eusc:athena:eusc-de-east-1:${DEFAULT_ACCOUNT}:workgroup/*`,
  ]);
});

test('policy prints JSON to paste, and refuses a command that needs none', async () => {
  const { exitCode, stdout } = await run([
    'policy',
    'reap',
    '--region',
    REGION,
    '--account',
    DEFAULT_ACCOUNT,
  ]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual(policyFor('reap', HERE));
  const refused = await run(['policy', 'demo']);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain(
    'Allowed choices are scan, reap, explain, exempt, extend, exemptions, verify, status',
  );
});

test('each call of explain --deployed is allowed by its policy, and nothing is granted that it does not need', async () => {
  const { region, athena, url } = await servedAthena();
  const deployed = await deployedAccount();
  useEnvironment({ AWS_ENDPOINT_URL: deployed.url, AWS_ENDPOINT_URL_ATHENA: url });
  region.createWorkgroup({ name: 'etl' });
  region.putSession({ workGroup: 'etl', sessionId: '3f2504e0-over', state: 'TERMINATED' });
  expect((await run(['explain', '3f2504e0', '--deployed'])).exitCode).toBe(0);
  const requests = [
    ...deployed.requests.filter(({ action }) => action !== 'sts:GetCallerIdentity'),
    // The beginning of an id belongs to no workgroup until it is found.
    ...athena.journal.calls
      .filter(({ workGroup, operation }) => workGroup ?? operation === 'ListWorkGroups')
      .flatMap(requestsOf),
  ];
  const allowed = policyFor('explain', HERE, { deployed: true }).Statement;
  expect(requests.filter((request) => !isAllowed(allowed, request))).toEqual([]);
  const granted = new Set(allowed.flatMap(({ Action }) => listed(Action)));
  expect([...granted].sort()).toEqual([...new Set(requests.map(({ action }) => action))].sort());
});

test.each([
  [['status', '--deployed'], '--deployed: found status; allowed: scan, reap, explain, exempt'],
  [['reap', '--dpus'], '--dpus: found reap; allowed: scan'],
])('policy refuses %j', async (args, why) => {
  const { exitCode, stderr } = await run(['policy', ...args]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(why);
});
