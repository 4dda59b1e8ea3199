import { expect, test } from 'vitest';
import { accountAt, run } from '../../support/command-line.js';
import { serveIdentity } from '../../support/identity.js';

/** A due session in each of two regions. */
async function twoRegions() {
  const served = await accountAt();
  const ids = ['eu-west-1', 'us-east-1'].map((name) => {
    served.athena.region(name).createWorkgroup({ name: 'etl' });
    return served.athena.region(name).putSession({ workGroup: 'etl', minutesInState: 60 });
  });
  return { ...served, ids };
}

const BOTH = ['--region', 'eu-west-1', '--region', 'us-east-1'];

test('the account is that of any region whose STS answers', async () => {
  await twoRegions();
  const { url } = await serveIdentity({ disabled: ['eu-west-1'] });
  process.env.AWS_ENDPOINT_URL_STS = url;
  const { stdout } = await run(['scan', ...BOTH]);
  expect(stdout).toContain('Account 222233334444, eu-west-1, us-east-1');
  const { account } = JSON.parse((await run(['scan', ...BOTH, '--json'])).stdout);
  expect(account).toBe('222233334444');
});

test('an account that no STS names is not known, and why is said', async () => {
  await twoRegions();
  const { url } = await serveIdentity({ disabled: ['eu-west-1', 'us-east-1'] });
  process.env.AWS_ENDPOINT_URL_STS = url;
  const { stdout } = await run(['scan', ...BOTH]);
  expect(stdout).toContain('Account not known');
  expect(stdout).toContain('STS did not say (InvalidClientTokenId)');
});

test('an Athena on this machine without an STS has no account, and nobody guesses one', async () => {
  const { url, ids } = await twoRegions();
  const { stdout } = await run(['scan', ...BOTH]);
  expect(stdout).toContain(`Account not known, eu-west-1, us-east-1\n  ${url} is on this machine`);
  for (const id of ids) expect(stdout).toContain(id);
  expect(JSON.parse((await run(['scan', '--json'])).stdout).account).toBeNull();
});

test.each([
  ['is disabled', { kind: 'error', code: 'OptInRequired', message: 'Not enabled.' }],
  ['denies everything', { kind: 'error', code: 'AccessDeniedException', message: 'No.' }],
  ['is down', { kind: 'error', code: 'InternalServerException', message: 'Down.' }],
] as const)('where the first region %s, the others are judged and ended', async (_, fault) => {
  const { athena, ids } = await twoRegions();
  athena.script({ ...fault, region: 'eu-west-1' });
  const { exitCode, stdout } = await run(['reap', '--yes', '--defaults', '--json', ...BOTH]);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    counts: { notListed: 1, terminated: 1 },
    sessions: [{ sessionId: ids[1], outcome: 'terminated' }],
  });
});

test.each(['', '12345', 'acct-1234567'])(
  '"%s" is no account id: nobody is named, and no name is made of it',
  async (account) => {
    const { athena } = await twoRegions();
    const { url } = await serveIdentity({ account });
    process.env.AWS_ENDPOINT_URL_STS = url;
    const { exitCode, stdout } = await run(['reap', '--yes', '--defaults']);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('Account not known');
    expect(stdout).toContain('STS did not say (UnusableAnswer)');
    expect(athena.journal.count('ListTagsForResource')).toBe(0);
    expect(athena.journal.count('TerminateSession')).toBe(0);
  },
);

test('what fails alike in many regions is said once, with every region', async () => {
  const { athena } = await twoRegions();
  const denied = { kind: 'error', code: 'OptInRequired', message: 'Not enabled.' } as const;
  athena.script(denied);
  const { exitCode, stderr } = await run(['scan', ...BOTH]);
  expect(exitCode).toBe(3);
  expect(stderr.match(/OptInRequired/g)).toHaveLength(1);
  expect(stderr).toContain('in eu-west-1; us-east-1\n    → Enable eu-west-1, us-east-1 for the account');
  const explained = await run(['explain', 'a-session', ...BOTH]);
  expect(explained.stderr.match(/OptInRequired/g)).toHaveLength(1);
});

test.each([
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
])('the tags of a workgroup in %s are read by a name of the partition %s', async (name, partition) => {
  const { athena } = await accountAt();
  athena.region(name).createWorkgroup({ name: 'etl', tags: { 'session-reaper:exempt': 'true' } });
  athena.region(name).putSession({ workGroup: 'etl', minutesInState: 60 });
  const { stdout } = await run(['scan', '--region', name]);
  expect(stdout).toContain('SPARED (1)');
  expect(String(athena.journal.of('ListTagsForResource')[0]?.input.ResourceARN)).toMatch(`arn:${partition}:`);
});
