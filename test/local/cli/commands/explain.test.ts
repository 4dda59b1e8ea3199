import { expect, test } from 'vitest';
import { accountAt, appWith, run } from '../../../support/command-line.js';

async function idleInEtl(minutesInState: number, more: object = {}) {
  const served = await accountAt();
  served.region.createWorkgroup({ name: 'etl' });
  const id = served.region.putSession({ workGroup: 'etl', minutesInState, idleTimeoutMinutes: 480, ...more });
  return { ...served, id };
}

test('explain says since when a session is due, and that the next sweep ends it', async () => {
  const { id } = await idleInEtl(45);
  const { exitCode, stdout, stderr } = await run(['explain', id]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain(`Session ${id}`);
  expect(stdout).toMatch(/30 min \(default\), idle since 20\S+ \S+ UTC: 45 min/);
  expect(stdout).toMatch(
    /Due: idle past its limit\.\n {2}Since \S+ \S+ UTC, for 15 min: the next sweep ends it/,
  );
});

test('explain says when a session will be due', async () => {
  const { id } = await idleInEtl(10);
  const { stdout } = await run(['explain', id]);
  expect(stdout).toMatch(/Kept: within its limit\.\n {2}Due in 19 min, \S+ \S+ UTC, if it stays as it is\./);
  expect(stdout).toMatch(/Own timeout +8 h idle: ends by itself/);
});

test('explain names the earlier of two limits', async () => {
  const { id } = await idleInEtl(10, { ageMinutes: 100 });
  const cwd = await appWith({ stuck: { maxAgeMinutes: 105 } });
  const { stdout } = await run(['explain', id], { cwd });
  expect(stdout).toMatch(/1 h 45 min \(stuck\.maxAgeMinutes\), started .*: 1 h 40 min/);
  expect(stdout).toMatch(/Due in [45] min/);
});

test('explain holds each rule in turn against the session, and says why it matched or not', async () => {
  const { id } = await idleInEtl(10, { description: 'dbt: 1 - 2' });
  const rules = [
    { match: { workgroup: 'prod-*' }, exempt: true },
    { match: { workgroup: 'etl', description: 'dbt: *' }, idleMinutes: 60 },
    { match: { workgroup: 'e*' }, idleMinutes: 90 },
  ];
  const { stdout } = await run(['explain', id], { cwd: await appWith({ rules }) });
  expect(stdout).toContain('✗ rules[0] workgroup "prod-*": exempt: differs, workgroup is "etl"');
  expect(stdout).toContain(
    '✓ rules[1] workgroup "etl" and description "dbt: *": idle 1 h: matches, and decides',
  );
  expect(stdout).toContain(
    '- rules[2] workgroup "e*": idle 1 h 30 min: not looked at, an earlier one decided',
  );
  expect(stdout).toContain('1 h (rules[1])');
});

test('explain holds rules against the owner, the role, the tags and the clock, as the last look does', async () => {
  const executionRole = 'arn:aws:iam::111122223333:role/spark';
  const { id } = await idleInEtl(45, { tags: { Team: 'data\u001b' }, executionRole });
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const rules = [
    { match: { tag: 'Team=web' }, exempt: true },
    { match: { hours: { days, timezone: 'UTC' }, owner: 'ada' }, idleMinutes: 90 },
    { match: { owner: 'spark' }, idleMinutes: 60 },
  ];
  const { stdout } = await run(['explain', id], { cwd: await appWith({ rules }) });
  expect(stdout).toContain('✗ rules[0] tag "Team=web": exempt: differs, tag is "Team=data "');
  expect(stdout).toContain(`hours ${days.join(', ')} (UTC): idle 1 h 30 min: differs, owner is "spark"`);
  expect(stdout).toContain('✓ rules[2] owner "spark": idle 1 h: matches, and decides');
  expect(stdout).toContain('Kept: within its limit.');
});

test('explain says that hours may change when a session is due', async () => {
  const { id } = await idleInEtl(10);
  const hours = { from: '00:00', to: '00:01', timezone: 'UTC' };
  const cwd = await appWith({ rules: [{ match: { hours, workgroup: 'other' }, idleMinutes: 15 }] });
  const { stdout } = await run(['explain', id], { cwd });
  expect(stdout).toContain('if it stays as it is, unless the hours of a rule give it another limit before.');
});

test('explain says where the listing alone is judged by a more generous rule', async () => {
  const { id } = await idleInEtl(45, { tags: { Owner: 'ada' } });
  const rules = [
    { match: { owner: 'ada' }, idleMinutes: 60 },
    { match: { workgroup: 'e*' }, idleMinutes: 90 },
    { match: { workgroup: '*' }, idleMinutes: 20 },
  ];
  const { stdout } = await run(['explain', id], { cwd: await appWith({ rules }) });
  expect(stdout).toContain('But the listing alone is judged by rules[1], which is more generous: it holds.');
  expect(stdout).toContain('1 h 30 min (rules[1])');
});

test('explain shows the tags that spare a session', async () => {
  const { id } = await idleInEtl(45, { tags: { 'session-reaper:exempt': 'true' } });
  const { stdout } = await run(['explain', id]);
  expect(stdout).toContain('session-reaper:exempt: "true" on the session');
  expect(stdout).toContain('Never due while it is exempt.');
});

test('explain says from when on no tag exempts a session', async () => {
  const { id } = await idleInEtl(45, { tags: { 'session-reaper:exempt': 'true' }, ageMinutes: 4_000 });
  const cwd = await appWith({ tags: { maxExemptDays: 2 } });
  const { stdout } = await run(['explain', id], { cwd });
  expect(stdout).toMatch(/No tag exempts it from \S+ \S+ UTC on \(tags\.maxExemptDays\)\./);
  expect(stdout).toContain('Due: idle past its limit.');
});

test('explain names the owner as plain text, and what says so', async () => {
  const { id } = await idleInEtl(45, { tags: { Owner: 'ada\u001b[31m\u202e' } });
  expect((await run(['explain', id])).stdout).toMatch(/Owner +ada \[31m \(a tag of the session names it\)\n/);
  const executionRole = 'arn:aws:iam::111122223333:role/service/spark';
  const { id: other } = await idleInEtl(45, { executionRole });
  expect((await run(['explain', other])).stdout).toMatch(/Owner +spark \(the role that it runs as\)\n/);
});

test('explain says where a workgroup is left out', async () => {
  const { id } = await idleInEtl(45);
  const cwd = await appWith({ workgroups: { exclude: ['e?l'] } });
  const { stdout } = await run(['explain', id], { cwd });
  expect(stdout).toContain('No: "e?l" in workgroups.exclude matches it.');
  expect(stdout).toContain('Not touched: its workgroup is not swept.');
});

test('explain says that a busy session has no limit, and a timestamp is of no use', async () => {
  const { region, id } = await idleInEtl(45, { state: 'BUSY' });
  expect((await run(['explain', id])).stdout).toContain('None for a session that is BUSY.');
  const odd = region.putSession({ workGroup: 'etl', shows: { IdleSinceDateTime: new Date('2099-01-01') } });
  const { stdout } = await run(['explain', odd]);
  expect(stdout).toContain('idle since: no usable time');
  expect(stdout).toContain('Kept: timestamp in the future.');
});

test('explain says that a session is over already, or in a state that nobody knows', async () => {
  const { athena, id } = await idleInEtl(45, { state: 'TERMINATED' });
  expect((await run(['explain', id])).stdout).toContain('Nothing to decide: it is TERMINATED already.');
  athena.script({ kind: 'replace', operation: 'GetSession', member: 'State', value: 'HIBERNATED' });
  expect((await run(['explain', id])).stdout).toContain('Kept: state not known.');
});

test('explain finds the region of a session', async () => {
  const { athena } = await accountAt();
  athena.region('us-east-1').createWorkgroup({ name: 'etl' });
  const id = athena.region('us-east-1').putSession({ workGroup: 'etl' });
  const { stdout } = await run(['explain', id, '--region', 'eu-west-1', '--region', 'us-east-1']);
  expect(stdout).toContain('etl in us-east-1');
});

test('explain --json prints the facts', async () => {
  const { id } = await idleInEtl(45);
  const { stdout } = await run(['explain', id, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    session: { sessionId: id, workGroup: 'etl' },
    selection: { swept: true },
    decision: { action: 'terminate', rule: 'default' },
  });
});

test('explain of an unknown session says where it looked, and exits with 2', async () => {
  await accountAt();
  const { exitCode, stderr } = await run(['explain', 'no-such-session']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('There is no session no-such-session in eu-west-1.');
});

test('explain without tags to read says that a sweep would not end the session', async () => {
  const { athena, id } = await idleInEtl(45);
  athena.script({
    kind: 'error',
    operation: 'ListTagsForResource',
    code: 'AccessDeniedException',
    message: 'No.',
  });
  const { exitCode, stderr } = await run(['explain', id]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('a sweep would not end it now');
  expect(stderr).toContain('Allow athena:ListTagsForResource on arn:aws:athena:eu-west-1:');
});
