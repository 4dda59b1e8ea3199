/** The construct in apps as `cdk init` makes them, with the oldest and the newest CDK that the peer ranges allow. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packInto, ROOT } from '../support/packed-package.js';
import { APP, APP_STACK, APP_TEST, ES_MODULE } from './sources.js';

const run = promisify(execFile);
let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'reaper-apps-'));
  tarball = path.join(folder, (await packInto(folder)).filename);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const { devDependencies, peerDependencies } = JSON.parse(
  await readFile(path.join(ROOT, 'package.json'), 'utf8'),
);
const PEERS = ['aws-cdk-lib', 'constructs'];

describe.each([
  {
    name: 'today, with the newest CDK',
    cli: devDependencies['aws-cdk'],
    versions: Object.fromEntries(PEERS.map((peer) => [peer, devDependencies[peer]])),
  },
  {
    // TypeScript 5.6 with `module` commonjs, target ES2020 and without skipLibCheck, ts-jest, ts-node.
    name: 'in March 2025, with the oldest CDK',
    cli: '2.1005.0',
    versions: Object.fromEntries(PEERS.map((peer) => [peer, lowest(peerDependencies[peer])])),
  },
])('an app as cdk init made it $name', ({ cli, versions }) => {
  let app: string;
  const inApp = (command: string, ...args: readonly string[]) =>
    run(command, args, { cwd: app, env: ENV }).catch(({ message, stdout }) => {
      // Compilers write their mistakes to standard output.
      throw new Error(`${message}\n${stdout}`);
    });

  beforeAll(async () => {
    app = path.join(folder, cli, 'data');
    await mkdir(app, { recursive: true });
    await inApp(
      'npx',
      '--yes',
      `aws-cdk@${cli}`,
      'init',
      'app',
      '--language',
      'typescript',
      '--generate-only',
    );
    await writeFile(path.join(app, 'lib', 'data-stack.ts'), APP_STACK);
    await writeFile(path.join(app, 'bin', 'data.ts'), APP);
    await writeFile(path.join(app, 'test', 'data.test.ts'), APP_TEST);
    await writeFile(path.join(app, 'module.mjs'), ES_MODULE);
    const packages = Object.entries({ ...versions, 'cdk-nag': '2.36.8' }).map(([of, at]) => `${of}@${at}`);
    await inApp('npm', 'install', '--save-exact', '--no-audit', '--no-fund', ...packages, tarball);
  });

  test('is installed with just these versions', async () => {
    const installed = PEERS.map(async (peer) => {
      const { version } = JSON.parse(
        await readFile(path.join(app, 'node_modules', peer, 'package.json'), 'utf8'),
      );
      return [peer, version];
    });
    expect(Object.fromEntries(await Promise.all(installed))).toEqual(versions);
  });

  test('compiles', () => inApp('npm', 'run', 'build'));

  test('passes its Jest tests: each configuration is synthesized, and cdk-nag 2 has nothing to say', async () => {
    const { stderr } = await inApp('npm', 'test');
    expect(stderr).toMatch(/^Tests: +\d+ passed, \d+ total$/m);
  });

  test('is synthesized by its command line', async () => {
    await inApp('npx', 'cdk', 'synth', '--quiet');
    const manifest = JSON.parse(await readFile(path.join(app, 'cdk.out', 'manifest.json'), 'utf8'));
    expect(Object.keys(manifest.artifacts)).toContain('Data');
  });

  test('imports the construct by name in an ES module', async () => {
    const { stdout } = await inApp(process.execPath, 'module.mjs');
    expect(stdout).toBe('45\n');
  });
});

const ENV = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_VALIDATION: 'false' };

/** @returns the lowest version in a caret range. */
function lowest(range: string): string {
  return range.replace(/^\^/, '');
}
