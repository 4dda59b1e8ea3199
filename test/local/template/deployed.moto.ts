/**
 * The templates, deployed to moto by the AWS CLI without a bootstrap, and the function's code as it lies in the bucket
 * then, run with the environment that moto gave the function. `npm run test:template`.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SweepReport } from '../../../lambda/contract/report.js';
import { DEFAULT_ACCOUNT } from '../../../local/athena/index.js';
import { type Template, theOnly } from '../../../local/template/template.js';
import { REGION, servedAthena } from '../../support/athena.js';
import { run } from '../../support/command-line.js';
import { type Moto, startMoto } from '../../support/moto.js';

const execute = promisify(execFile);
const BUCKET = 'code';
let moto: Moto;
let folder: string;
let template: Template;
let zipName: string;

beforeAll(async () => {
  moto = await startMoto();
  folder = await mkdtemp(path.join(tmpdir(), 'deployed-'));
  await run(['template', '--out', folder]);
  template = await withoutWhatMotoLacks('template.json');
  zipName = String(template.Parameters?.CodeKey?.Default);
  await aws('s3', 'mb', `s3://${BUCKET}`);
});

afterAll(async () => {
  await moto.close();
  await rm(folder, { recursive: true });
});

test('deployed with the code uploaded by hand, the function sweeps by the parameters', async () => {
  await aws('s3', 'cp', path.join(folder, zipName), `s3://${BUCKET}/`);
  const parameters = [`CodeBucket=${BUCKET}`, 'IdleMinutes=77', 'DpuHourPrice=0.5'];
  await deploy('by-hand', 'template.json', { options: ['--parameter-overrides', ...parameters] });

  expect(await endedAfter(await deployedFunction('by-hand'), zipName)).toEqual([90, 78]);
});

test('packaged and deployed by the AWS CLI, the function sweeps by the defaults', async () => {
  await withoutWhatMotoLacks('package.template.json');
  const packaged = path.join(folder, 'packaged.json');
  const from = path.join(folder, 'package.template.json');
  const to = ['--s3-bucket', BUCKET, '--use-json', '--output-template-file', packaged];
  await aws('cloudformation', 'package', '--template-file', from, ...to);
  // Packaging writes the template with blanks, over what may be deployed without a bucket.
  await deploy('packaged', 'packaged.json', { options: ['--s3-bucket', BUCKET] });

  const { resource } = theOnly(JSON.parse(await readFile(packaged, 'utf8')), 'AWS::Lambda::Function');
  const key = String(Reflect.get(Object(resource.Properties.Code), 'S3Key'));
  expect(await endedAfter(await deployedFunction('packaged'), key)).toEqual([90, 78, 76, 31]);
});

/** Its CloudFormation has no alarms, and so no dashboard that names them. cfn-lint looks at the templates as they are. */
async function withoutWhatMotoLacks(name: string): Promise<Template> {
  const file = path.join(folder, name);
  const all: Template = JSON.parse(await readFile(file, 'utf8'));
  const lacking = /^AWS::CloudWatch::(Alarm|CompositeAlarm|Dashboard)$/;
  const resources = Object.entries(all.Resources).filter(([, { Type }]) => !lacking.test(Type));
  await writeFile(file, JSON.stringify({ ...all, Resources: Object.fromEntries(resources) }));
  return all;
}

async function deploy(
  stack: string,
  file: string,
  { options }: { readonly options: readonly string[] },
): Promise<void> {
  const from = ['--template-file', path.join(folder, file), '--capabilities', 'CAPABILITY_IAM'];
  await aws('cloudformation', 'deploy', '--stack-name', stack, ...from, ...options);
}

interface DeployedFunction {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Handler: string;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

async function deployedFunction(stack: string): Promise<DeployedFunction> {
  const { Functions }: { readonly Functions: readonly DeployedFunction[] } = JSON.parse(
    await aws('lambda', 'list-functions'),
  );
  const found = Functions.find(({ FunctionName }) => FunctionName.startsWith(`${stack}-`));
  if (found === undefined) throw new Error(`The stack ${stack} has no function`);
  return found;
}

/**
 * Runs the code that lies in the bucket, as Lambda would.
 * @returns for how many minutes the sessions that it ended had been idle.
 */
async function endedAfter(deployed: DeployedFunction, key: string): Promise<readonly number[]> {
  const { url, region } = await servedAthena();
  region.createWorkgroup({ name: 'etl' });
  for (const minutesInState of [90, 78, 76, 31, 20]) region.putSession({ workGroup: 'etl', minutesInState });
  const code = path.join(folder, deployed.FunctionName);
  await aws('s3', 'cp', `s3://${BUCKET}/${key}`, `${code}.zip`);
  await mkdir(code);
  const files = Object.entries(unzipSync(await readFile(`${code}.zip`)));
  await Promise.all(files.map(([name, bytes]) => writeFile(path.join(code, name), bytes)));
  // The embedded Athena is that of another account than moto's.
  const arn = deployed.FunctionArn.replace(/:\d{12}:/, `:${DEFAULT_ACCOUNT}:`);
  const context = `{ invokedFunctionArn: '${arn}', getRemainingTimeInMillis: () => 60_000 }`;
  const script = `require('${code}/index.js').${deployed.Handler.replace('index.', '')}({}, ${context})
    .then((report) => require('node:fs').writeFileSync('${code}.report', JSON.stringify(report)))`;
  await execute(process.execPath, ['--eval', script], {
    env: { ...deployed.Environment.Variables, ...KEYS, AWS_ENDPOINT_URL_ATHENA: url },
  });
  const report: SweepReport = JSON.parse(await readFile(`${code}.report`, 'utf8'));
  const ended = report.sessions.filter(({ outcome }) => outcome === 'terminated');
  return ended.map(({ minutes }) => Math.floor(minutes)).sort((one, other) => other - one);
}

const KEYS = { AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

async function aws(...args: readonly string[]): Promise<string> {
  const { PATH = '', TMPDIR = '' } = process.env;
  const nothing = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_PAGER: '' };
  const { stdout } = await execute('aws', [...args, '--output', 'json'], {
    env: { PATH, TMPDIR, ...KEYS, ...nothing, AWS_DEFAULT_REGION: REGION, AWS_ENDPOINT_URL: moto.url },
  });
  return stdout;
}
