import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { accountAt, appFolder, run } from '../../support/command-line.js';

test('a region without a Spark workgroup says so, and names the regions of the AWS configuration', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'reporting', engine: 'Athena engine version 3' });
  const file = path.join(await appFolder({}), 'config');
  await writeFile(file, '[profile prod]\nregion = eu-central-1\n');
  process.env.AWS_CONFIG_FILE = file;
  const { exitCode, stdout } = await run(['scan']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('No Spark workgroup in eu-west-1. If sessions are elsewhere,');
  expect(stdout).toContain('--region eu-central-1');
});

test.each([
  ['data-scince*', 'No workgroup matches "data-scince*". Did you mean "data-science"?'],
  ['zzz', 'No workgroup matches "zzz". There are: data-science, etl.'],
  ['rep*', '"rep*" matches only workgroups that run SQL: reporting.'],
])('a glob that matches nothing is an error with a suggestion: %s', async (glob, message) => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'data-science' });
  region.createWorkgroup({ name: 'etl' });
  region.createWorkgroup({ name: 'reporting', engine: 'Athena engine version 3' });
  for (const form of [[], ['--summary'], ['--csv'], ['--json']]) {
    const { exitCode, stdout, stderr } = await run(['scan', '--workgroup', glob, ...form]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error: The settings select no workgroup.');
    expect(stderr).toContain(message);
    expect(stdout + stderr).not.toMatch(/not listed|not be listed/i);
    if (form.includes('--json')) expect(JSON.parse(stdout)).toMatchObject(NONE_SELECTED);
  }
});

const NONE_SELECTED = { complete: false, notListed: [{ region: 'eu-west-1', kind: 'none-selected' }] };

test('what excludes every workgroup selects none', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  const { exitCode, stdout, stderr } = await run(['scan', '--exclude', 'e*', '--json']);
  expect([exitCode, stderr]).toEqual([2, 'error: The settings select no workgroup.\n']);
  expect(JSON.parse(stdout)).toMatchObject(NONE_SELECTED);
});

test('where a region cannot be listed, that is said instead: the workgroup may be there', async () => {
  const { athena, region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  athena.region('us-east-1');
  athena.script({
    kind: 'error',
    operation: 'ListWorkGroups',
    region: 'us-east-1',
    code: 'AccessDeniedException',
  });
  const args = ['scan', '--workgroup', 'nightly', '--region', 'eu-west-1', '--region', 'us-east-1'];
  const { exitCode, stdout, stderr } = await run(args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('error: 1 workgroup or region could not be listed.');
  expect(stderr).not.toContain('select no workgroup');
  expect(stdout).toContain('No workgroup matches "nightly". There are: etl.');
});

test('where there is no Spark workgroup at all, a glob that matches nothing does not hide that', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'reporting', engine: 'Athena engine version 3' });
  const { exitCode, stderr } = await run(['scan', '--workgroup', 'etl', '--json']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('The settings select no workgroup.');
  expect(stderr).toContain('No Spark workgroup in eu-west-1.');
});

test('one glob of two that matches nothing is said beside what the other finds', async () => {
  const { region } = await accountAt();
  region.createWorkgroup({ name: 'etl' });
  const id = region.putSession({ workGroup: 'etl', minutesInState: 60 });
  const { exitCode, stdout } = await run(['scan', '--workgroup', 'etl', '--exclude', 'adhoc']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(id);
  expect(stdout).toContain('No workgroup matches "adhoc".');
});
