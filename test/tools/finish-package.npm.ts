/** The package, made of sources that esbuild compiled; build-package.npm.ts compiles, packs and installs the real one. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finishPackage } from '../../tools/finish-package.js';
import { contentsOf, ROOT } from '../support/packed-package.js';

let folder: string;
let dist: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'reaper-finish-'));
  dist = path.join(folder, 'dist');
  await copyFile(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  const sources = await Promise.all(['lambda', 'lib', 'local'].map((room) => filesIn(room, '.ts')));
  await build({
    absWorkingDir: ROOT,
    entryPoints: sources.flat(),
    outbase: ROOT,
    outdir: dist,
    platform: 'node',
    target: 'node20',
    format: 'esm',
  });
  await finishPackage(dist);
});

afterAll(() => rm(folder, { recursive: true }));

async function filesIn(room: string, end: string): Promise<string[]> {
  const files = await readdir(path.resolve(ROOT, room), { recursive: true });
  return files.filter((file) => file.endsWith(end)).map((file) => path.resolve(ROOT, room, file));
}

test('an install brings every package that a module of the command line imports, or has it bundled', async () => {
  const { dependencies } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const { metafile } = await build({
    entryPoints: await filesIn(path.join(dist, 'local'), '.js'),
    outdir: folder,
    write: false,
    bundle: true,
    packages: 'external',
    // Each module for itself: what it imports of ours is asked for its own packages.
    external: ['./*', '../*'],
    platform: 'node',
    format: 'esm',
    metafile: true,
  });
  const external = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.map((found) => found.path),
  );
  const packages = external.filter((name) => !/^(node:|\.)/.test(name) && !builtinModules.includes(name));
  const brought = Object.keys(dependencies);

  expect(packages).toContain('commander');
  expect(
    packages.filter((name) => !brought.some((known) => name === known || name.startsWith(`${known}/`))),
  ).toEqual([]);
});

/** A CommonJS app, which cannot require an ES module: as Jest has it, and as Node had it for years. */
const APP = `
  const { App, Stack } = require('aws-cdk-lib');
  const required = require('./dist/lib/index.js');
  const app = new App({ outdir: 'out' });
  new required.AthenaSessionReaper(new Stack(app, 'Data', { env: { region: 'eu-west-1' } }), 'Reaper');
  app.synth();
  import('./dist/lib/index.js').then((imported) =>
    console.log(Object.keys(required).filter((name) => imported[name] !== required[name])),
  );
`;

test('apps of both kinds of module load the construct, whose function is the one of the package', async () => {
  const args = ['--no-experimental-require-module', '--eval', APP];
  const env = { ...process.env, CDK_VALIDATION: 'false' };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
  const out = path.join(folder, 'out');
  const [asset = '', ...others] = (await readdir(out)).filter((name) => name.startsWith('asset.'));

  expect(stdout).toBe('[]\n');
  expect(others).toEqual([]);
  expect(await contentsOf(path.join(out, asset))).toEqual(await contentsOf(path.join(dist, 'function')));
});

test('the licences of what is bundled are kept beside it', async () => {
  const licences = (part: string) => readFile(path.join(dist, part, 'THIRD-PARTY-LICENSES'), 'utf8');
  for (const name of ['@aws-sdk/client-athena', '@smithy/core']) {
    expect(await licences('function')).toMatch(new RegExp(`^${name} \\d`, 'm'));
  }
  for (const name of ['echarts', 'marked', 'jsep', 'pure-rand', 'aws-cdk-lib', 'constructs']) {
    expect(await licences('local')).toMatch(new RegExp(`^${name} \\d`, 'm'));
  }
  expect(await licences('local')).toContain('Mike Bostock');
});
