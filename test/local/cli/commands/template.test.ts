import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT } from '../../../../local/cli/terminal/exit-code.js';
import { run } from '../../../support/command-line.js';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'template-command-'));
});
afterEach(() => rm(cwd, { recursive: true }));

test('template writes the templates and the zip that they name, and says what to do next', async () => {
  await writeFile(path.join(cwd, 'cdk.json'), JSON.stringify({ context: { reaper: { idleMinutes: 45 } } }));
  const { exitCode, stdout, stderr } = await run(['template', '--out', 'deep/inside'], { cwd });

  expect([exitCode, stderr]).toEqual([EXIT.done, '']);
  const names = await readdir(path.join(cwd, 'deep', 'inside'));
  const template = JSON.parse(await readFile(path.join(cwd, 'deep', 'inside', 'template.json'), 'utf8'));
  expect(template.Parameters.IdleMinutes.Default).toBe(45);
  expect(names.sort()).toEqual([
    template.Parameters.CodeKey.Default,
    'package.template.json',
    'template.json',
  ]);
  expect(stdout).toContain('Settings: cdk.json');
  for (const name of names) expect(stdout).toContain(path.join('deep', 'inside', name));
  expect(stdout).toContain('aws cloudformation deploy');
  expect(stdout).toContain('CAPABILITY_IAM');
});

test('an organization gets the role of the swept accounts too, and roles with names', async () => {
  const organization = {
    accounts: 'all',
    regions: ['eu-west-1'],
    externalId: 'example',
    organizationId: 'o-a1b2c3d4e5',
  };
  await writeFile(path.join(cwd, 'cdk.json'), JSON.stringify({ context: { reaper: { organization } } }));
  const { stdout } = await run(['template', '--out', '.'], { cwd });

  expect(await readdir(cwd)).toContain('member-role.template.json');
  expect(stdout).toContain('CAPABILITY_NAMED_IAM');
});

test('a folder that cannot be made is named, and nothing is written', async () => {
  await writeFile(path.join(cwd, 'taken'), 'a file');
  const { exitCode, stdout, stderr } = await run(['template', '--out', 'taken'], { cwd });

  expect([exitCode, stdout]).toEqual([EXIT.usage, '']);
  expect(stderr).toContain(`--out: found ${path.join(cwd, 'taken')}`);
});

test('a folder in a file system that takes none is named', async () => {
  const { exitCode, stderr } = await run(['template', '--out', '/proc/templates'], { cwd });

  expect(exitCode).toBe(EXIT.usage);
  expect(stderr).toContain('--out: found /proc/templates, which cannot be written to');
});

test('settings that cannot be used are refused, as everywhere', async () => {
  await writeFile(path.join(cwd, 'cdk.json'), JSON.stringify({ context: { reaper: { idleMinutes: 0 } } }));
  const { exitCode, stderr } = await run(['template', '--out', 'out'], { cwd });

  expect(exitCode).toBe(EXIT.usage);
  expect(stderr).toContain('reaper.idleMinutes: found 0');
  expect(await readdir(cwd)).toEqual(['cdk.json']);
});
