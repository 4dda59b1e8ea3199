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
] as const)(
  'where the first region %s, the others are judged and ended',
  async (_, fault) => {
    const { athena, ids } = await twoRegions();
    athena.script({ ...fault, region: 'eu-west-1' });
    const { exitCode, stdout } = await run(['reap', '--yes', '--defaults', '--json', ...BOTH]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      counts: { notListed: 1, terminated: 1 },
      sessions: [{ sessionId: ids[1], outcome: 'terminated' }],
    });
  },
  30_000,
);
