import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { servedAthena } from '../../support/athena.js';
import { accountAt, appFolder, run, useEnvironment } from '../../support/command-line.js';

/** An AWS configuration file. */
async function configuration(text: string): Promise<string> {
  const file = path.join(await appFolder({}), 'config');
  await writeFile(file, text);
  return file;
}

const KEYS = 'aws_access_key_id = AKIDPROFILE\naws_secret_access_key = loopback-only\n';

test.each([
  [
    'its services',
    (url: string) => `services = here\n${KEYS}[services here]\nathena =\n  endpoint_url = ${url}\n`,
  ],
  ['its endpoint_url', (url: string) => `endpoint_url = ${url}\n${KEYS}`],
])('--profile takes the region of a profile, its keys, and %s', async (_, rest) => {
  const { athena, url } = await servedAthena();
  athena.region('us-west-2').createWorkgroup({ name: 'primary', engine: 'Athena engine version 3' });
  const file = await configuration(`[profile prod]\nregion = us-west-2\n${rest(url)}`);
  useEnvironment({ AWS_CONFIG_FILE: file, AWS_REGION: undefined });
  const { exitCode, stderr } = await run(['scan', '--profile', 'prod']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(athena.journal.calls.map(({ region }) => region)).toEqual(['us-west-2']);
});

test('a profile that there is not is named, with the one that is meant', async () => {
  const { athena } = await accountAt();
  process.env.AWS_CONFIG_FILE = await configuration(
    '[profile production]\nregion = eu-west-1\n[profile test]\nregion = eu-west-1\n',
  );
  const { exitCode, stderr } = await run(['scan', '--profile', 'prodution']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    'There is no profile prodution in the AWS configuration. Did you mean production?',
  );
  expect(athena.journal.calls).toHaveLength(0);
});

test('--profile leaves the region to the environment where that names one, as the AWS CLI does', async () => {
  const { athena } = await accountAt();
  process.env.AWS_CONFIG_FILE = await configuration(`[profile prod]\nregion = us-west-2\n${KEYS}`);
  await run(['scan', '--profile', 'prod']);
  process.env.AWS_REGION = '';
  process.env.AWS_DEFAULT_REGION = 'ap-south-1';
  await run(['scan', '--profile', 'prod']);
  process.env.AWS_DEFAULT_REGION = '';
  await run(['scan', '--profile', 'prod']);
  const regions = athena.journal.calls.map(({ region }) => region);
  expect(regions).toEqual(['eu-west-1', 'ap-south-1', 'us-west-2']);
});

test('the region of the environment goes before that of its profile', async () => {
  const { athena } = await accountAt();
  process.env.AWS_CONFIG_FILE = await configuration(`[default]\nregion = us-west-2\n`);
  await run(['scan']);
  process.env.AWS_REGION = '';
  await run(['scan']);
  expect(athena.journal.calls.map(({ region }) => region)).toEqual(['eu-west-1', 'us-west-2']);
});
