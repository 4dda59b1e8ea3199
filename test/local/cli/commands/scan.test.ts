import { expect, test } from 'vitest';
import { REGION } from '../../../support/athena.js';
import { accountAt, appWith, run } from '../../../support/command-line.js';

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
  expect(stdout).toContain('Account not known, eu-west-1');
  expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+ is on this machine, and has no STS/);
  expect(stdout).toMatch(new RegExp(`WOULD BE ENDED \\(2\\)\n(.*\n)*.*${ids.older} .*idle past its limit`));
  expect(stdout).toContain(ids.forgotten);
  expect(stdout).toMatch(new RegExp(`${ids.exempt} .*exempt by tag session-reaper:exempt=true on workgroup`));
  expect(stdout).toMatch(new RegExp(`${ids.fresh} .*due in 1\\d min`));
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
  for (let count = 0; count < 5; count += 1) region.putSession({ workGroup: 'etl', minutesInState: 60 });
  const cwd = await appWith({ maxTerminationsPerSweep: 2 });
  const { stdout } = await run(['scan', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({
    counts: { wouldTerminate: 5, deferred: 0 },
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
    'outcome,region,workgroup,session_id,state,idle_minutes,limit_minutes,rule,why,returned_state,client,owner,dpu_hours_saved,dollars_saved,minutes,clock,lower_bound,dollars_billed,billed_from,dollars_to_bill,dpus',
  );
  expect(lines).toHaveLength(4);
  // It began 201 minutes ago, and has no timeout of its own.
  expect(lines.find((line) => line.includes(ids.older))).toMatch(
    `would-terminate,${REGION},etl,${ids.older},IDLE,200,30,default,idle past its limit,,dbt-athena,,,,200,idle-since,,1.17`,
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

test('in a pipe a record is one line, however long, and so it is on wide terminals', async () => {
  const { region, ids } = await smallAccount();
  const name = 'a-workgroup-with-a-rather-long-name-for-one-line-of-a-terminal';
  region.createWorkgroup({ name });
  const long = region.putSession({ workGroup: name, minutesInState: 60 });
  const { stdout } = await run(['scan']);
  for (const id of [ids.older, ids.forgotten]) expect(stdout).toMatch(new RegExp(`^etl +${id} `, 'm'));
  expect(stdout).toMatch(new RegExp(`^${name}  ${long} .*idle past its limit$`, 'm'));
  process.env.COLUMNS = '100';
  const wide = await run(['scan']);
  expect(wide.stdout).toMatch(new RegExp(`^a-workg.* ${long} .*idle past its limit$`, 'm'));
});

test('table, summary, CSV and JSON count the same sessions by the same words', async () => {
  await smallAccount();
  const { stdout } = await run(['scan']);
  const csv = (await run(['scan', '--csv'])).stdout.trimEnd().split('\n').slice(1);
  const { counts, kept, sessions } = JSON.parse((await run(['scan', '--json'])).stdout);
  expect(stdout).toMatch(
    /WOULD BE ENDED \(2\)[\s\S]*SPARED \(1\)[\s\S]*KEPT \(1\)[\s\S]*Listed +4[\s\S]*Would be ended +2\nSpared +1\nKept +1\n/,
  );
  expect(counts).toMatchObject({ listed: 4, wouldTerminate: 2, spared: 1, kept: 1 });
  expect([sessions.length, kept.length, csv.length]).toEqual([3, 1, 4]);
  const outcomes = [...sessions, ...kept].map(({ outcome }: { outcome: string }) => outcome);
  expect(csv.map((line) => line.split(',')[0]).toSorted()).toEqual(outcomes.toSorted());
});

test('what is counted from LastModifiedDateTime says so in every form, and is the least', async () => {
  const { region } = await accountAt({ world: { idleSince: 'empty' } });
  region.createWorkgroup({ name: 'connect', engine: 'Apache Spark version 3.5' });
  const due = region.putSession({ workGroup: 'connect', minutesInState: 60 });
  const kept = region.putSession({ workGroup: 'connect', minutesInState: 10, ageMinutes: 90 });
  const cwd = await appWith({ trust: { lastModified: true } });
  const { stdout } = await run(['scan'], { cwd });
  expect(stdout).toMatch(
    new RegExp(`^connect +${due} .* ≥ 1 h .*idle past its limit, by LastModifiedDateTime$`, 'm'),
  );
  expect(stdout).toMatch(
    new RegExp(`^connect +${kept} .* ≥ 10 min .*due in .* min, by LastModifiedDateTime$`, 'm'),
  );
  const csv = (await run(['scan', '--csv'], { cwd })).stdout;
  expect(csv).toMatch(new RegExp(`^would-terminate,.*,${due},.*,60,last-modified,true,`, 'm'));
  expect(csv).toMatch(new RegExp(`^kept,.*,${kept},.*,10,last-modified,true,`, 'm'));
  const report = JSON.parse((await run(['scan', '--json'], { cwd })).stdout);
  const counted = { clock: 'last-modified', lowerBound: true };
  expect(report).toMatchObject({
    sessions: [{ sessionId: due, ...counted }],
    kept: [{ sessionId: kept, ...counted }],
  });
});

test('a session whose idle time is not known is shown in every form, with the reason', async () => {
  const { region } = await accountAt({ world: { idleSince: 'empty' } });
  region.createWorkgroup({ name: 'connect', engine: 'Apache Spark version 3.5' });
  const id = region.putSession({ workGroup: 'connect', minutesInState: 60 });
  const reason = 'idle since a time that Athena does not show';
  const { stdout } = await run(['scan']);
  expect(stdout).toMatch(new RegExp(`UNKNOWN: .*\\(1\\)\n.*${id} .*${reason}$`, 'm'));
  expect((await run(['scan', '--csv'])).stdout).toMatch(
    new RegExp(`^unknown,.*,${id},IDLE,,30,default,${reason},.*,,idle-since,,`, 'm'),
  );
  const { counts, kept } = JSON.parse((await run(['scan', '--json'])).stdout);
  expect(counts.unknown).toBe(1);
  expect(kept).toMatchObject([{ sessionId: id, outcome: 'unknown', reason, clock: 'idle-since' }]);
});

test('scan names the owner of a session, and what its end saves', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'studio' });
  region.putSession({
    workGroup: 'studio',
    minutesInState: 60,
    idleTimeoutMinutes: 120,
    tags: { AmazonDataZoneSessionOwner: 'ada\u001b[31m' },
  });
  const { stdout } = await run(['scan']);
  expect(stdout).toMatch(/OWNER/);
  expect(stdout).toMatch(/\$0\.35 +ada \[31m +idle past/);
  const [, line] = (await run(['scan', '--csv'])).stdout.split('\n');
  expect(line).toMatch(
    /,ada \[31m,(1|0\.99\d*),0\.3[45]\d*,60,idle-since,,0\.35\d*,statistics,0\.3[45]\d*,$/,
  );
});

test('scan --summary prints a line for each workgroup', async () => {
  const { ids } = await smallAccount();
  const { stdout } = await run(['scan', '--summary']);
  expect(stdout).toMatch(/^eu-west-1 etl +2 +0 +1 +3 h 20 min +\$/m);
  expect(stdout).toMatch(/^eu-west-1 adhoc +0 +0 +1 /m);
  expect(stdout).not.toContain(ids.older);
  expect(stdout).toContain('Listed          4 sessions');
});

test('a long table ends with what to do next, with the same options', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  for (let count = 0; count < 21; count += 1) region.putSession({ workGroup: 'etl', minutesInState: 60 });
  const { stdout } = await run(['scan', '--workgroup', 'e*', '--idle-minutes', '45']);
  for (const command of ['reap', 'scan --summary', 'explain [0-9a-f-]+']) {
    expect(stdout).toMatch(new RegExp(`${command} --workgroup 'e\\*' --idle-minutes 45$`, 'm'));
  }
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
