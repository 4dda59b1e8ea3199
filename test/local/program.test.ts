import { expect, test } from 'vitest';
import { accountAt, run, useEnvironment } from '../support/command-line.js';
import { hurryTime } from '../support/hurried-time.js';

test('without credentials nothing is listed: exit code 3, and how to sign in', async () => {
  await accountAt();
  process.env.AWS_ACCESS_KEY_ID = '';
  process.env.AWS_SECRET_ACCESS_KEY = '';
  const { exitCode, stderr } = await run(['scan']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('aws sso login');
  expect(stderr).toContain('--profile');
});

test('an endpoint where nobody listens: exit code 3, and which variable leads there', async () => {
  hurryTime();
  useEnvironment({ AWS_ENDPOINT_URL_ATHENA: 'http://127.0.0.1:9' });
  const { exitCode, stdout, stderr } = await run(['explain', 'some-session']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toContain('Nothing listens at http://127.0.0.1:9, which AWS_ENDPOINT_URL_ATHENA');
});

test('access denied to everything: exit code 3, and which action on which resource', async () => {
  const { athena } = await accountAt();
  athena.script({
    kind: 'error',
    code: 'AccessDeniedException',
    message:
      'User: arn:aws:iam::111122223333:user/me is not authorized to perform: athena:ListWorkGroups on resource: arn:aws:athena:eu-west-1:111122223333:workgroup/*',
  });
  const { exitCode, stderr } = await run(['scan']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain(
    'Allow athena:ListWorkGroups on arn:aws:athena:eu-west-1:111122223333:workgroup/*',
  );
});

test('access denied to many workgroups is reported once', async () => {
  const { athena, region } = await accountAt();
  for (let index = 0; index < 9; index += 1) region.createWorkgroup({ name: `team-${index}` });
  region.createWorkgroup({ name: 'open' });
  const denied = {
    kind: 'error',
    operation: 'ListSessions',
    code: 'AccessDeniedException',
    message: 'No.',
  } as const;
  athena.script({ ...denied, where: ({ workGroup }) => workGroup !== 'open' });
  const { exitCode, stdout, stderr } = await run(['scan']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('Not listed      9');
  expect(stderr.match(/AccessDeniedException/g)).toHaveLength(1);
  expect(stderr).toContain('and 4 more');
  expect(stderr).toMatch(/Allow athena:ListSessions on arn:aws:athena:eu-west-1:\*:workgroup\/team-\d/);
});

test('one region of two that cannot be reached: exit code 2, and the other is shown', async () => {
  hurryTime();
  const { athena } = await accountAt();
  athena.region('us-east-1').createWorkgroup({ name: 'etl' });
  const id = athena.region('us-east-1').putSession({ workGroup: 'etl', minutesInState: 60 });
  athena.script({
    kind: 'error',
    region: 'eu-west-1',
    code: 'UnrecognizedClientException',
    message: 'Bad token.',
  });
  const { exitCode, stdout, stderr } = await run(['scan', '--region', 'eu-west-1', '--region', 'us-east-1']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain(id);
  expect(stderr).toContain('AWS does not accept these credentials in eu-west-1');
});

test('with nothing listed, JSON still is the report', async () => {
  const { athena } = await accountAt();
  athena.script({ kind: 'error', code: 'ExpiredTokenException', message: 'Expired.' });
  const { exitCode, stdout, stderr } = await run(['scan', '--json']);
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ complete: false, counts: { notListed: 1 } });
  expect(stderr).toContain('The credentials have expired');
});

test('an account that is not known: what is due cannot be ended, because its tags cannot be read', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  const id = region.putSession({ workGroup: 'etl', minutesInState: 60 });
  process.env.AWS_ENDPOINT_URL_STS = 'http://127.0.0.1:9';
  const { exitCode, stdout, stderr } = await run(['reap', '--yes', '--defaults']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('Account not known');
  expect(stderr).toContain('GetCallerIdentity: ECONNREFUSED');
  expect(region.session(id).state).toBe('IDLE');
});

test.each([['help'], ['help', 'scan'], ['--help'], ['scan', '--help']])(
  '%s %s prints help',
  async (...args) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(`Usage: athena-session-reaper ${args.includes('scan') ? 'scan' : '[options]'}`);
  },
);
