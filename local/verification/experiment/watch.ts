/** Watching a session through its states. */
import type { ExperimentCalls } from './experiment-calls.js';
import { NotObservable } from './observed.js';
import type { Sample } from './sample.js';

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** A tenth of the time that has passed: what takes long need not be known to the second. */
const PAUSE_SHARE = 0.1;

export interface WatchOptions {
  readonly isOver: (sample: Sample) => boolean;
  /** What is waited for, for the reason why it was not seen. */
  readonly until: string;
  readonly longestMs: number;
  /** The longest pause between two looks. @default 5,000 */
  readonly longestPauseMs?: number;
}

/**
 * Reads the status of a session until it is over.
 * @param samples gets each status, the last one included, in order.
 * @throws NotObservable when that takes too long, or the session fails.
 */
export async function watch(
  calls: ExperimentCalls,
  sessionId: string,
  samples: Sample[],
  { isOver, until, longestMs, longestPauseMs = LONGEST_PAUSE_MS }: WatchOptions,
  signal: AbortSignal,
): Promise<Sample> {
  const from = calls.clock.now();
  for (;;) {
    const sample = await calls.status(sessionId, signal);
    samples.push(sample);
    if (isOver(sample)) return sample;
    if (sample.state === 'FAILED') throw new NotObservable(`the session was FAILED before ${until}`);
    const elapsed = sample.askedAt - from;
    if (elapsed >= longestMs) {
      const minutes = Math.round(longestMs / 60_000);
      throw new NotObservable(
        `the session was still ${sample.state ?? 'without a state'} after ${minutes} min`,
      );
    }
    await calls.clock.sleep(
      Math.min(Math.max(elapsed * PAUSE_SHARE, SHORTEST_PAUSE_MS), longestPauseMs),
      signal,
    );
  }
}
