/**
 * One sweep over its regions, side by side: list, decide, look again, terminate, record. It talks to the port in
 * `athena/session-service.ts` and knows nothing of the SDK, of Lambda or of logging.
 */
import { setMaxListeners } from 'node:events';
import type { CallCounts, SessionService } from '../athena/session-service.js';
import type { SweepSettings } from '../contract/settings.js';
import type { SweepObserver } from '../reporting/observer.js';
import { type SweepResult, Tally } from '../reporting/tally.js';
import { RegionSweep } from './region-sweep.js';
import { TerminationBudget } from './termination-budget.js';

export interface SweepOptions {
  readonly settings: SweepSettings;
  /** Milliseconds since the epoch. Read once for every decision, and once more for the duration. */
  readonly clock: () => number;
  /** Aborts when nothing new may be begun. */
  readonly stop: AbortSignal;
  /** Aborts when not even the answer to a TerminateSession in flight can be waited for. */
  readonly lastCall: AbortSignal;
  readonly observer?: SweepObserver;
  /** @default Math.random */
  readonly random?: () => number;
}

/**
 * Sweeps the regions of the given services.
 * Never rejects for what Athena does: what could not be listed, looked at or ended is in the report.
 */
export async function sweep(
  services: readonly SessionService[],
  options: SweepOptions,
): Promise<SweepResult> {
  const { settings, clock, stop, lastCall, observer = {}, random = Math.random } = options;
  // Every call and every wait of a sweep listens to these two; that many listeners are no leak.
  setMaxListeners(0, stop, lastCall);
  const startedAt = new Date(clock());
  const tally = new Tally(
    services.map(({ region }) => region),
    random,
  );
  const budget = new TerminationBudget(settings.maxTerminationsPerSweep);
  const context = { settings, stop, lastCall, observer, random, now: startedAt, tally, budget };
  await Promise.all(services.map((service) => new RegionSweep(service, context).run()));
  return tally.result({
    mode: settings.mode,
    startedAt,
    durationMs: clock() - startedAt.getTime(),
    dpuHourPrice: settings.dpuHourPrice,
    calls: sumOf(services.map((service) => service.callCounts())),
  });
}

function sumOf(counts: readonly CallCounts[]): CallCounts {
  return counts.reduce(
    (sum, { calls, throttled }) => ({ calls: sum.calls + calls, throttled: sum.throttled + throttled }),
    { calls: 0, throttled: 0 },
  );
}
