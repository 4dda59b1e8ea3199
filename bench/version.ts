/** `npm run bench:version`: how long `--version` takes, beside a Node.js that does nothing. Needs `npm run build`. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';

/** Processes of each; by turns, so that whatever else the machine does slows both alike. */
const RUNS = 20;
/** Where Node.js starts in 50 ms, this is 100 ms. */
const MOST_TIMES = 2;

const CLI = fileURLToPath(new URL('../dist/local/cli.js', import.meta.url));

const nothing: number[] = [];
const version: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  nothing.push(msOf(['-e', '0']));
  version.push(msOf([CLI, '--version']));
}

const times = median(version) / median(nothing);
const table = new Table({ head: ['', `ms, median of ${RUNS}`], style: { compact: true } });
table.push(['node -e 0', median(nothing).toFixed(0)], ['--version', median(version).toFixed(0)]);
console.log(table.toString());
const met = times <= MOST_TIMES;
console.log(
  `${times.toFixed(2)} times, at most ${MOST_TIMES}. ${met ? 'Target met.' : 'The target was MISSED.'}`,
);
if (!met) process.exitCode = 1;

function msOf(args: readonly string[]): number {
  const begin = performance.now();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
