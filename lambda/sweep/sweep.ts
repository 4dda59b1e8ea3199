/**
 * One sweep over its regions, side by side: list, decide, look again, terminate, record. It talks to the port in
 * `athena/session-service.ts` and knows nothing of the SDK, of Lambda or of logging.
 */
import { setMaxListeners } from 'node:events';
import type { CallCounts, SessionService } from '../athena/session-service.js';
import type { SessionRecord } from '../contract/report.js';
import type { SweepSettings } from '../contract/settings.js';
import { noneReached } from '../policy/workgroup-selection.js';
import { isNews } from '../reporting/news.js';
import type { SweepObserver } from '../reporting/observer.js';
import { type SweepResult, Tally } from '../reporting/tally.js';
import { textOptions } from '../reporting/texts.js';
import type { FoundWorkgroups } from './find-workgroups.js';
import { LastModifiedTrust } from './last-modified-trust.js';
import { ListingMemory } from './listing-memory.js';
import { ProcessMemory } from './process-memory.js';
import { RegionLedger } from './region-ledger.js';
import { RegionSweep } from './region-sweep.js';
import { TerminationBudget } from './termination-budget.js';

export interface SweepOptions {
  readonly settings: SweepSettings;
  /** Milliseconds since the epoch. Read once for every decision, and once more for the duration. */
  readonly clock: () => number;
  /** Aborts when no other workgroup may be begun. @default `stop` */
  readonly stopListing?: AbortSignal;
  /** Aborts when nothing new may be begun. */
  readonly stop: AbortSignal;
  /** Aborts when not even the answer to a TerminateSession in flight can be waited for. */
  readonly lastCall: AbortSignal;
  readonly observer?: SweepObserver;
  /** @default Math.random */
  readonly random?: () => number;
  /** @default nothing is remembered from another sweep */
  readonly memory?: ProcessMemory;
  /**
   * Whether workgroups may be left out that the memory knows to hold nothing due yet. Only sweeps of all that is
   * deployed may, for a sweep that was asked for is to show what there is.
   * @default false
   */
  readonly mayRemember?: boolean;
  /** The account that is swept, for what is remembered of it. @default the only one */
  readonly accountId?: string;
  /** Who started sessions that were ended, by id; asked when all else is done. @default nobody asks */
  readonly startersOf?: (
    ended: readonly SessionRecord[],
    stop: AbortSignal,
  ) => Promise<ReadonlyMap<string, string>>;
  /** The partition of that account, for the ARNs in a digest. @default a digest has no commands */
  readonly partition?: string;
  /** Whether the same settings are for other accounts too, so that globs need not reach a workgroup in this one. */
  readonly isOneOfMany?: boolean;
}

export interface Swept extends SweepResult {
  /** Whether the globs of the settings, and of the event, select a workgroup, or may do so where one is not listed. */
  readonly reached: boolean;
}

/**
 * Sweeps the regions of the given services.
 * Never rejects for what Athena does: what could not be listed, looked at or ended is in the report.
 */
export async function sweep(services: readonly SessionService[], options: SweepOptions): Promise<Swept> {
  const { settings, clock, stop, lastCall, observer = {}, random = Math.random } = options;
  const { memory = new ProcessMemory(), accountId = '', partition, isOneOfMany = false } = options;
  const { stopListing = stop, mayRemember = false } = options;
  // Every call and every wait of a sweep listens to one of these; that many listeners are no leak.
  setMaxListeners(0, stopListing, stop, lastCall);
  const startedAt = clock();
  const { sweepIntervalMinutes } = settings;
  const moment = { startedAt: new Date(startedAt).toISOString(), sweepIntervalMinutes };
  const tally = new Tally(
    services.map(({ region }) => region),
    random,
    (record) => isNews(record, moment),
  );
  const terminates = settings.mode === 'terminate';
  const budget = new TerminationBudget(
    terminates ? settings.maxTerminationsPerSweep : Number.POSITIVE_INFINITY,
  );
  const regions = services.map((service) => {
    const { region } = service;
    const place = `${accountId}/${region}`;
    const trust = new LastModifiedTrust(settings.trust.lastModified, memory, place);
    const listings = mayRemember ? memory.listingsOf(place, settings) : new ListingMemory();
    const ledger = new RegionLedger(region, { tally, observer, memory, terminates, sweepIntervalMinutes });
    const deadlines = { stopListing, stop, lastCall };
    const context = { settings, startedAt, clock, ...deadlines, random, budget, ledger, trust, listings };
    return { ledger, sweep: new RegionSweep(service, context) };
  });
  const found = await Promise.all(regions.map((region) => region.sweep.run()));
  const reached = found.some((one) => one.reached || one.error !== undefined);
  if (!reached && !isOneOfMany)
    regions[0]?.ledger.notListed(noneReached(namesOf(found), settings), undefined, 'none-selected');
  const durationMs = clock() - startedAt;
  if (options.startersOf) {
    tally.namedOwners(await options.startersOf(tally.endedWithoutOwner(), stop));
  }
  const result = tally.result({
    mode: settings.mode,
    startedAt: new Date(startedAt),
    durationMs,
    dpuHourPrice: settings.dpuHourPrice,
    calls: sumOf(services.map((service) => service.callCounts())),
    texts: textOptions(settings, partition === undefined ? undefined : { partition, accountId }),
  });
  return { ...result, reached };
}

function namesOf(found: readonly FoundWorkgroups[]): readonly string[] {
  return found.flatMap(({ names }) => names);
}

function sumOf(counts: readonly CallCounts[]): CallCounts {
  return counts.reduce(
    (sum, { calls, throttled }) => ({ calls: sum.calls + calls, throttled: sum.throttled + throttled }),
    { calls: 0, throttled: 0 },
  );
}
