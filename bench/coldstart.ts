/** `npm run bench:coldstart`: what the function adds to the cold start of a handler with nothing but the client. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { FUNCTION_BUNDLE } from '../lib/function/bundle.js';
import { MEMORY_ENVIRONMENT } from '../lib/function/memory.js';
import { type Bundle, bundled } from './bundles.js';
import { node24 } from './node-24.js';

/** Processes of each; by turns, so that whatever else the machine does slows both alike. */
const LOADS = 60;
const MOST_KILOBYTES = 450;
const MOST_TIMES = 1.1;

const execPath = node24();

const loader = await bundled('load-process.ts');
const ours = await bundled('../lambda/handler.ts');
// As people bundle theirs: with the SDK's own way to credentials.
const client = await bundled('client-handler.ts', { alias: {} });

const withoutSts = await bundled('../lambda/handler.ts', {
  alias: {
    ...FUNCTION_BUNDLE.alias,
    '@aws-sdk/client-sts': fileURLToPath(new URL('no-sts.ts', import.meta.url)),
  },
});

const oursMs: number[] = [];
const withoutStsMs: number[] = [];
const clientMs: number[] = [];
for (let n = 0; n < LOADS; n += 1) {
  oursMs.push(await loadMs(ours));
  withoutStsMs.push(await loadMs(withoutSts));
  clientMs.push(await loadMs(client));
}

const times = median(oursMs) / median(clientMs);
const kilobytes = ours.bytes / 1_000;
const table = new Table({ head: ['', 'bundle kB', `load ms, median of ${LOADS}`], style: { compact: true } });
table.push(['the function', kilobytes.toFixed(0), median(oursMs).toFixed(1)]);
table.push([
  'the function without the client of STS',
  (withoutSts.bytes / 1_000).toFixed(0),
  median(withoutStsMs).toFixed(1),
]);
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
