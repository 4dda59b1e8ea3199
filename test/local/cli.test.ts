import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { DEMO_FLEET, readFleet } from '../../local/athena/fleets/fleet.js';
import { bundledProgram } from '../support/bundled-program.js';
import { accountAt } from '../support/command-line.js';

/** As `npm start` has it. */
const FROM_SOURCES = ['--import', 'tsx', 'local/cli.ts'];
let cli: string;
beforeAll(async () => {
  cli = await bundledProgram('local/cli.ts');
});

function environment(variables: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NO_COLOR, FORCE_COLOR, COLUMNS, VITEST, ...rest } = process.env;
  // On Node 20 the SDK would warn: the command line itself has to see to it.
  delete rest.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED;
  return { ...rest, ...variables };
}

function command(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  program: readonly string[] = [cli],
) {
  return promisify(execFile)(process.execPath, [...program, ...args], { env: environment(variables) });
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [exitCode] = await once(child, 'exit');
  return exitCode;
}

test('npm start sweeps the demo fleet, and shows what became of every session in 80 columns', async () => {
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

test('demo --json prints the report alone', async () => {
  const { stdout, stderr } = await command(['demo', '--json']);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 2, mode: 'terminate', complete: true });
});

test('colour comes where it is asked for, and never with NO_COLOR', async () => {
  const { url } = await accountAt();
  const variables = { AWS_ENDPOINT_URL_ATHENA: url };
  const [forced, none] = await Promise.all([
    command(['explain', 'x'], { ...variables, FORCE_COLOR: '1' }).catch(({ stderr }) => stderr),
    command(['explain', 'x'], { ...variables, FORCE_COLOR: '1', NO_COLOR: '1' }).catch(
      ({ stderr }) => stderr,
    ),
  ]);
  expect(forced).toContain('\u001b[31merror:');
  // Node itself warns from version 22 on where both are set.
  expect(none).toMatch(/^error: /m);
  expect(none).not.toContain('\u001b');
});

test('Ctrl+C stops a scan that waits, and exits with 130', async () => {
  const { athena, url, region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  athena.script({ kind: 'hang', operation: 'ListSessions' });
  const child = spawn(process.execPath, [cli, 'scan'], {
    env: environment({ AWS_ENDPOINT_URL_ATHENA: url }),
  });
  const stderr = text(child.stderr);
  while (athena.journal.count('ListSessions') === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  expect(await ended(child)).toBe(130);
  expect(await stderr).toContain('Stopped.');
});

test('a pipe that is closed early is no error', async () => {
  const { url, region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  for (let count = 0; count < 300; count += 1) region.putSession({ workGroup: 'etl' });
  const child = spawn(process.execPath, [cli, 'scan'], {
    env: environment({ AWS_ENDPOINT_URL_ATHENA: url }),
  });
  const stderr = text(child.stderr);
  child.stdout.destroy();
  expect(await ended(child)).toBe(0);
  expect(await stderr).toBe('');
});

test('completion prints a script for a shell, and completes commands and options', async () => {
  expect((await command(['completion', 'bash'])).stdout).toContain('athena-session-reaper');
  expect((await command(['complete', '--', 're'])).stdout).toMatch(/^reap\t/m);
  expect((await command(['complete', '--', 'reap', '--dr'])).stdout).toMatch(/^--dry-run\t/m);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'verify that gets %s ends its session, and exits with 130',
  async (signal) => {
    const { athena, url, region } = await accountAt();
    region.createWorkgroup({ name: 'etl' });
    const child = spawn(process.execPath, [cli, 'verify', '--yes'], {
      env: environment({ AWS_ENDPOINT_URL_ATHENA: url }),
    });
    const stderr = text(child.stderr);
    while (athena.journal.count('GetSessionStatus') === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill(signal);
    expect(await ended(child)).toBe(130);
    const [session] = region.sessions();
    expect(session?.endedBy).toBe('TerminateSession');
    expect(await stderr).toContain(`Session ${session?.sessionId} was ended.`);
  },
);
