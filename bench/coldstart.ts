/** `npm run bench:coldstart`: what the function adds to the cold start of a handler with nothing but the client. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import Table from 'cli-table3';
import { MEMORY_ENVIRONMENT } from '../lib/function/memory.js';
import { type Bundle, bundled, bundledAsUsual } from './bundles.js';
import { node24 } from './node-24.js';

/** Processes of each; by turns, so that whatever else the machine does slows both alike. */
const LOADS = 60;
const MOST_KILOBYTES = 450;
const MOST_TIMES = 1.1;

const execPath = node24();

const loader = bundled('load-process.ts');
const ours = bundled('../lambda/handler.ts');
const client = bundledAsUsual('client-handler.ts');

const oursMs: number[] = [];
const clientMs: number[] = [];
for (let n = 0; n < LOADS; n += 1) {
  oursMs.push(await loadMs(ours));
  clientMs.push(await loadMs(client));
}

const times = median(oursMs) / median(clientMs);
const kilobytes = ours.bytes / 1_000;
const table = new Table({ head: ['', 'bundle kB', `load ms, median of ${LOADS}`], style: { compact: true } });
table.push(['the function', kilobytes.toFixed(0), median(oursMs).toFixed(1)]);
table.push(['nothing but the client', (client.bytes / 1_000).toFixed(0), median(clientMs).toFixed(1)]);
console.log(table.toString());
const met = kilobytes <= MOST_KILOBYTES && times <= MOST_TIMES;
console.log(
  `Bundle: ${kilobytes.toFixed(0)} kB, at most ${MOST_KILOBYTES}. Load: ${times.toFixed(2)} times, at most ${MOST_TIMES}.`,
);
console.log(met ? 'Both targets met.' : 'A target was MISSED.');
if (!met) process.exitCode = 1;

async function loadMs({ file }: Bundle): Promise<number> {
  const env = {
    AWS_REGION: 'eu-west-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...MEMORY_ENVIRONMENT,
  };
  const child = fork(loader.file, [file], { execPath, execArgv: [], env });
  const [ms] = await once(child, 'message');
  return Number(ms);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
