import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { bundleFunction } from '../../../lib/function/bundle.js';
import { REGION, servedAthena } from '../../support/athena.js';
import { servedEventHistory } from '../../support/event-history.js';

const outdir = mkdtempSync(path.join(tmpdir(), 'function-'));
afterAll(() => rmSync(outdir, { recursive: true }));

test('the bundle is one file of at most 450 kB that exports the handler without anything else installed', () => {
  bundleFunction(outdir);
  const bundle = path.join(outdir, 'index.js');
  const exported = execFileSync(
    process.execPath,
    ['-p', `typeof require(${JSON.stringify(bundle)}).handler`],
    {
      cwd: outdir,
      env: { AWS_REGION: 'eu-west-1' },
      encoding: 'utf8',
    },
  );

  expect(readdirSync(outdir)).toEqual(['index.js']);
  expect(statSync(bundle).size).toBeLessThanOrEqual(450_000);
  expect(exported.trim()).toBe('function');
  // Only the runtime has these, and this process could load the bundle without them.
  for (const client of ['cloudtrail', 'cloudwatch-logs', 'eventbridge']) {
    expect(readFileSync(bundle, 'utf8')).toContain(`require("@aws-sdk/client-${client}")`);
  }
});

test('the bundle finds what it does not carry where the Lambda runtime has it: in NODE_PATH', async () => {
  const { url, region } = await servedAthena();
  region.createWorkgroup({ name: 'etl' });
  const id = region.putSession({ workGroup: 'etl', minutesInState: 60 });
  const arn = 'arn:aws:sts::111122223333:assumed-role/Analysts/ada';
  await servedEventHistory([{ sessionId: id, at: region.session(id).startedAt, arn }]);
  bundleFunction(outdir);
  const invoke = `
    const invokedFunctionArn = 'arn:aws:lambda:${REGION}:111122223333:function:f';
    const context = { invokedFunctionArn, getRemainingTimeInMillis: () => 60_000 };
    require('./index.js').handler({}, context).then(({ sessions }) => console.error(sessions[0].owner));`;

  const { stderr } = await promisify(execFile)(process.execPath, ['-e', invoke], {
    cwd: outdir,
    env: {
      ...process.env,
      NODE_PATH: path.resolve('node_modules'),
      REAPER_SETTINGS: JSON.stringify({ owner: { cloudTrail: true } }),
      ...{ AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'loopback-only' },
      AWS_ENDPOINT_URL_ATHENA: url,
    },
  });

  expect(stderr.trim()).toBe('Analysts/ada');
});

test('the bundle finds credentials in the environment, and has no code that looks for them elsewhere', () => {
  const inputs = bundleFunction(outdir);
  const providers = inputs.flatMap((input) => /credential-provider-([a-z-]+)/.exec(input)?.[1] ?? []);

  expect([...new Set(providers)]).toEqual(['env']);
});
