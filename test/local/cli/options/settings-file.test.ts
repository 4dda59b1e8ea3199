import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { appFolder, appWith, run, useEnvironment } from '../../../support/command-line.js';

test('settings come from the nearest cdk.json above', async () => {
  const app = await appWith({ idleMinutes: 45 });
  const cwd = path.join(app, 'a', 'b');
  await mkdir(cwd, { recursive: true });
  const { stdout } = await run(['check'], { cwd });
  expect(stdout).toContain('Settings: ../../cdk.json');
  expect(stdout).toMatch(/idleMinutes +file +45/);
});

test('settings come from --config where it is given, overrides in its context included', async () => {
  const app = await appFolder({ context: { reaper: { idleMinutes: 45 }, 'reaper.tags.enabled': 'false' } });
  const { stdout } = await run(['check', '--config', 'cdk.json', '--json'], { cwd: app });
  expect(JSON.parse(stdout)).toMatchObject({ idleMinutes: 45, tags: { enabled: false } });
});

test('without settings the defaults hold, and are said to', async () => {
  const none = await run(['check']);
  expect(none.stdout).toContain('Settings: defaults, no cdk.json here or above');
  const other = await run(['check'], { cwd: await appFolder({ context: {} }) });
  expect(other.stdout).toContain('Settings: defaults, no "reaper" in cdk.json');
});

test('settings come from cdk.context.json, too, and those of cdk.json go before them', async () => {
  const cwd = await appFolder({ context: { 'reaper.idleMinutes': '45' } });
  const inContext = { 'reaper.idleMinutes': '50', reaper: { warnMinutes: 10 } };
  await writeFile(path.join(cwd, 'cdk.context.json'), JSON.stringify(inContext));
  const { stdout } = await run(['check'], { cwd });
  expect(stdout).toContain('Settings: cdk.json, cdk.context.json');
  expect(stdout).toMatch(/^idleMinutes +file +45$/m);
  expect(stdout).toMatch(/^warnMinutes +file +10$/m);
});

test('settings of the person come last', async () => {
  const home = await appFolder({});
  await writeFile(path.join(home, '.cdk.json'), JSON.stringify({ context: { reaper: { idleMinutes: 55 } } }));
  useEnvironment({ HOME: home });
  const alone = await run(['check'], { cwd: await appFolder({ context: {} }) });
  expect(alone.stdout).toContain('Settings: ~/.cdk.json');
  expect(alone.stdout).toMatch(/^idleMinutes +file +55$/m);
  const below = await run(['check'], { cwd: await appWith({ idleMinutes: 45 }) });
  expect(below.stdout).toMatch(/^idleMinutes +file +45$/m);
});

test('--defaults goes before every file', async () => {
  const { stdout } = await run(['check', '--defaults'], { cwd: await appWith({ idleMinutes: 45 }) });
  expect(stdout).toContain('Settings: defaults, because of --defaults');
  expect(stdout).toMatch(/^idleMinutes +default +30$/m);
});

test('a byte order mark is no mistake', async () => {
  const cwd = await appFolder(`\uFEFF${JSON.stringify({ context: { reaper: { idleMinutes: 45 } } })}`);
  expect((await run(['check'], { cwd })).stdout).toMatch(/^idleMinutes +file +45$/m);
});

test.each([
  ['{\n  // ours\n  "context": {} }', 2],
  ['{ "url": "https://a", "context": {},\n\n /* ours */ }', 3],
])('a comment is a mistake that is explained: %j', async (text, line) => {
  const { exitCode, stderr } = await run(['check'], { cwd: await appFolder(text) });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`found a comment in line ${line}; allowed: JSON, which has no comments`);
});

test.each([
  ['a missing file', ['--config', 'none.json'], 'found nothing to read (ENOENT)'],
  ['a file without settings', ['--config', 'cdk.json'], 'found no settings'],
])('%s is a mistake that is named', async (_, args, message) => {
  const { exitCode, stderr } = await run(['scan', ...args], { cwd: await appFolder({}) });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
});

test('a cdk.json that is not JSON is a mistake that is named', async () => {
  const { exitCode, stderr } = await run(['scan'], { cwd: await appFolder('{ "context": ') });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/cdk\.json cannot be used: found text that is not JSON/);
});

test.each([
  ['the nearest cdk.json', []],
  ['--config', ['--config', 'cdk.json']],
])('a key that is nearly one is a mistake in %s, and the right one is named', async (_, options) => {
  const cwd = await appFolder({ context: { 'reaper:mode': 'report' } });
  const { exitCode, stderr } = await run(['check', ...options], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: cdk\.json: .*\n +- reaper:mode: found .*; allowed: "reaper\.mode"$/m);
});
