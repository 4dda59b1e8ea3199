import { expect, test } from 'vitest';
import { servedAthena } from '../../../support/athena.js';
import { appWith, run, useEnvironment } from '../../../support/command-line.js';
import { type DeployedAccount, deployedAccount } from '../../../support/deployed-account.js';

/** A deployed reaper, and in the same account one session that has been idle for 20 minutes. */
async function accountWith(deployed: DeployedAccount) {
  const served = await servedAthena();
  const { url, requests } = await deployedAccount(deployed);
  useEnvironment({ AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_ATHENA: served.url });
  served.region.createWorkgroup({ name: 'etl' });
  const id = served.region.putSession({ workGroup: 'etl', minutesInState: 20, idleTimeoutMinutes: 480 });
  return { ...served, id, requests };
}

const STRICT = { config: { idleMinutes: 15 } };

test('scan --deployed judges by the settings of the deployed function', async () => {
  const { id } = await accountWith(STRICT);
  const cwd = await appWith({ idleMinutes: 60 });
  const deployed = await run(['scan', '--deployed', '--json'], { cwd });
  expect(JSON.parse(deployed.stdout)).toMatchObject({
    settingsSource: 'deployed in AthenaSessionReaper',
    counts: { due: 1 },
    sessions: [{ sessionId: id, limitMinutes: 15 }],
  });
  const here = await run(['scan', '--json'], { cwd });
  expect(JSON.parse(here.stdout)).toMatchObject({ counts: { due: 0 } });
});

test('options go over the deployed settings', async () => {
  await accountWith(STRICT);
  const { stdout } = await run([
    'scan',
    '--deployed',
    'AthenaSessionReaper',
    '--idle-minutes',
    '25',
    '--json',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ counts: { due: 0 } });
});

test('reap --deployed --yes ends what the deployed function would end', async () => {
  const { region, id } = await accountWith(STRICT);
  const { exitCode } = await run(['reap', '--deployed', '--yes']);
  expect(exitCode).toBe(0);
  expect(region.session(id).endedBy).toBe('TerminateSession');
});

test('explain --deployed names the deployed limit', async () => {
  const { id } = await accountWith(STRICT);
  const { exitCode, stdout } = await run(['explain', id, '--deployed']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Limits (deployed in AthenaSessionReaper)');
  expect(stdout).toContain('15 min');
});

test('--deployed refuses what contradicts it, and says where no reaper is', async () => {
  const { athena } = await accountWith(STRICT);
  const both = await run(['scan', '--deployed', '--defaults']);
  expect(both.exitCode).toBe(1);
  const elsewhere = await run(['scan', '--deployed', 'Elsewhere']);
  expect(elsewhere.exitCode).toBe(3);
  expect(elsewhere.stderr).toContain('The stack Elsewhere in eu-west-1 could not be read.');
  expect(athena.journal.count('ListWorkGroups')).toBe(0);
});

test('scan asks nothing of the services that only --deployed and status read', async () => {
  const { requests } = await accountWith(STRICT);
  await run(['scan']);
  expect(new Set(requests.map(({ action }) => action))).toEqual(new Set(['sts:GetCallerIdentity']));
});
