/** The npm package, compiled, packed, installed and used. `npm run test:package`. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isObject } from '../../lambda/contract/values.js';
import { readReaperConfig } from '../../lib/config/config.js';
import { deployableTemplates } from '../../local/template/deployable-templates.js';
import { contentsOf, packInto, ROOT } from '../support/packed-package.js';

const run = promisify(execFile);
let app: string;
let files: readonly string[];
let unpackedSize: number;

beforeAll(async () => {
  app = await mkdtemp(path.join(tmpdir(), 'reaper-package-'));
  const packed = await packInto(app);
  files = packed.files.map(({ path: file }) => file);
  unpackedSize = packed.unpackedSize;
  await install(packed.filename);
});

afterAll(() => rm(app, { recursive: true, force: true }));

/**
 * A true install of the package and of what it depends on, at the locked versions: those are in npm's cache
 * already, because this clone has them. The CDK is linked, because every app has it and it is large.
 */
async function install(tarball: string): Promise<void> {
  const locked = JSON.parse(await readFile(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const { name, version, dependencies, bin, engines } = locked.packages[''];
  const own = { version, resolved: `file:${tarball}`, dependencies, bin, engines };
  const others = Object.entries(locked.packages).filter(
    ([place, entry]) => place !== '' && isObject(entry) && !('dev' in entry),
  );
  const manifest = {
    name: 'app',
    version: '1.0.0',
    dependencies: { [name]: `file:${tarball}` },
  };
  const packages = { '': manifest, [`node_modules/${name}`]: own, ...Object.fromEntries(others) };
  const lock = { name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  await writeFile(path.join(app, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(app, 'package-lock.json'), JSON.stringify(lock));
  await run('npm', ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: app });
  // Only from here on the CDK is found.
  await run('npx', ['--no-install', 'athena-session-reaper', 'template', '--out', 'template'], { cwd: app });
  for (const peer of ['aws-cdk-lib', 'constructs', '@types/node']) {
    await mkdir(path.dirname(path.join(app, 'node_modules', peer)), { recursive: true });
    await symlink(path.join(ROOT, 'node_modules', peer), path.join(app, 'node_modules', peer));
  }
}

test('the package holds compiled code, types, the function and the demo fleet, and nothing else', () => {
  const expected = [
    /^(package\.json|LICENSE|(README|CHANGELOG|CONTRIBUTING|SECURITY)\.md)$/,
    /^dist\/(lib|lambda)\/.+\.(js|d\.ts)$/,
    /^dist\/(lib|lambda\/contract)\/package\.json$/,
    /^dist\/local\/.+\.js$/,
    /^dist\/function\/[\w-]+\.js$/,
    /^dist\/(function|local)\/THIRD-PARTY-LICENSES$/,
    /^docs\/.+\.(md|png)$/,
    /^examples\/[\w./-]+\.(md|ts|tf|json)$/,
    /^dist\/local\/athena\/fleets\/demo\.json$/,
  ];
  expect(files.filter((file) => !expected.some((pattern) => pattern.test(file)))).toEqual([]);
  expect(files).toContain('dist/function/index.js');
  expect(unpackedSize).toBeLessThan(14_000_000);
});

test('an install brings every package that a module of the command line imports, or has it bundled', async () => {
  const modules = files
    .filter((file) => /^dist\/local\/.+\.js$/.test(file) && !/\/(cli|serve)\.js$/.test(file))
    .map((file) => `./node_modules/athena-session-reaper/${file}`);
  const script = `await Promise.all(${JSON.stringify(modules)}.map((module) => import(module)))`;
  await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: app });
});

test('publint finds nothing', async () => {
  const pkgDir = path.join(app, 'node_modules', 'athena-session-reaper');
  const { messages, pkg } = await publint({ pkgDir, strict: true, pack: false });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

const APP = `
import { App, Stack } from 'aws-cdk-lib';
import { AthenaSessionReaper, type AthenaSessionReaperProps } from 'athena-session-reaper';

const app = new App({ outdir: process.argv[2] ?? '' });
const stack = new Stack(app, 'Data', { env: { region: 'eu-west-1' } });
const props: AthenaSessionReaperProps = { config: { idleMinutes: 45, workgroups: { exclude: ['prod-*'] } } };
const reaper = new AthenaSessionReaper(stack, 'Reaper', props);
const minutes: number = reaper.config.idleMinutes;
app.synth();
console.log(minutes);
`;

describe.concurrent('a TypeScript app', () => {
  beforeAll(async () => {
    const sources = ['app.cts', 'app.mts'];
    for (const source of sources) await writeFile(path.join(app, source), APP);
    const tsc = path.join(ROOT, 'node_modules', '.bin', 'tsc');
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
    await run(tsc, [...options, ...sources], { cwd: app });
  });

  test.each([
    ['of CommonJS', 'app.cjs'],
    ['of ES modules', 'app.mjs'],
  ])('%s synthesizes, with the function as it was built for the package', async (_modules, file) => {
    const out = path.join(app, `${file}.out`);
    const env = { ...process.env, CDK_VALIDATION: 'false' };
    // As Jest does, and as Node did for years: a CommonJS module cannot load an ES module.
    const { stdout } = await run(process.execPath, ['--no-experimental-require-module', file, out], {
      cwd: app,
      env,
    });
    expect(stdout).toBe('45\n');
    const assets = (await readdir(out)).filter((name) => name.startsWith('asset.'));
    expect(assets).toHaveLength(1);
    expect(await contentsOf(path.join(out, assets[0] ?? ''))).toEqual(await contentsOf(FUNCTION));
  });
});

describe('npx athena-session-reaper template, where no CDK is installed', () => {
  const zipName = async () =>
    (await readdir(path.join(app, 'template'))).find((name) => name.endsWith('.zip')) ?? '';

  test('writes the template that the sources make', async () => {
    const written = JSON.parse(await readFile(path.join(app, 'template', 'template.json'), 'utf8'));
    const { template } = await deployableTemplates(readReaperConfig({}), await zipName());
    expect(written).toEqual(template);
  });

  test('writes the function as it was built for the package', async () => {
    const files = unzipSync(await readFile(path.join(app, 'template', await zipName())));
    const zipped = Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]);
    expect(Object.fromEntries(zipped)).toEqual(await contentsOf(FUNCTION));
  });
});

test.concurrent('npx athena-session-reaper demo runs from there', async () => {
  const { stdout } = await run('npx', ['--no-install', 'athena-session-reaper', 'demo'], { cwd: app });
  expect(stdout).toMatch(/ENDED \(\d+\)/);
  expect(stdout).toContain('npx athena-session-reaper scan');
});

/** The function's code as it was built for the package. */
const FUNCTION = path.join(ROOT, 'dist', 'function');
