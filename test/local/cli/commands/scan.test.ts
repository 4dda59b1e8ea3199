import { expect, test } from 'vitest';
import { REGION } from '../../../support/athena.js';
import { accountAt, run } from '../../../support/command-line.js';

/** Two that are due, one that is kept, one that its tag spares, and one that is in use. */
async function smallAccount() {
  const served = await accountAt();
  const { region } = served;
  region.createWorkgroup({ name: 'etl' });
  region.createWorkgroup({ name: 'adhoc', tags: { 'session-reaper:exempt': 'true' } });
  const ids = {
    forgotten: region.putSession({ workGroup: 'etl', minutesInState: 95, idleTimeoutMinutes: 480 }),
    older: region.putSession({ workGroup: 'etl', minutesInState: 200, description: 'dbt: 1 - 2' }),
    fresh: region.putSession({ workGroup: 'etl', minutesInState: 10 }),
    exempt: region.putSession({ workGroup: 'adhoc', minutesInState: 300 }),
    busy: region.putSession({ workGroup: 'etl', state: 'BUSY', minutesInState: 300 }),
  };
  return { ...served, ids };
}

test('scan shows every session it lists, with what would become of it and why', async () => {
  const { ids } = await smallAccount();
  const { exitCode, stdout, stderr } = await run(['scan']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('Account 111122223333, eu-west-1');
  expect(stdout).toMatch(new RegExp(`DUE \\(2\\)\n(.*\n)*.*${ids.older} +idle past its limit`));
  expect(stdout).toContain(ids.forgotten);
  expect(stdout).toMatch(
    new RegExp(`${ids.exempt} +exempt by tag\n +session-reaper:exempt=true on\n +workgroup`),
  );
  expect(stdout).toMatch(new RegExp(`${ids.fresh} +due in 1\\d min`));
  expect(stdout).not.toContain(ids.busy);
});

test('scan never calls TerminateSession, whatever the settings say', async () => {
  const { athena, ids, region } = await smallAccount();
  await run(['scan', '--idle-minutes', '1']);
  expect(athena.journal.count('TerminateSession')).toBe(0);
  expect(region.session(ids.older).state).toBe('IDLE');
});

test('scan shows more than a sweep may end', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  for (let count = 0; count < 130; count += 1) region.putSession({ workGroup: 'etl', minutesInState: 60 });
  const { stdout } = await run(['scan', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    counts: { wouldTerminate: 130, deferred: 0 },
    sessionsOmitted: 0,
  });
});

test('scan --json prints the report that the function returns, and nothing else', async () => {
  const { ids } = await smallAccount();
  const { stdout } = await run(['scan', '--json']);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    schemaVersion: 2,
    mode: 'report',
    complete: true,
    counts: { listed: 4, due: 3 },
  });
  expect(report.sessions.map(({ sessionId }: { sessionId: string }) => sessionId).sort()).toEqual(
    [ids.forgotten, ids.older, ids.exempt].sort(),
  );
});

test('scan --csv prints a header and a line for each session', async () => {
  const { ids } = await smallAccount();
  const { stdout } = await run(['scan', '--csv']);
  const [header, ...lines] = stdout.trimEnd().split('\n');
  expect(header).toBe(
    'outcome,region,workgroup,session_id,state,idle_minutes,limit_minutes,rule,why,returned_state,client',
  );
  expect(lines).toHaveLength(4);
  expect(lines).toContain(
    `would-terminate,${REGION},etl,${ids.older},IDLE,200,30,default,idle past its limit,,dbt-athena`,
  );
});

test('scan looks in several regions at the same time and says where a session is', async () => {
  const { athena } = await accountAt();
  for (const name of ['eu-west-1', 'us-east-1']) {
    athena.region(name).createWorkgroup({ name: 'etl' });
    athena.region(name).putSession({ workGroup: 'etl', minutesInState: 60 });
  }
  const { stdout } = await run(['scan', '--region', 'eu-west-1', '--region', 'us-east-1']);
  expect(stdout).toContain('eu-west-1 etl');
  expect(stdout).toContain('us-east-1 etl');
});

test('scan keeps to the workgroups it is given', async () => {
  const { ids } = await smallAccount();
  const only = await run(['scan', '--csv', '--workgroup', 'ad*']);
  expect(only.stdout).toContain(ids.exempt);
  expect(only.stdout).not.toContain(ids.older);
  const without = await run(['scan', '--csv', '--exclude', 'ad*']);
  expect(without.stdout).not.toContain(ids.exempt);
  expect(without.stdout).toContain(ids.older);
});

test.each([80, 100, 140])('scan fits %d columns, with ids that can be copied whole', async (columns) => {
  const { ids } = await smallAccount();
  process.env.COLUMNS = String(columns);
  const { stdout } = await run(['scan']);
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(columns);
  for (const id of [ids.older, ids.forgotten, ids.fresh, ids.exempt]) expect(stdout).toContain(id);
});

test('scan says so where there is nothing', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'primary' });
  const { exitCode, stdout } = await run(['scan']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Listed          0 sessions in 1 workgroup');
});

test('scan that is stopped shows what it saw and exits with 130', async () => {
  const { athena } = await smallAccount();
  const interruption = new AbortController();
  athena.script({ kind: 'before', operation: 'ListSessions', run: () => interruption.abort() });
  const { exitCode, stderr } = await run(['scan'], { interrupted: interruption.signal });
  expect(exitCode).toBe(130);
  expect(stderr).toContain('nothing was ended');
});
