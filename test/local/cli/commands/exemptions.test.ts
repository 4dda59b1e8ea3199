import { expect, test } from 'vitest';
import { accountAt, appWith, run } from '../../../support/command-line.js';

/** Exemptions of every kind, some that are over, and sessions without any. */
async function exemptAccount() {
  const served = await accountAt();
  const { region } = served;
  region.createWorkgroup({ name: 'etl' });
  region.createWorkgroup({ name: 'adhoc', tags: { 'session-reaper:exempt': '2098-05-01' } });
  region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
  const put = (workGroup: string, ageMinutes: number, value?: string, more: object = {}) =>
    region.putSession({
      workGroup,
      minutesInState: 1,
      ageMinutes,
      ...(value !== undefined && { tags: { 'session-reaper:exempt': value } }),
      ...more,
    });
  const ids = {
    forever: put('etl', 500, 'true'),
    older: put('etl', 900, 'someone asked'),
    dated: put('etl', 100, '2099-01-01', { state: 'BUSY' }),
    over: put('etl', 100, '2020-01-01'),
    refused: put('etl', 100, 'false'),
    plain: put('adhoc', 100),
    ended: put('etl', 100, 'true', { state: 'TERMINATED' }),
  };
  return { ...served, ids };
}

interface Shown {
  readonly sessionId?: string;
  readonly workGroup: string;
  readonly until: string | null;
  readonly startedAt: string | null;
  readonly by: string;
}

test('exemptions lists all that stand, those without an end first, with start and end', async () => {
  const { ids, region } = await exemptAccount();
  const { exitCode, stdout, stderr } = await run(['exemptions', '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { exemptions }: { exemptions: Shown[] } = JSON.parse(stdout);
  expect(exemptions.map(({ sessionId, workGroup, until }) => [sessionId ?? workGroup, until])).toEqual([
    [ids.older, null],
    [ids.forever, null],
    [ids.dated, '2099-01-02T11:59:59.999Z'],
    ['adhoc', '2098-05-02T11:59:59.999Z'],
  ]);
  expect(exemptions[0]?.startedAt).toBe(region.session(ids.older).startedAt.toISOString());
  expect(exemptions[3]?.by).toBe('tag session-reaper:exempt=2098-05-01 on workgroup');
});

test('exemptions counts a call for each workgroup and each session that runs, and says how many', async () => {
  const { athena } = await exemptAccount();
  const { stdout } = await run(['exemptions']);
  expect(athena.journal.count('ListTagsForResource')).toBe(2 + 6);
  expect(athena.journal.count('GetSession')).toBe(0);
  expect(stdout).toContain(`4 exemptions. Calls to Athena: ${athena.journal.calls.length}.`);
  expect(stdout).toContain('Tag prefix session-reaper (defaults, no cdk.json here or above)');
});

test('exemptions shows those by rule too', async () => {
  const { ids } = await exemptAccount();
  const rules = [{ match: { workgroup: 'ad*' }, exempt: true }];
  const { stdout } = await run(['exemptions'], { cwd: await appWith({ rules }) });
  expect(stdout).toMatch(
    new RegExp(`no end +\\S+ \\S+ UTC +eu-west-1 adhoc +${ids.plain} +rules\\[0\\]$`, 'm'),
  );
});

test('exemptions shows those by a rule that asks for a tag or an owner', async () => {
  const { ids, region } = await exemptAccount();
  region.tag({ sessionId: ids.plain }, { Owner: 'ada' });
  const rules = [{ match: { owner: 'ad?' }, exempt: true }];
  const { stdout } = await run(['exemptions'], { cwd: await appWith({ rules }) });
  expect(stdout).toMatch(new RegExp(`adhoc +${ids.plain} +rules\\[0\\]$`, 'm'));
  expect(stdout).toContain('5 exemptions.');
});

test('exemptions by rule stand where tags are off', async () => {
  const { athena } = await exemptAccount();
  const rules = [{ match: { workgroup: 'adhoc' }, exempt: true }];
  const { stdout } = await run(['exemptions'], { cwd: await appWith({ rules, tags: { enabled: false } }) });
  expect(stdout).toContain('Tags are off (cdk.json): rules alone exempt');
  expect(stdout).toContain('1 exemption.');
  expect(athena.journal.count('ListTagsForResource')).toBe(0);
});

test('exemptions --csv prints a header and a line for each, safe for spreadsheets', async () => {
  const { ids, region } = await exemptAccount();
  region.tag({ sessionId: ids.plain }, { 'session-reaper:exempt': '\u001b]0;x\u0007"a",\n=1' });
  const { stdout } = await run(['exemptions', '--csv']);
  const [header, ...lines] = stdout.trimEnd().split('\n');
  expect(header).toBe('exempt_until,started,region,workgroup,session_id,by');
  expect(lines).toHaveLength(5);
  expect(lines.join()).not.toContain('\u001b');
  expect(lines.at(-1)).toBe(
    '2098-05-02T11:59:59.999Z,,eu-west-1,adhoc,,tag session-reaper:exempt=2098-05-01 on workgroup',
  );
});

test.each([60, 80, 100, 200])(
  'exemptions fits %d columns, with ids that can be copied whole',
  async (columns) => {
    const { ids } = await exemptAccount();
    process.env.COLUMNS = String(columns);
    const { stdout } = await run(['exemptions']);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(
      Math.max(columns, 65),
    );
    for (const id of [ids.forever, ids.older, ids.dated]) expect(stdout).toContain(id);
  },
);

test('exemptions keeps to the workgroups that it is given', async () => {
  await exemptAccount();
  const { stdout } = await run(['exemptions', '--workgroup', 'adhoc']);
  expect(stdout).toContain('1 exemption.');
});

test('exemptions says that the settings select no workgroup, and what may be meant', async () => {
  await exemptAccount();
  const { exitCode, stderr } = await run(['exemptions', '--workgroup', 'adhok']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('error: The settings select no workgroup.');
  expect(stderr).toContain('Did you mean "adhoc"?');
  const one = await run(['exemptions', '--workgroup', 'adhok', '--workgroup', 'adhoc', '--csv']);
  expect([one.exitCode, one.stderr]).toEqual([0, '\nNo workgroup matches "adhok". Did you mean "adhoc"?\n']);
});

test('what cannot be listed or read may be exempt too, and exemptions says so', async () => {
  const { athena, ids } = await exemptAccount();
  athena.script({
    kind: 'error',
    operation: 'ListTagsForResource',
    code: 'AccessDeniedException',
    sessionId: ids.forever,
  });
  const unread = await run(['exemptions']);
  expect(unread.exitCode).toBe(2);
  expect(unread.stdout).toContain('3 exemptions.');
  expect(unread.stderr).toContain('There may be more exemptions: the tags of 1 resource could not be read.');
  expect(unread.stderr).toContain('→ Allow athena:ListTagsForResource');
  athena.script({ kind: 'error', operation: 'ListWorkGroups', code: 'AccessDeniedException' });
  expect((await run(['exemptions'])).exitCode).toBe(3);
});

test('exemptions says where Athena does not let the tags of sessions be read', async () => {
  const { region } = await accountAt({ world: { sessionTags: 'ResourceNotFoundException' } });
  region.createWorkgroup({ name: 'etl' });
  region.putSession({ workGroup: 'etl' });
  const { exitCode, stdout } = await run(['exemptions']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('No exemption stands.');
  expect(stdout).toContain('Athena does not let the own tags of 1 session be read.');
});

test('exemptions ends those of sessions by tags.maxExemptDays, and leaves out those that it has ended', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  const tags = { 'session-reaper:exempt': 'true' };
  const young = region.putSession({ workGroup: 'etl', ageMinutes: 60, tags });
  region.putSession({ workGroup: 'etl', ageMinutes: 2 * 1_440, tags });
  const cwd = await appWith({ tags: { maxExemptDays: 1 } });
  const { exemptions }: { exemptions: Shown[] } = JSON.parse(
    (await run(['exemptions', '--json'], { cwd })).stdout,
  );
  const end = new Date(region.session(young).startedAt.getTime() + 86_400_000).toISOString();
  expect(exemptions.map(({ sessionId, until }) => [sessionId, until])).toEqual([[young, end]]);
  expect((await run(['exemptions'], { cwd })).stdout).toContain('for longer than 1 day after its start');
});
