/** `npm run bench:warm`: a warm sweep of one empty workgroup beside the bare calls of one, under Node.js 24 as in Lambda. */
import Table from 'cli-table3';
import { bundled } from './bundles.js';
import type { Fleet } from './fleet.js';
import { node24 } from './node-24.js';
import { besideAthena, heard, started } from './real-time.js';
import { atMost } from './targets.js';

/** Of each; by turns, so that whatever else the machine does slows both alike. The first ones are not counted. */
const INVOCATIONS = 300;
const UNCOUNTED = 20;
const FLEET: Fleet = { workgroups: 1, sessionsEach: 0, dueEach: 0 };
/** As every first sweep of a process does: what is quiet is listed all the same. */
const SETTINGS = { skipQuietWorkgroups: false };

const execPath = node24();
const runtime = bundled('warm-process.ts');
const ours = bundled('../lambda/handler.ts');
const bare = bundled('bare-calls-handler.ts');

const oursMs: number[] = [];
const bareMs: number[] = [];
const { calls } = await besideAthena({ fleet: FLEET, service: { latencyMs: 25 } }, async (url) => {
  const sweep = started(runtime, ours, url, SETTINGS, execPath);
  const callsAlone = started(runtime, bare, url, {}, execPath);
  for (let n = 0; n < INVOCATIONS; n += 1) {
    for (const [process_, all] of [
      [sweep, oursMs],
      [callsAlone, bareMs],
    ] as const) {
      process_.send('invoke');
      const ms = await heard<number>(process_);
      if (n >= UNCOUNTED) all.push(ms);
    }
  }
  sweep.kill();
  callsAlone.kill();
});
if (calls !== 4 * INVOCATIONS) throw new Error(`${calls} calls, where each invocation makes two`);

const table = new Table({
  head: ['', `ms, median of ${INVOCATIONS - UNCOUNTED}`],
  style: { compact: true },
});
table.push(['a warm sweep', median(oursMs).toFixed(1)], ['its calls alone', median(bareMs).toFixed(1)]);
console.log(table.toString());
const { what, measured, met } = atMost('times the calls alone', median(oursMs) / median(bareMs), 1.05);
console.log(`${what}: ${measured}, ${met ? 'met' : 'MISSED'}`);
if (!met) process.exitCode = 1;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
