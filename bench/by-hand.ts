/** `npm run bench:by-hand`: a sweep beside the loops that people write in boto3 and with the AWS CLI. Needs both. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Table from 'cli-table3';
import { bundled } from './bundles.js';
import { describeFleet, type Fleet, REGION } from './fleet.js';
import { besideAthena, invoked } from './real-time.js';

/** Small, for the AWS CLI starts a Python for each call. */
const FLEET: Fleet = { workgroups: 20, sessionsEach: 10, dueEach: 1 };
const SERVICE = { latencyMs: 25 };
/** Sweeps of each; by turns, so that whatever else the machine does befalls all alike. */
const RUNS = 3;

const runtime = bundled('lambda-process.ts');
const ours = bundled('../lambda/handler.ts');
const FUNCTION = 'the function in a new process';
const CONTESTANTS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  [FUNCTION]: (url) => invoked(runtime, ours, url, { tags: { enabled: false } }),
  'the loop in boto3': (url) => script('python3', 'boto3-loop.py', url),
  'the loop with the AWS CLI': (url) => script('bash', 'aws-cli-loop.sh', url),
};

interface Sweep {
  readonly seconds: number;
  readonly calls: number;
}

const sweeps = new Map<string, Sweep[]>(Object.keys(CONTESTANTS).map((name) => [name, []]));
for (let run = 0; run < RUNS; run += 1) {
  for (const [name, contestant] of Object.entries(CONTESTANTS)) {
    const { result, calls } = await besideAthena({ fleet: FLEET, service: SERVICE }, async (url) => {
      const begin = performance.now();
      await contestant(url);
      return (performance.now() - begin) / 1_000;
    });
    sweeps.get(name)?.push({ seconds: result, calls });
  }
}

const secondsOf = (name: string) => median((sweeps.get(name) ?? []).map(({ seconds }) => seconds));
const table = new Table({
  head: ['', `s, median of ${RUNS}`, 'times the function', 'calls'],
  style: { compact: true },
});
for (const [name, all] of sweeps) {
  const seconds = secondsOf(name);
  const calls = [...new Set(all.map((one) => one.calls))].join(', ');
  table.push([name, seconds.toFixed(2), (seconds / secondsOf(FUNCTION)).toFixed(1), calls]);
}
console.log(`${describeFleet(FLEET)}; 25 ms for each call, no rate limit:`);
console.log(table.toString());

/** Asynchronous, and with what a shell of its own would know: no configuration but this. */
async function script(program: string, file: string, url: string): Promise<void> {
  const path = fileURLToPath(new URL(`by-hand/${file}`, import.meta.url));
  await promisify(execFile)(program, [path], {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_ATHENA: url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'loopback-only',
      AWS_DEFAULT_REGION: REGION,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_PAGER: '',
    },
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
