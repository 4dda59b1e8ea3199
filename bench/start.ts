/** `npm run bench:start`: how long `npm start` and a `scan` of 1,000 workgroups take, beside a Node.js that does nothing. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import Table from 'cli-table3';
import { EmbeddedAthena, serveAthena } from '../local/athena/index.js';
import { LARGE, placeFleet, REGION } from './fleet.js';
import { atMost, type Target } from './targets.js';

/** Processes of each; by turns, so that whatever else the machine does befalls all alike. */
const RUNS = 5;
const SCRIPT = ['--import', 'tsx', 'local/cli.ts'];

const athena = new EmbeddedAthena({ journal: 'counts' });
placeFleet(athena.region(REGION), LARGE);
const { url, close } = await serveAthena(athena);

const nothing: number[] = [];
const start: number[] = [];
const scan: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  nothing.push(await msOf(['-e', '0']));
  start.push(await msOf([...SCRIPT, 'demo']));
  scan.push(await msOf([...SCRIPT, 'scan', '--json']));
}
await close();

// Where Node.js starts in 50 ms, these are 2 s and 4 s.
const targets: readonly Target[] = [
  atMost('times node -e 0: npm start', median(start) / median(nothing), 40),
  atMost('times node -e 0: scan of 1,000 workgroups', median(scan) / median(nothing), 80),
];
const table = new Table({ head: ['', `ms, median of ${RUNS}`], style: { compact: true } });
table.push(['node -e 0', median(nothing).toFixed(0)], ['npm start', median(start).toFixed(0)]);
table.push(['scan of 1,000 workgroups', median(scan).toFixed(0)]);
console.log(table.toString());
for (const { what, measured, met } of targets) console.log(`${what}: ${measured}, ${met ? 'met' : 'MISSED'}`);
if (targets.some(({ met }) => !met)) process.exitCode = 1;

/** Asynchronous, for the embedded Athena answers from this process. */
async function msOf(args: readonly string[]): Promise<number> {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'loopback-only' };
  const env = { ...process.env, ...keys, AWS_ENDPOINT_URL_ATHENA: url, AWS_REGION: REGION };
  const begin = performance.now();
  await promisify(execFile)(process.execPath, args, { env, maxBuffer: 64 * 1_024 * 1_024 });
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
