import { expect, test } from 'vitest';
import { policyFor } from '../../../local/permissions/command-policies.js';
import { REGION } from '../../support/athena.js';
import { appWith, run, useEnvironment } from '../../support/command-line.js';
import { type DeployedAccount, deployedAccount, STACK } from '../../support/deployed-account.js';
import { isAllowed } from '../../support/iam.js';

async function statusOf(account: DeployedAccount, args: readonly string[] = [], cwd?: string) {
  const served = await deployedAccount(account);
  useEnvironment({ AWS_ENDPOINT_URL: served.url });
  return { ...served, ...(await run(['status', ...args], cwd === undefined ? {} : { cwd })) };
}

test('a reaper that is well, on one screen: when it swept, what it ended this week, what it saved', async () => {
  const { exitCode, stdout, stderr } = await statusOf({
    sweeps: [{ minutesAgo: 7 }, { minutesAgo: 2, terminated: 3 }],
    metrics: { SessionsTerminated: [4, 0, 10], DpuHoursSaved: [10, 2.5] },
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('The reaper is well.');
  expect(stdout).toMatch(/Last sweep +2 min ago, complete: 7 sessions listed, 3 ended/);
  expect(stdout).toMatch(/This week +14 sessions ended, at least 12\.5 DPU-hours saved, about\n? +\$4\.38/);
  expect(stdout).toMatch(/Alarms +none of \d+ is on/);
  expect(stdout).toMatch(/Schedule +rate\(5 minutes\) in UTC, enabled/);
  expect(stdout).toMatch(/Settings +as here/);
  expect(stdout.split('\n').length).toBeLessThan(24);
});

test.each<[string, DeployedAccount, string]>([
  ['its schedule is disabled', { scheduleState: 'DISABLED' }, 'the schedule is disabled'],
  ['it has not swept for long', { sweeps: [{ minutesAgo: 90 }] }, 'no sweep has finished for 90 min'],
  ['it has not swept at all', { sweeps: [] }, 'no sweep finished within eight days'],
  [
    'its last sweep was not complete',
    {
      sweeps: [
        { minutesAgo: 7 },
        { minutesAgo: 2, complete: false, counts: { notListed: 5, waiting: 4, failed: 1, deferred: 2 } },
      ],
    },
    'the last sweep was not complete: 1 place not listed, 1 session not looked at or ended, 2 sessions left to the next sweep',
  ],
  [
    'somebody stopped its last sweep of an organization',
    { sweeps: [{ minutesAgo: 2, complete: false, counts: { notListed: 1 }, givenUp: 'stopped' }] },
    'somebody stopped the last sweep before it was over',
  ],
  ['an alarm is on', { alarmsOn: ['sessions-failing'] }, `alarms are on: ${STACK}-sessions-failing`],
  ['there are dead letters', { deadLetters: 3 }, 'dead letters: 3'],
  ['the log may not be read', { denied: ['logs:FilterLogEvents'] }, 'lastSweep could not be read'],
  ['alarms may not be read', { denied: ['cloudwatch:DescribeAlarms'] }, 'alarms could not be read'],
  ['the settings cannot be read', { settingsJson: '{"idleMinutes":"many"}' }, 'settings could not be read'],
])('a reaper is not well when %s: exit code 2, and the rest is shown', async (_, account, concern) => {
  const { exitCode, stdout } = await statusOf(account);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('The reaper is not well.');
  expect(stdout.replaceAll(/\n +/g, ' ')).toContain(`- ${concern}`);
  expect(stdout).toMatch(/This week +0 sessions ended/);
});

test('a reaper is well while workgroups only wait for their turn, and says how many do', async () => {
  const waiting = { minutesAgo: 2, complete: false, counts: { notListed: 40, waiting: 40 } };
  const { exitCode, stdout } = await statusOf({ sweeps: [waiting] });
  expect(exitCode).toBe(0);
  expect(stdout.replaceAll(/\n +/g, ' ')).toContain(
    '2 min ago, complete but for 40 workgroups that wait for the next: 7 sessions listed, 0 ended',
  );
});

test('a reaper is not well where workgroups wait for too long: an alarm says so', async () => {
  const waiting = { minutesAgo: 2, complete: false, counts: { notListed: 40, waiting: 40 } };
  const { exitCode, stdout } = await statusOf({ sweeps: [waiting], alarmsOn: ['not-catching-up'] });
  expect(exitCode).toBe(2);
  expect(stdout).toContain('not-catching-up');
});

test('a sweep of yesterday is found, though no younger one is', async () => {
  const { stdout } = await statusOf({ sweeps: [{ minutesAgo: 20 * 60 }, { minutesAgo: 70 * 60 }] });
  expect(stdout).toMatch(/Last sweep +20 h ago/);
});

test('says where the deployed settings differ from those here', async () => {
  const cwd = await appWith({ idleMinutes: 45, workgroups: { exclude: ['prod-*'] } });
  const { exitCode, stdout } = await statusOf({ config: { idleMinutes: 20 } }, [], cwd);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('idleMinutes: 20, here 45');
  expect(stdout).toContain('workgroups.exclude: [], here ["prod-*"]');
  expect(stdout).not.toContain('dpuHourPrice');
});

test('--json prints all that was read', async () => {
  const { stdout } = await statusOf({ alarmsOn: ['sweep-incomplete'] }, ['--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    stack: STACK,
    region: REGION,
    concerns: [expect.stringContaining('sweep-incomplete')],
    schedule: { value: { enabled: true } },
    deadLetters: { value: 0 },
    settings: { value: { deployed: { idleMinutes: 30 }, differences: [] } },
  });
});

test('a stack that there is not: exit code 3, and what to name', async () => {
  const { exitCode, stdout, stderr } = await statusOf({}, ['--stack', 'Elsewhere']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toContain('The stack Elsewhere in eu-west-1 could not be read.');
  expect(stderr).toContain('Stack with id Elsewhere does not exist');
});

test('each call of status is allowed by its policy', async () => {
  const { requests } = await statusOf({});
  const { Statement } = policyFor('status', {
    regions: [REGION],
    workgroups: ['*'],
    account: '111122223333',
    stack: STACK,
  });
  const refused = requests.filter((request) => !isAllowed(Statement, request)).map(({ action }) => action);
  // Everybody may ask who they are.
  expect(refused.filter((action) => action !== 'sts:GetCallerIdentity')).toEqual([]);
  const granted = Statement.flatMap(({ Action }) => Action);
  expect(granted.filter((action) => !requests.some((request) => request.action === action))).toEqual([]);
});
