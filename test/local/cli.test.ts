/** The command line as a process of its own. The tests run side by side: each waits for its processes. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { beforeAll, type TestContext, test } from 'vitest';
import { DEMO_FLEET, readFleet } from '../../local/athena/fleets/fleet.js';
import { EmbeddedAthena, serveAthena } from '../../local/athena/index.js';
import { REGION } from '../support/athena.js';
import { bundledProgram } from '../support/bundled-program.js';
import { isOfTheMachine, PERSON } from '../support/command-line.js';

/** As `npm start` has it. */
const FROM_SOURCES = ['--import', 'tsx', 'local/cli.ts'];
let cli: string;
beforeAll(async () => {
  cli = await bundledProgram('local/cli.ts');
});

type Variables = Readonly<Record<string, string>>;

function environment(variables: Variables = {}): NodeJS.ProcessEnv {
  // That the SDK does not warn on Node 20 the command line itself has to see to: the variable for it goes, too.
  const machine = Object.entries(process.env).filter(([name]) => !isOfTheMachine(name) && name !== 'VITEST');
  return { ...Object.fromEntries(machine), ...variables };
}

function command(args: readonly string[], variables?: Variables, program: readonly string[] = [cli]) {
  return promisify(execFile)(process.execPath, [...program, ...args], { env: environment(variables) });
}

/** An embedded Athena, until the test ends, with a workgroup, and an environment that leads to it. */
async function account({ onTestFinished }: TestContext) {
  const athena = new EmbeddedAthena();
  const { url, close } = await serveAthena(athena);
  onTestFinished(close);
  const region = athena.region(REGION);
  region.createWorkgroup({ name: 'etl' });
  return { athena, region, variables: { ...PERSON, AWS_ENDPOINT_URL_ATHENA: url } };
}

function started(args: readonly string[], variables: Variables) {
  const child = spawn(process.execPath, [cli, ...args], { env: environment(variables) });
  return { child, stderr: text(child.stderr) };
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [exitCode] = await once(child, 'exit');
  return exitCode;
}

test.concurrent('npm start sweeps the demo fleet, and shows what became of every session in 80 columns', async ({
  expect,
}) => {
  const variables = { AWS_PROFILE: 'none', AWS_USE_FIPS_ENDPOINT: 'true', COLUMNS: '80' };
  const { stdout, stderr } = await command(['demo'], variables, FROM_SOURCES);
  expect(stderr).toBe('');
  const { workgroups } = await readFleet(DEMO_FLEET);
  const ids = stdout.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g);
  expect(new Set(ids).size).toBe(workgroups.flatMap(({ sessions }) => sessions).length);
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  for (const part of ['ENDED', 'SPARED', 'KEPT', 'TERMINATING', 'Saved', 'DPU-hours', 'Next']) {
    expect(stdout).toContain(part);
  }
  expect(stdout).not.toContain('\u001b[');
});

test.concurrent('demo --json prints the report alone', async ({ expect }) => {
  const { stdout, stderr } = await command(['demo', '--json']);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 2, mode: 'terminate', complete: true });
});

test.concurrent('colour comes where it is asked for, and never with NO_COLOR', async (context) => {
  const { expect } = context;
  const { variables } = await account(context);
  const errors = (colours: Variables) =>
    command(['explain', 'x'], { ...variables, ...colours }).catch(({ stderr }) => stderr);
  const [forced, none] = await Promise.all([
    errors({ FORCE_COLOR: '1' }),
    errors({ FORCE_COLOR: '1', NO_COLOR: '1' }),
  ]);
  expect(forced).toContain('\u001b[31merror:');
  // Node itself warns from version 22 on where both are set.
  expect(none).toMatch(/^error: /m);
  expect(none).not.toContain('\u001b');
});

test.concurrent('Ctrl+C stops a scan that waits, and exits with 130', async (context) => {
  const { expect } = context;
  const { athena, variables } = await account(context);
  athena.script({ kind: 'hang', operation: 'ListSessions' });
  const { child, stderr } = started(['scan'], variables);
  while (athena.journal.count('ListSessions') === 0) await sleep(20);
  child.kill('SIGINT');
  expect(await ended(child)).toBe(130);
  expect(await stderr).toContain('Stopped.');
});

test.concurrent('a pipe that is closed early is no error', async (context) => {
  const { expect } = context;
  const { region, variables } = await account(context);
  for (let count = 0; count < 300; count += 1) region.putSession({ workGroup: 'etl' });
  const { child, stderr } = started(['scan'], variables);
  child.stdout.destroy();
  expect(await ended(child)).toBe(0);
  expect(await stderr).toBe('');
});

test.concurrent('completion prints a script for a shell, and completes commands and options', async ({
  expect,
}) => {
  const completions = await Promise.all([
    command(['completion', 'bash']),
    command(['complete', '--', 're']),
    command(['complete', '--', 'reap', '--dr']),
  ]);
  const [script, commands, options] = completions.map(({ stdout }) => stdout);
  expect(script).toContain('athena-session-reaper');
  expect(commands).toMatch(/^reap\t/m);
  expect(options).toMatch(/^--dry-run\t/m);
});

test.concurrent.for(['SIGINT', 'SIGTERM'] as const)(
  'verify that gets %s ends its session, and exits with 130',
  async (signal, context) => {
    const { expect } = context;
    const { athena, region, variables } = await account(context);
    const { child, stderr } = started(['verify', '--yes'], variables);
    while (athena.journal.count('GetSessionStatus') === 0) await sleep(20);
    child.kill(signal);
    expect(await ended(child)).toBe(130);
    const [session] = region.sessions();
    expect(session?.endedBy).toBe('TerminateSession');
    expect(await stderr).toContain(`Session ${session?.sessionId} was ended.`);
  },
);
