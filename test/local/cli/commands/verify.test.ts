import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { EmbeddedAthenaOptions } from '../../../../local/athena/index.js';
import { accountAt, run } from '../../../support/command-line.js';
import { hurryTime } from '../../../support/hurried-time.js';
import { leftIn, startedIn } from '../../../support/verification.js';

/** In time that hurries, of which a session takes little here: the fewer are the looks at it. */
async function quickAccount(world: EmbeddedAthenaOptions['world'] = {}) {
  hurryTime();
  const served = await accountAt({
    timings: { creatingMs: 300, createdMs: 100 },
    world: { secondsToTerminated: 0, ...world },
  });
  served.region.createWorkgroup({ name: 'notebooks', engine: 'Apache Spark version 3.5' });
  served.region.createWorkgroup({ name: 'primary', engine: 'Athena engine version 3' });
  return served;
}

test('verify says what it will do and cost, asks, and reports each fact with what follows', async () => {
  const { region } = await quickAccount();
  const { exitCode, stdout, stderr } = await run(['verify'], { answer: () => 'y' });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('Starts one session in notebooks (Apache Spark version 3.5) of eu-west-1');
  expect(stderr).toMatch(/Costs about \$0\.\d\d, at most \$0\.\d\d\./);
  expect(stdout).toMatch(
    /^confirmed +idleSince: filled\. .*\. Relied on: .*\. Your Athena fills IdleSinceDateTime: nothing to do\.$/m,
  );
  expect(stdout).toMatch(/^seen +unknownSession: .*\. Not relied on\. Nothing to do: .*\.$/m);
  expect(stdout).toMatch(/^open +sparkConnectWork\. .*Open: .*--spark-connect.*\.$/m);
  expect(stdout).toContain(`Session ${startedIn(region)[0]?.sessionId} was ended.`);
  expect(leftIn(region)).toEqual([]);
});

test.each([80, 180])(
  'in %d columns a fact that fits is one line, and any other a block of lines',
  async (columns) => {
    await quickAccount();
    vi.stubEnv('COLUMNS', String(columns));
    const { stdout } = await run(['verify', '--yes']);
    const lines = stdout.split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
    expect(stdout).toMatch(
      /^confirmed +idleSince: filled\n(.*\n)+? +Your Athena fills IdleSinceDateTime: nothing to do\.$/m,
    );
    const wide = /^confirmed +terminateAnswer: TERMINATING\. .*Nothing to do\.$/m.test(stdout);
    expect(wide).toBe(columns === 180);
  },
);

test('verify --spark-connect says how to run work in the session, and asks whether it ran', async () => {
  const { region } = await quickAccount({ sparkConnectWork: 'busy' });
  const questions: string[] = [];
  const { exitCode, stdout, stderr } = await run(['verify', '--spark-connect'], {
    answer: (question) => {
      questions.push(question);
      const [session] = startedIn(region);
      if (session) region.sparkConnectWork(session.sessionId, { seconds: 30 });
      return session ? '' : 'y';
    },
  });
  expect(exitCode).toBe(0);
  const [session] = startedIn(region);
  expect(stderr).toMatch(/idle\s+timeout\s+of\s+15\s+minutes/);
  expect(stderr).toContain(
    `aws athena get-session-endpoint --region eu-west-1 --session-id ${session?.sessionId}`,
  );
  expect(questions).toEqual(['Start the session? [y/N] ', 'Has the work run to its end? [y/N] ']);
  expect(stdout).toMatch(/^confirmed +sparkConnectWork: busy/m);
  expect(leftIn(region)).toEqual([]);
});

test('verify starts nothing when the answer is no, and without a terminal only with --yes', async () => {
  const { region } = await quickAccount();
  const no = await run(['verify'], { answer: () => 'n' });
  expect(no).toMatchObject({ exitCode: 0, stdout: '' });
  expect(no.stderr).toContain('Nothing was started.');
  const nobody = await run(['verify']);
  expect(nobody.exitCode).toBe(1);
  expect(nobody.stderr).toContain('--yes');
  expect(startedIn(region)).toEqual([]);
});

test('verify --json prints the report alone; exit code 2 where the reaper relies on what is not so', async () => {
  const { region } = await quickAccount({ idleSince: 'empty' });
  const { exitCode, stdout, stderr } = await run(['verify', '--yes', '--json']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('The reaper relies on what is not so here: idleSince.');
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ region: 'eu-west-1', workGroup: 'notebooks', sessions: [{ ended: true }] });
  expect(report.facts).toContainEqual(
    expect.objectContaining({ id: 'idleSince', answer: 'empty', verdict: 'refuted' }),
  );
  expect(leftIn(region)).toEqual([]);
});

test('verify --record writes the answers as a world', async () => {
  await quickAccount({ terminateAnswer: 'TERMINATED' });
  const folder = await mkdtemp(path.join(tmpdir(), 'reaper-record-'));
  const { exitCode } = await run(['verify', '--yes', '--record', 'world.json'], { cwd: folder });
  expect(exitCode).toBe(0);
  const world = JSON.parse(await readFile(path.join(folder, 'world.json'), 'utf8'));
  expect(world).toMatchObject({ terminateAnswer: 'TERMINATED', sqlListing: 'InvalidRequestException' });
});

test('verify refuses a SQL workgroup with the reason, and calls nothing else', async () => {
  const { athena } = await quickAccount();
  const { exitCode, stderr } = await run(['verify', '--yes', '--workgroup', 'primary']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    'primary runs Athena engine version 3, which has no sessions; allowed: one of notebooks',
  );
  expect(new Set(athena.journal.calls.map(({ operation }) => operation))).toEqual(
    new Set(['ListWorkGroups']),
  );
});

test('verify that is stopped ends its session, says so, and exits with 130', async () => {
  const { athena, region } = await quickAccount();
  const interruption = new AbortController();
  athena.script({ kind: 'after', operation: 'GetSessionStatus', times: 1, run: () => interruption.abort() });
  const { exitCode, stderr } = await run(['verify', '--yes'], { interrupted: interruption.signal });
  expect(exitCode).toBe(130);
  expect(stderr).toContain(`Session ${startedIn(region)[0]?.sessionId} was ended.`);
  expect(leftIn(region)).toEqual([]);
});

test('verify says what to do where workgroups cannot be listed', async () => {
  const { athena } = await quickAccount();
  athena.script({
    kind: 'error',
    code: 'AccessDeniedException',
    message: 'No.',
    operation: 'ListWorkGroups',
  });
  const { exitCode, stderr } = await run(['verify', '--yes']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('Allow athena:ListWorkGroups on');
});
