import { expect, test } from 'vitest';
import { accountAt, appWith, run, useEnvironment } from '../../../support/command-line.js';

test('check prints every setting, and where it comes from', async () => {
  const cwd = await appWith({ idleMinutes: 45, rules: [{ match: { workgroup: 'prod-*' }, exempt: true }] });
  const { exitCode, stdout, stderr } = await run(['check', '--exclude', 'sandbox-*'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('Settings: cdk.json');
  expect(stdout).toMatch(/^idleMinutes +file +45$/m);
  expect(stdout).toMatch(/^rules\[0\] +file +workgroup "prod-\*": exempt$/m);
  expect(stdout).toMatch(/^workgroups\.exclude +--exclude +sandbox-\*$/m);
  expect(stdout).toMatch(/^mode +default +terminate$/m);
});

test('check lists every mistake at once and exits with 1', async () => {
  const cwd = await appWith({ idleMinutes: 0, mode: 'kill', idelMinutes: 5 });
  const { exitCode, stdout, stderr } = await run(['check'], { cwd });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  for (const key of ['reaper.idleMinutes', 'reaper.mode', 'reaper.idelMinutes'])
    expect(stderr).toContain(key);
});

test('options go over the file', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  const id = region.putSession({ workGroup: 'etl', minutesInState: 60 });
  const cwd = await appWith({ idleMinutes: 90, workgroups: { include: ['other'] } });
  expect((await run(['scan', '--csv'], { cwd })).stdout).not.toContain(id);
  const { stdout } = await run(['scan', '--csv', '--idle-minutes', '50', '--workgroup', 'e*'], { cwd });
  expect(stdout).toMatch(new RegExp(`^would-terminate,.*${id},IDLE,60,50`, 'm'));
});

test('an option never takes back what the file excludes', async () => {
  const cwd = await appWith({ workgroups: { exclude: ['prod-*'] } });
  const { stdout } = await run(['check', '--exclude', 'x', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ workgroups: { exclude: ['prod-*', 'x'] } });
});

test.each([
  [['--idle-minutes', '0'], 'a whole number from 1 to 10080'],
  [['--idle-minutes', 'ten'], 'a whole number from 1 to 10080'],
  [['--region', 'Ireland'], 'a region name such as "eu-west-1"'],
  [['--workgroup', 'a b'], 'a workgroup name'],
  [['--json', '--csv'], 'cannot be used with'],
  [['--jsn'], 'Did you mean --json?'],
])('scan %j is a mistake that says what is allowed', async (args, allowed) => {
  const { athena } = await accountAt();
  const { exitCode, stdout, stderr } = await run(['scan', ...args]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(allowed);
  expect(athena.journal.calls).toHaveLength(0);
});

test('an unknown command exits with 1, and help with 0', async () => {
  expect(await run(['scna'])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('scan') });
  const help = await run(['--help']);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  for (const text of ['scan', 'reap', 'explain', 'check', 'demo', 'Exit codes:', '130']) {
    expect(help.stdout).toContain(text);
  }
});

test.each(['us-gov-west-1', 'cn-north-1', 'us-isob-east-1', 'eusc-de-east-1'])(
  'a region of any partition is one: %s',
  async (name) => {
    const { athena } = await accountAt();
    await run(['scan', '--region', name]);
    expect(athena.journal.calls.map(({ region }) => region)).toEqual([name]);
  },
);

test('a missing region is said before any call', async () => {
  useEnvironment({ AWS_REGION: undefined });
  const { exitCode, stderr } = await run(['scan']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('No region. Name one with --region');
});

test('the region may come from where the AWS CLI finds it', async () => {
  const { athena } = await accountAt();
  process.env.AWS_REGION = '';
  process.env.AWS_DEFAULT_REGION = 'us-east-1';
  await run(['scan']);
  expect(athena.journal.calls.map(({ region }) => region)).toEqual(['us-east-1']);
});
