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
  const { exitCode, stderr } = await run(['scan', '--json', '--workgroup', glob]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
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
