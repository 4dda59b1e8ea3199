/**
 * The commands with which the README deploys, run by the CDK's own command line against moto, in their order.
 * `npm run test:status`. moto's CloudFormation has no alarms, and so no dashboard that names them: what the command
 * synthesizes is deployed without these.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type FunctionConfiguration, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsFrom } from '../../lambda/settings/read-settings.js';
import type { Template } from '../../local/template/template.js';
import { REGION } from '../support/athena.js';
import { type Moto, startMoto } from '../support/moto.js';
import { ROOT } from '../support/packed-package.js';
import { codeOn } from './pages.js';

const run = promisify(execFile);
const COMMANDS = codeOn(await readFile('README.md', 'utf8')).spans.filter((span) =>
  span.startsWith('npx cdk '),
);
let moto: Moto;
let folder: string;

beforeAll(async () => {
  moto = await startMoto();
  folder = await mkdtemp(path.join(tmpdir(), 'deployment-'));
  await cdk('bootstrap', '--output', folder);
});
afterAll(async () => {
  await moto.close();
  await rm(folder, { recursive: true });
});

test('the README bootstraps, deploys in report mode, deploys and destroys', () => {
  expect(COMMANDS.toSorted()).toEqual([
    'npx cdk bootstrap',
    'npx cdk deploy',
    'npx cdk deploy -c reaper.mode=report',
    'npx cdk destroy',
  ]);
});

test.each([
  ['npx cdk deploy -c reaper.mode=report', 'report'],
  ['npx cdk deploy', 'terminate'],
])('%s deploys a function in the mode %s, and npx cdk destroy removes it', async (command, mode) => {
  const [, , , ...options] = command.split(' ');
  await cdk('synth', '--quiet', '--output', folder, ...options);
  await leaveOutWhatMotoLacks();
  await cdk('deploy', '--app', folder, '--require-approval', 'never');

  const [deployed, ...others] = await functions();
  expect(others).toEqual([]);
  expect(settingsFrom(deployed?.Environment?.Variables ?? {}).mode).toBe(mode);

  // moto has no second change set of the same name, so the next deployment begins anew.
  await cdk('destroy', '--app', folder, '--force');
  expect(await functions()).toEqual([]);
});

async function cdk(...args: readonly string[]): Promise<void> {
  const { PATH = '', TMPDIR = '', HOME = '' } = process.env;
  const keys = { AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const nothing = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  const quiet = { CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_VALIDATION: 'false' };
  const env = { PATH, TMPDIR, HOME, ...keys, ...nothing, ...quiet, AWS_ENDPOINT_URL: moto.url };
  await run('npx', ['cdk', ...args, '--no-notices'], { cwd: ROOT, env });
}

async function leaveOutWhatMotoLacks(): Promise<void> {
  const file = path.join(folder, 'AthenaSessionReaper.template.json');
  const template: Template = JSON.parse(await readFile(file, 'utf8'));
  const lacking = /^AWS::CloudWatch::(Alarm|CompositeAlarm|Dashboard)$/;
  const resources = Object.entries(template.Resources).filter(([, { Type }]) => !lacking.test(Type));
  await writeFile(file, JSON.stringify({ ...template, Resources: Object.fromEntries(resources) }));
}

async function functions(): Promise<readonly FunctionConfiguration[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new LambdaClient({ endpoint: moto.url, region: REGION, credentials });
  const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
  return Functions;
}
