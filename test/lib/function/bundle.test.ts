import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { SweepReport } from '../../../lambda/contract/report.js';
import { REGION, servedAthena } from '../../support/athena.js';
import { servedEventHistory } from '../../support/event-history.js';
import { functionBundle } from '../../support/function-bundle.js';

const { folder, inputs } = functionBundle();
const files = readdirSync(folder).map((name) => path.join(folder, name));

/** Which of some words stand in files. */
function wordsIn(some: readonly string[], words: readonly string[]): readonly string[] {
  const text = some.map((file) => readFileSync(file, 'utf8')).join('\n');
  return words.filter((word) => text.includes(word));
}

test('the bundle has at most 450 kB, and exports its handlers without anything else installed', () => {
  const exported = execFileSync(process.execPath, ['-p', "Object.keys(require('./index.js')).join()"], {
    cwd: folder,
    env: { AWS_REGION: 'eu-west-1' },
    encoding: 'utf8',
  });

  expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThanOrEqual(450_000);
  expect(exported.trim()).toBe('handler,organizationHandler');
  // Only the runtime has these, and this process could load the bundle without them.
  const clients = ['cloudtrail', 'cloudwatch-logs', 'eventbridge'];
  const required = clients.map((client) => `require("@aws-sdk/client-${client}")`);
  expect(wordsIn(files, required)).toEqual(required);
});

test('a plain sweep loads nothing that only an organization, events of sessions or look-ups of owners use', async () => {
  const { url, region } = await servedAthena();
  region.createWorkgroup({ name: 'etl' });
  region.putSession({ workGroup: 'etl', minutesInState: 60 });

  const { counts, loaded } = await invoked(url, {});

  expect(counts).toMatchObject({ terminated: 1 });
  // What only these parts ask of AWS, and what they are called.
  const others = ['AssumeRole', 'FilterLogEvents', 'LookupEvents', 'PutEvents'];
  expect(wordsIn(files, others)).toEqual(others);
  expect(wordsIn(loaded, others)).toEqual([]);
  const later = files.filter((file) => !loaded.includes(file));
  const names = later.map((file) => path.basename(file).replace(/-[A-Z0-9]{8}\.js$/, ''));
  expect(names.sort()).toEqual([
    ...['event-bus', 'event-history', 'organization-handler', 'session-events', 'starters'],
  ]);
});

test('the bundle finds what it does not carry where the Lambda runtime has it: in NODE_PATH', async () => {
  const { url, region } = await servedAthena();
  region.createWorkgroup({ name: 'etl' });
  const id = region.putSession({ workGroup: 'etl', minutesInState: 60 });
  const arn = 'arn:aws:sts::111122223333:assumed-role/Analysts/ada';
  await servedEventHistory([{ sessionId: id, at: region.session(id).startedAt, arn }]);

  const { sessions } = await invoked(url, { owner: { cloudTrail: true } });

  expect(sessions[0]?.owner).toBe('Analysts/ada');
});

test('the bundle finds credentials in the environment, and has no code that looks for them elsewhere', () => {
  const providers = inputs.flatMap((input) => /credential-provider-([a-z-]+)/.exec(input)?.[1] ?? []);

  expect([...new Set(providers)]).toEqual(['env']);
});

/** Invokes the handler of the bundle once, in a process of its own. @returns its report, and which files of the bundle it has loaded. */
async function invoked(
  url: string,
  settings: unknown,
): Promise<SweepReport & { readonly loaded: readonly string[] }> {
  const script = `
    const invokedFunctionArn = 'arn:aws:lambda:${REGION}:111122223333:function:f';
    const context = { invokedFunctionArn, getRemainingTimeInMillis: () => 60_000 };
    require('./index.js').handler({}, context).then((report) =>
      console.error(JSON.stringify({ ...report, loaded: Object.keys(require.cache) })));`;
  const { stderr } = await promisify(execFile)(process.execPath, ['-e', script], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_PATH: path.resolve('node_modules'),
      REAPER_SETTINGS: JSON.stringify(settings),
      ...{ AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'loopback-only' },
      AWS_ENDPOINT_URL_ATHENA: url,
    },
  });
  return JSON.parse(stderr);
}
