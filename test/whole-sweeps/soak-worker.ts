/** Plays scenarios in a process of its own, because simulated time takes the timers of the whole process. */
import fc from 'fast-check';
import { type Coverage, coverageOf, sum } from './coverage.js';
import { type PropertyName, runnable } from './properties.js';

export interface SoakOrder {
  readonly property: PropertyName;
  readonly seed: number;
  readonly runs: number;
  /** Of a failure to play again, as the soak printed it. */
  readonly path?: string | undefined;
}

export type SoakNews =
  | {
      readonly kind: 'progress';
      readonly runs: number;
      readonly sweeps: number;
      readonly coverage: Coverage;
    }
  | { readonly kind: 'failed'; readonly message: string; readonly path: string }
  | { readonly kind: 'passed' };

// The SDK warns once per process on Node 20; nobody can act on it under a progress bar.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const REPORT_EVERY = 25;

process.once('message', (order: SoakOrder) => {
  void soak(order).then(() => process.disconnect());
});

async function soak({ property, seed, runs, path }: SoakOrder): Promise<void> {
  let played = 0;
  let sweeps = 0;
  let coverage: Coverage = {};
  const flush = () => {
    send({ kind: 'progress', runs: played, sweeps, coverage });
    played = 0;
    sweeps = 0;
    coverage = {};
  };
  const run = runnable(property, (seen) => {
    coverage = sum(coverage, ...seen.map(coverageOf));
    sweeps += seen.length;
    played += 1;
    if (played === REPORT_EVERY) flush();
  });
  const details = await fc.check(run, { seed, numRuns: runs, ...(path !== undefined && { path }) });
  flush();
  if (!details.failed) return send({ kind: 'passed' });
  send({
    kind: 'failed',
    message: `${errorOf(details.errorInstance)}\n${fc.defaultReportMessage(details) ?? ''}`,
    path: details.counterexamplePath ?? '',
  });
}

/** What the invariant found, and in which world: the report of the property has the scenario alone. */
function errorOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function send(news: SoakNews): void {
  process.send?.(news);
}
