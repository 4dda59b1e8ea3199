/** `npm run soak -- --runs 100000`: whole sweeps by the thousand, in simulated time, on every core. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import pLimit from 'p-limit';
import { type Coverage, EXPECTED, neverMet, sum } from './coverage.js';
import { PROPERTIES, type PropertyName } from './properties.js';
import type { SoakNews, SoakOrder } from './soak-worker.js';

interface SoakOptions {
  readonly runs: number;
  readonly seed: number;
  readonly only?: string;
  readonly path?: string;
}

/** Few enough for the cores to share the work evenly, many enough for the start of a process not to count. */
const RUNS_PER_PROCESS = 1_000;

/** Of all runs; most corners are in the rough. */
const SHARES: Readonly<Record<PropertyName, number>> = {
  rough: 0.68,
  calm: 0.1,
  victim: 0.1,
  lasting: 0.1,
  // Each plays up to two hours of sweeps twice.
  remembering: 0.02,
};

await new Command('soak')
  .description('Plays random sweeps in simulated time and checks every invariant. It never talks to AWS.')
  .option('--runs <n>', 'scenarios to play; some have several sweeps', whole, 10_000)
  .option('--seed <n>', 'of the scenarios, to play a soak again', whole, Date.now() % 2 ** 31)
  .option('--only <property>', `play one of ${Object.keys(PROPERTIES).join(', ')}`)
  .option('--path <path>', 'with --seed and --only: play the one failure that was printed with it')
  .action(soak)
  .parseAsync();

async function soak({ runs, seed, only, path }: SoakOptions): Promise<void> {
  const names = propertyNames().filter((name) => only === undefined || name === only);
  if (names.length === 0) throw new InvalidArgumentError(`--only: found ${only}`);
  const orders = names.flatMap((property) =>
    partsOf({
      property,
      seed,
      runs: only === undefined ? Math.ceil(runs * SHARES[property]) : runs,
      ...(path !== undefined && { path }),
    }),
  );
  const total = orders.reduce((sum, order) => sum + order.runs, 0);
  console.log(`Playing ${total} scenarios with --seed ${seed} in up to ${availableParallelism()} processes`);
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {value}/{total} scenarios | {eta_formatted} left',
  });
  bar.start(total, 0);
  const startedAt = Date.now();
  let coverage: Coverage = {};
  let sweeps = 0;
  const failures: string[] = [];
  const atOnce = pLimit(availableParallelism());
  await atOnce.map(orders, (order) =>
    played(order, (news) => {
      if (news.kind === 'progress') {
        bar.increment(news.runs);
        sweeps += news.sweeps;
        coverage = sum(coverage, news.coverage);
      } else if (news.kind === 'failed') failures.push(failure(order, news));
    }),
  );
  bar.stop();
  console.log(summary(coverage));
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  const unmet = neverMet(coverage);
  if (unmet.length > 0) console.log(`Never met: ${unmet.join(', ')}. More runs meet more.`);
  console.log(
    failures.join('\n\n') ||
      `Every invariant held in ${sweeps} sweeps of ${total} scenarios (${seconds} s, seed ${seed}).`,
  );
  if (failures.length > 0) process.exitCode = 1;
}

/** An order in parts that can be played side by side, each with a seed of its own; a failure played again is one. */
function partsOf(order: SoakOrder): readonly SoakOrder[] {
  if (order.path !== undefined) return [order];
  const parts = Math.ceil(order.runs / RUNS_PER_PROCESS);
  return Array.from({ length: parts }, (_, n) => ({
    ...order,
    seed: order.seed + n,
    runs: Math.min(RUNS_PER_PROCESS, order.runs - n * RUNS_PER_PROCESS),
  }));
}

/** Plays an order in a process of its own. @param hear what it says, until it ends. */
async function played(order: SoakOrder, hear: (news: SoakNews) => void): Promise<void> {
  const worker = fork(fileURLToPath(new URL('soak-worker.ts', import.meta.url)));
  worker.on('message', hear);
  worker.send(order);
  const [code] = await once(worker, 'close');
  if (code !== 0) hear({ kind: 'failed', message: `the process ended with ${code}`, path: '' });
}

function failure(
  { seed, property }: SoakOrder,
  { message, path }: Extract<SoakNews, { kind: 'failed' }>,
): string {
  const again = `npm run soak -- --seed ${seed} --only ${property} --path ${path}`;
  return `A sweep ${PROPERTIES[property].name}: it does not.\n${message}\nAgain: ${again}`;
}

function summary(coverage: Coverage): string {
  const groups = Object.entries(EXPECTED);
  const table = new Table({ head: groups.flatMap(([about]) => [about, '']), style: { compact: true } });
  const rows = Math.max(...groups.map(([, names]) => names.length));
  for (let row = 0; row < rows; row += 1) {
    const names = groups.map(([, all]) => all[row]);
    table.push(names.flatMap((name) => [name ?? '', name === undefined ? '' : String(coverage[name] ?? 0)]));
  }
  return table.toString();
}

function propertyNames(): readonly PropertyName[] {
  return ['rough', 'calm', 'victim', 'lasting', 'remembering'];
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('Allowed: a whole number.');
  return value;
}
