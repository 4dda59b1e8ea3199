import type { Writable } from 'node:stream';
import { Presets, SingleBar } from 'cli-progress';
import type { SweepObserver } from '../../../lambda/reporting/observer.js';
import { isTerminal } from './terminal.js';

/** A bar that shows how far a sweep is. Silent where nobody watches. */
export interface Progress {
  readonly observer: Pick<SweepObserver, 'session' | 'workgroupListed'>;
  /** Takes the bar away. */
  stop(): void;
}

/** Counts workgroups listed, over all regions. */
export function listingProgress(stream: Writable): Progress {
  const bar = barOn(stream, 'Listing', 'workgroups', 0);
  const totals = new Map<string, number>();
  return {
    observer: {
      workgroupListed: (region, _listed, workgroups) => {
        totals.set(region, workgroups);
        bar.setTotal([...totals.values()].reduce((sum, total) => sum + total, 0));
        bar.increment();
      },
    },
    stop: () => bar.stop(),
  };
}

/** Counts sessions whose outcome is known. */
export function endingProgress(stream: Writable, sessions: number): Progress {
  const bar = barOn(stream, 'Ending', 'sessions', sessions);
  return { observer: { session: () => bar.increment() }, stop: () => bar.stop() };
}

function barOn(stream: Writable, verb: string, noun: string, total: number): SingleBar {
  const bar = new SingleBar(
    {
      format: `${verb} {bar} {value}/{total} ${noun}`,
      stream,
      clearOnComplete: true,
      emptyOnZero: true,
      barsize: 30,
    },
    Presets.shades_classic,
  );
  if (isTerminal(stream)) bar.start(total, 0);
  return bar;
}
