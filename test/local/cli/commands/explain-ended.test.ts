/** `explain` of a session that has ended. */
import { expect, test } from 'vitest';
import { servedAthena } from '../../../support/athena.js';
import { accountAt, run, useEnvironment } from '../../../support/command-line.js';
import { type DeployedAccount, deployedAccount } from '../../../support/deployed-account.js';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

/** A deployed reaper with this log, and a session that ended some minutes ago. */
async function endedAndDeployed(log: DeployedAccount, minutesAgo = 60) {
  const served = await servedAthena();
  const { url, requests } = await deployedAccount(log);
  useEnvironment({ AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_ATHENA: served.url });
  served.region.createWorkgroup({ name: 'etl' });
  served.region.putSession({
    workGroup: 'etl',
    sessionId: ID,
    state: 'TERMINATED',
    minutesInState: minutesAgo,
    ageMinutes: minutesAgo + 100,
  });
  return { ...served, requests };
}

const record = (minutesAgo: number, outcome = 'terminated') => ({ minutesAgo, sessionId: ID, outcome });

test('explain says when a session ended, why by Athena, and that the log would say more', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  const id = region.putSession({ workGroup: 'etl', state: 'TERMINATED', minutesInState: 75 });
  const { exitCode, stdout } = await run(['explain', id]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/Ended +\S+ \S+ UTC, 1 h 15 min ago/);
  expect(stdout).toContain('Athena says    Session was terminated per request');
  expect(stdout).toContain('its log was not asked: --deployed reads it');
});

test("explain --deployed shows the reaper's own record of the end", async () => {
  await endedAndDeployed({ records: [record(120, 'warned'), record(61)] });
  const { exitCode, stdout } = await run(['explain', ID, '--deployed']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /This reaper {4}ended it at \S+ \S+ UTC: idle past its limit, for 48 min \(limit 30 min, default\)/,
  );
});

test('explain --deployed says that the reaper did not end it only where its log covers the time', async () => {
  await endedAndDeployed({ sweeps: [{ minutesAgo: 100 }, { minutesAgo: 55 }] });
  const { stdout } = await run(['explain', ID, '--deployed']);
  expect(stdout).toMatch(/This reaper {4}did not end it: its log has sweeps at \S+ \S+ UTC and \S+ \S+ UTC/);
});

test.each([
  ['begins after its end', [{ minutesAgo: 30 }], 'not known: its log does not go back to before the end'],
  // A session is TERMINATING for a while: the reaper may have asked for its end before the log began.
  ['begins right before its end', [{ minutesAgo: 62 }, { minutesAgo: 55 }], 'does not go back'],
  ['has no sweep since', [{ minutesAgo: 100 }], 'not known: no sweep has finished since'],
  ['has no sweep at all', [], 'does not go back'],
])('explain --deployed says that it is not known where the log %s', async (_what, sweeps, said) => {
  await endedAndDeployed({ sweeps });
  const { stdout } = await run(['explain', ID, '--deployed']);
  expect(stdout).toContain(said);
  expect(stdout).not.toContain('did not end it');
});

test('explain --deployed says what the reaper did about the session instead', async () => {
  await endedAndDeployed({
    sweeps: [{ minutesAgo: 100 }, { minutesAgo: 55 }],
    records: [record(90, 'spared'), { ...record(80), sessionId: 'another', error: `not ${ID}` }],
  });
  const { stdout } = await run(['explain', ID, '--deployed']);
  expect(stdout).toMatch(/did not end it: .*; last, spared at \S+ \S+ UTC, idle past its limit/);
});

test('explain --deployed --json has the same facts', async () => {
  await endedAndDeployed({ records: [record(61)] });
  const { stdout } = await run(['explain', ID, '--deployed', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    session: { state: 'TERMINATED', stateChangeReason: 'Session was terminated per request' },
    ending: { value: { kind: 'ended', record: { outcome: 'terminated', rule: 'default' } } },
  });
});

test('explain --deployed shows the rest where the log cannot be read, and exits with 2', async () => {
  await endedAndDeployed({ denied: ['logs:FilterLogEvents'] });
  const { exitCode, stdout, stderr } = await run(['explain', ID, '--deployed']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('its log could not be read: FilterLogEvents: AccessDeniedException');
  expect(stderr).toContain("The reaper's log could not be read.");
});

test('explain --deployed knows a session that Athena has forgotten from the log alone', async () => {
  const { region } = await endedAndDeployed({ records: [record(61)] });
  region.forgetSession(ID);
  const { exitCode, stdout } = await run(['explain', ID, '--deployed']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`Athena does not know session ${ID} any more. The reaper ended it at `));
  const other = `${ID.slice(0, -1)}2`;
  const unknown = await run(['explain', other, '--deployed']);
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain(`There is no session ${other}`);
});

test('explain of a session that has ended needs no tags', async () => {
  const { athena } = await endedAndDeployed({});
  athena.script({ kind: 'error', operation: 'ListTagsForResource', code: 'AccessDeniedException' });
  const { exitCode, stdout } = await run(['explain', ID]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('How it ended');
});

test('explain asks the log nothing about a session that runs', async () => {
  const { region, requests } = await endedAndDeployed({});
  const id = region.putSession({ workGroup: 'etl', minutesInState: 45, description: 'a\u001b[31m\nb' });
  const { stdout } = await run(['explain', id, '--deployed']);
  expect(requests.map(({ action }) => action)).not.toContain('logs:FilterLogEvents');
  expect(stdout).toContain('a [31m b');
  expect(stdout).not.toContain('\u001b');
});
