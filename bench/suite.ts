/** `npm run bench:suite`: how long all tests of `npm test` take, beside a Node.js that does nothing. */
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { atMost } from './targets.js';

/** Processes that do nothing, before the tests and after them. */
const RUNS = 10;
const VITEST = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));

const nothing = () => Array.from({ length: RUNS }, () => msOf(['-e', '0']));
const before = nothing();
const suite = msOf([VITEST, 'run', '--reporter=dot']);
const sorted = [...before, ...nothing()].toSorted((a, b) => a - b);
const idle = sorted[RUNS] ?? Number.NaN;

// Where Node.js starts in 50 ms, this is 90 s.
const { what, measured, met } = atMost('times node -e 0: npm test', suite / idle, 1_800);
console.log(
  `${(suite / 1_000).toFixed(1)} s on ${availableParallelism()} cores; node -e 0: ${idle.toFixed(0)} ms`,
);
console.log(`${what}: ${measured}, ${met ? 'met' : 'MISSED'}`);
if (!met) process.exitCode = 1;

/** @throws where the process fails, as it does where a test does. */
function msOf(args: readonly string[]): number {
  const begin = performance.now();
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return performance.now() - begin;
}
