/** `npm run bench:start`: how long `npm start` and a `scan` of 1,000 workgroups take, beside a Node.js that does nothing. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import Table from 'cli-table3';
import { EmbeddedAthena, serveAthena } from '../local/athena/index.js';
import { describeFleet, type Fleet, LARGE, placeFleet, REGION } from './fleet.js';
import { atMost, type Target } from './targets.js';

/** Processes of each; by turns, so that whatever else the machine does befalls all alike. */
const RUNS = 5;
const SCRIPT = ['--import', 'tsx', 'local/cli.ts'];

/** Of the 1,000 workgroups these are in use. */
const IN_USE: Fleet = { workgroups: 50, sessionsEach: 10, dueEach: 1 };

const usual = new EmbeddedAthena({ journal: 'counts' });
placeFleet(usual.region(REGION), IN_USE);
for (let w = IN_USE.workgroups; w < LARGE.workgroups; w += 1) {
  usual.region(REGION).createWorkgroup({ name: `quiet-${w}` });
}
const full = new EmbeddedAthena({ journal: 'counts' });
placeFleet(full.region(REGION), LARGE);
const served = { usual: await serveAthena(usual), full: await serveAthena(full) };

const nothing: number[] = [];
const start: number[] = [];
const scan: number[] = [];
const fullScan: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  nothing.push(await msOf(['-e', '0']));
  start.push(await msOf([...SCRIPT, 'demo']));
  scan.push(await msOf([...SCRIPT, 'scan', '--json']));
  fullScan.push(await msOf([...SCRIPT, 'scan', '--json'], served.full.url));
}
await Promise.all(Object.values(served).map(({ close }) => close()));

// Where Node.js starts in 50 ms, these are 2 s and 4 s.
const targets: readonly Target[] = [
  atMost('times node -e 0: npm start', median(start) / median(nothing), 40),
  atMost('times node -e 0: scan of 1,000 workgroups, 50 in use', median(scan) / median(nothing), 80),
  atMost('times node -e 0: scan of 1,000 workgroups, all in use', median(fullScan) / median(nothing), 80),
];
const table = new Table({ head: ['', `ms, median of ${RUNS}`], style: { compact: true } });
table.push(['node -e 0', median(nothing).toFixed(0)], ['npm start', median(start).toFixed(0)]);
table.push([`scan of 1,000 workgroups, ${IN_USE.workgroups} in use`, median(scan).toFixed(0)]);
table.push([`scan of ${describeFleet(LARGE)}`, median(fullScan).toFixed(0)]);
console.log(table.toString());
for (const { what, measured, met } of targets) console.log(`${what}: ${measured}, ${met ? 'met' : 'MISSED'}`);
if (targets.some(({ met }) => !met)) process.exitCode = 1;

/** Asynchronous, for the embedded Athena answers from this process. */
async function msOf(args: readonly string[], url = served.usual.url): Promise<number> {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'loopback-only' };
  const env = { ...process.env, ...keys, AWS_ENDPOINT_URL_ATHENA: url, AWS_REGION: REGION };
  const begin = performance.now();
  await promisify(execFile)(process.execPath, args, { env, maxBuffer: 64 * 1_024 * 1_024 });
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
