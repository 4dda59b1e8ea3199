/** `npm run soak -- --runs 100000`: whole sweeps by the thousand, in simulated time. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { type Coverage, ENDING_NAMES, EXPECTED, OUTCOME_NAMES, sum } from './coverage.js';
import { PROPERTIES, type PropertyName } from './properties.js';
import { FAULT_KINDS } from './scenario.js';
import type { SoakNews, SoakOrder } from './soak-worker.js';

interface SoakOptions {
  readonly runs: number;
  readonly seed: number;
  readonly only?: string;
  readonly path?: string;
}

/** Of all runs; most corners are in the rough. */
const SHARES: Readonly<Record<PropertyName, number>> = { rough: 0.8, calm: 0.1, victim: 0.1 };

await new Command('soak')
  .description('Plays random sweeps in simulated time and checks every invariant. It never talks to AWS.')
  .option('--runs <n>', 'sweeps to play', whole, 10_000)
  .option('--seed <n>', 'of the scenarios, to play a soak again', whole, Date.now() % 2 ** 31)
  .option('--only <property>', `play one of ${Object.keys(PROPERTIES).join(', ')}`)
  .option('--path <path>', 'with --seed and --only: play the one failure that was printed with it')
  .action(soak)
  .parseAsync();

async function soak({ runs, seed, only, path }: SoakOptions): Promise<void> {
  const names = propertyNames().filter((name) => only === undefined || name === only);
  if (names.length === 0) throw new InvalidArgumentError(`--only: found ${only}`);
  console.log(`Playing ${runs} sweeps with --seed ${seed}`);
  const bar = new SingleBar({
    format: '{bar} {percentage}% | {value}/{total} sweeps | {eta_formatted} left',
  });
  bar.start(runs, 0);
  const startedAt = Date.now();
  let coverage: Coverage = {};
  const failures: string[] = [];
  for (const property of names) {
    const share = only === undefined ? Math.ceil(runs * SHARES[property]) : runs;
    for await (const news of played({ property, seed, runs: share, path })) {
      if (news.kind === 'progress') {
        bar.increment(news.runs);
        coverage = sum(coverage, news.coverage);
      } else if (news.kind === 'failed') {
        const again = `npm run soak -- --seed ${seed} --only ${property} --path ${news.path}`;
        failures.push(`A sweep ${PROPERTIES[property].name}: it does not.\n${news.message}\nAgain: ${again}`);
      }
    }
  }
  bar.stop();
  console.log(summary(coverage));
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  const unmet = EXPECTED.filter((name) => !coverage[name]);
  if (unmet.length > 0) console.log(`Never met: ${unmet.join(', ')}. More runs meet more.`);
  console.log(
    failures.join('\n\n') || `Every invariant held in ${runs} sweeps (${seconds} s, seed ${seed}).`,
  );
  if (failures.length > 0) process.exitCode = 1;
}

/** What a process that plays one property says, until it ends. */
async function* played(order: SoakOrder): AsyncGenerator<SoakNews> {
  const worker = fork(fileURLToPath(new URL('soak-worker.ts', import.meta.url)));
  const news: SoakNews[] = [];
  let wake = () => {};
  let isOver = false;
  worker.on('message', (one: SoakNews) => {
    news.push(one);
    wake();
  });
  worker.once('exit', (code) => {
    isOver = true;
    if (code !== 0) news.push({ kind: 'failed', message: `the process ended with ${code}`, path: '' });
    wake();
  });
  worker.send(order);
  while (!isOver || news.length > 0) {
    yield* news.splice(0);
    if (!isOver && news.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

function summary(coverage: Coverage): string {
  const table = new Table({
    head: ['sessions and calls', '', 'faults met', '', 'sweeps', ''],
    style: { compact: true },
  });
  const rows = Math.max(OUTCOME_NAMES.length, FAULT_KINDS.length, ENDING_NAMES.length);
  for (let row = 0; row < rows; row += 1) {
    const names = [OUTCOME_NAMES[row], FAULT_KINDS[row], ENDING_NAMES[row]];
    table.push(names.flatMap((name) => [name ?? '', name === undefined ? '' : String(coverage[name] ?? 0)]));
  }
  return table.toString();
}

function propertyNames(): readonly PropertyName[] {
  return ['rough', 'calm', 'victim'];
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('Allowed: a whole number.');
  return value;
}
