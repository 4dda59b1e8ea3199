/** `scan --owners` and `scan --dpus`. */
import { expect, test } from 'vitest';
import { DEFAULT_ACCOUNT } from '../../../../local/athena/index.js';
import { policyFor } from '../../../../local/permissions/command-policies.js';
import { REGION } from '../../../support/athena.js';
import { accountAt, run } from '../../../support/command-line.js';
import { refusals } from '../../../support/iam.js';

/** One due, one kept, one in use, in two workgroups. */
async function ownedAccount() {
  const served = await accountAt();
  const { region } = served;
  region.createWorkgroup({ name: 'etl', tags: { Owner: 'etl team' } });
  region.createWorkgroup({ name: 'adhoc' });
  region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
  const ids = {
    due: region.putSession({
      workGroup: 'etl',
      minutesInState: 60,
      ageMinutes: 120,
      idleTimeoutMinutes: 180,
      workers: 2,
      tags: { Owner: 'ada' },
    }),
    kept: region.putSession({ workGroup: 'etl', ageMinutes: 60, idleTimeoutMinutes: 60 }),
    busy: region.putSession({
      workGroup: 'adhoc',
      state: 'BUSY',
      ageMinutes: 60,
      workers: 7,
      tags: { Owner: 'ada' },
    }),
  };
  return { ...served, ids };
}

interface Cost {
  readonly sessionId: string;
  readonly dollarsBilled?: number;
  readonly billedFrom?: string;
  readonly dollarsToBill?: number;
  readonly dpus?: number;
  readonly owner?: string;
}

async function costsBy(args: readonly string[]): Promise<ReadonlyMap<string, Cost>> {
  const { stdout } = await run(['scan', '--json', ...args]);
  const { costs }: { costs: readonly Cost[] } = JSON.parse(stdout);
  return new Map(costs.map((cost) => [cost.sessionId, cost]));
}

test('scan says what each session has billed and, of those that are due, what is still to bill', async () => {
  const { athena, ids } = await ownedAccount();
  const costs = await costsBy([]);
  expect(costs.get(ids.due)).toMatchObject({ billedFrom: 'statistics' });
  expect(costs.get(ids.due)?.dollarsBilled).toBeCloseTo(2 * 3 * 0.35, 2);
  expect(costs.get(ids.due)?.dollarsToBill).toBeCloseTo(2 * 0.35, 2);
  expect(costs.get(ids.kept)).toMatchObject({ billedFrom: 'age' });
  expect(costs.get(ids.kept)?.dollarsBilled).toBeCloseTo(0.35, 2);
  expect(costs.get(ids.kept)?.dollarsToBill).toBeUndefined();
  const { stdout } = await run(['scan']);
  expect(stdout).toMatch(/BILLED +TO BILL +OWNER/);
  expect(stdout).toMatch(/\$2\.10 +\$0\.70 +ada/);
  expect(stdout).toMatch(/Billed so far +at least \$2\.45\n/);
  expect(stdout).toContain('To save         at least 2.0 DPU-hours, about $0.70');
  expect(stdout).not.toContain('Still to bill');
  // Two scans, one look at the session that is due in each.
  expect(athena.journal.of('GetSession').map(({ sessionId }) => sessionId)).toEqual([ids.due, ids.due]);
});

test('scan --owners looks once at every other session, also of states that a sweep does not list', async () => {
  const { athena, ids } = await ownedAccount();
  const costs = await costsBy(['--owners']);
  expect(costs.get(ids.due)?.owner).toBe('ada');
  expect(costs.get(ids.kept)).toMatchObject({ owner: 'etl team', billedFrom: 'statistics' });
  expect(costs.get(ids.kept)?.dollarsToBill).toBeCloseTo(0.35, 2);
  expect(costs.get(ids.busy)).toMatchObject({ owner: 'ada', billedFrom: 'statistics' });
  expect(athena.journal.count('GetSession')).toBe(3);
  // Of each session once, of etl for the session that is due and for the other, of adhoc once.
  expect(athena.journal.count('ListTagsForResource')).toBeLessThanOrEqual(3 + 3);
});

test('scan --owners says what it cost in calls', async () => {
  const { athena } = await ownedAccount();
  await run(['scan']);
  const before = athena.journal.calls.length;
  const { exitCode, stdout } = await run(['scan', '--owners']);
  expect(exitCode).toBe(0);
  const [, said] = /--owners asked about 3 sessions: (\d+) calls more/.exec(stdout) ?? [];
  expect(athena.journal.calls.length - 2 * before).toBe(Number(said));
});

test('scan --dpus says who holds the quota now, to the last page', async () => {
  const { athena, ids, region } = await ownedAccount();
  const large = region.putSession({ workGroup: 'adhoc', workers: 130 });
  const costs = await costsBy(['--dpus']);
  expect([ids.due, ids.kept, ids.busy, large].map((id) => costs.get(id)?.dpus)).toEqual([3, 1, 8, 131]);
  expect(athena.journal.count('ListExecutors')).toBe(5);
  const { stdout } = await run(['scan', '--dpus']);
  expect(stdout).toMatch(/ DPUS /);
  expect(stdout).toContain('NOT SWEPT: no limit for their state (1)');
  expect(stdout).toContain('DPUs held now   143, by 4 sessions');
});

test('where Athena lists no executors of a session, scan --dpus says so and goes on', async () => {
  const { athena, ids } = await ownedAccount();
  athena.script({
    kind: 'error',
    operation: 'ListExecutors',
    code: 'InvalidRequestException',
    sessionId: ids.busy,
  });
  const { exitCode, stdout } = await run(['scan', '--dpus']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Athena does not list the executors of 1 session: their DPUs are not known.');
  expect(stdout).toContain('DPUs held now   4, by 2 sessions');
});

test('what scan may not ask is said with the right that is missing, and the rest is shown', async () => {
  const { athena } = await ownedAccount();
  athena.script({ kind: 'error', operation: 'ListExecutors', code: 'AccessDeniedException', message: 'No.' });
  const { exitCode, stdout, stderr } = await run(['scan', '--dpus']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('WOULD BE ENDED (1)');
  expect(stderr).toContain('3 sessions could not be asked about.');
  expect(stderr).toContain('→ Allow athena:ListExecutors on *');
});

test('scan --summary has totals by workgroup and by owner', async () => {
  await ownedAccount();
  const { stdout } = await run(['scan', '--summary', '--owners', '--dpus']);
  expect(stdout).toMatch(/REGION AND WORKGROUP .* DPUS +BILLED +TO BILL\n/);
  expect(stdout).toMatch(/^eu-west-1 etl +1 +0 +1 +1 h +4 +\$2\.45 +\$1\.05$/m);
  expect(stdout).toMatch(/^ada +1 +0 +1 +1 h +11 +\$4\.90 +\$0\.70$/m);
  expect(stdout).toMatch(/^etl team +0 +0 +1 +\S+ \S* ?min +1 +\$0\.35 +\$0\.35$/m);
});

test('scan --summary does not take a session that nobody asked about for one without an owner', async () => {
  const { region } = await ownedAccount();
  region.putSession({ workGroup: 'adhoc', minutesInState: 60, tags: { Owner: '(not asked: --owners)' } });
  region.putSession({ workGroup: 'adhoc', minutesInState: 60 });
  const { stdout } = await run(['scan', '--summary']);
  expect(stdout).toMatch(/^\(no owner known\) +1 /m);
  // The owner of that name, and the one session that is not due.
  expect(stdout.match(/^\(not asked: --owners\) /gm)).toHaveLength(2);
});

test('owners are shown on one line, without what cannot be seen, and apart from each other', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  for (const Owner of ['__proto__', 'a\u001b[2J\nb', '=1+1', '\u202e"ada",\\'])
    region.putSession({ workGroup: 'etl', tags: { Owner } });
  const { stdout } = await run(['scan', '--summary', '--owners']);
  for (const name of ['__proto__', 'a [2J b', '=1+1']) expect(stdout).toContain(`\n${name} `);
  for (const unseen of ['\u001b', '\u202e']) expect(stdout).not.toContain(unseen);
  const csv = await run(['scan', '--csv', '--owners']);
  expect(csv.stdout).toContain(",'=1+1,");
});

test('each call of scan --owners --dpus is allowed by its policy, and ListExecutors by --dpus alone', async () => {
  const { athena } = await ownedAccount();
  await run(['scan', '--owners', '--dpus']);
  const scope = { regions: [REGION], workgroups: ['*'], account: DEFAULT_ACCOUNT, stack: 'S' };
  expect(refusals(athena.journal.calls, policyFor('scan', scope, { dpus: true }).Statement)).toEqual([]);
  const refused = refusals(athena.journal.calls, policyFor('scan', scope).Statement);
  expect(new Set(refused)).toEqual(new Set(['athena:ListExecutors on *']));
});

test('Ctrl+C while scan asks shows what was seen, and exits with 130', async () => {
  const { athena } = await ownedAccount();
  const interruption = new AbortController();
  athena.script({ kind: 'before', operation: 'ListExecutors', run: () => interruption.abort() });
  const { exitCode, stdout } = await run(['scan', '--dpus'], { interrupted: interruption.signal });
  expect(exitCode).toBe(130);
  expect(stdout).toContain('WOULD BE ENDED (1)');
});
