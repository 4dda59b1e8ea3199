/** A session that is started without an idle timeout, watched until it ends by itself or clearly does not. */

import { MINUTE_MS } from '../../../lambda/contract/durations.js';
import type { ExperimentCalls } from './experiment-calls.js';
import type { TimeoutWatch } from './observations.js';
import type { OwnSessions } from './own-sessions.js';
import type { Sample } from './sample.js';
import { watch } from './watch.js';

const LONGEST_START_MS = 5 * 60_000;
/** The timeout that the user guide names is 20 minutes. */
const WATCHED_MINUTES = 23;
const GONE: readonly (string | undefined)[] = ['TERMINATING', 'TERMINATED'];

/** Ends the session where it does not end by itself. */
export async function watchWithoutTimeout(
  calls: ExperimentCalls,
  own: OwnSessions,
  stop: AbortSignal,
): Promise<TimeoutWatch> {
  const id = await own.start(undefined, stop);
  const samples: Sample[] = [];
  const idle = await watch(
    calls,
    id,
    samples,
    { isOver: ({ state }) => state === 'IDLE', until: 'it was IDLE', longestMs: LONGEST_START_MS },
    stop,
  );
  const { SessionConfiguration: shown } = await calls.session(id, stop);
  const seconds = shown?.IdleTimeoutSeconds;
  const idleMs = ({ askedAt }: Sample) => askedAt - idle.askedAt;
  const last = await watch(
    calls,
    id,
    samples,
    {
      isOver: (sample) => GONE.includes(sample.state) || idleMs(sample) >= WATCHED_MINUTES * MINUTE_MS,
      until: 'it ended by itself',
      longestMs: (WATCHED_MINUTES + 1) * MINUTE_MS,
    },
    stop,
  );
  await own.end(id, stop);
  return {
    shownMinutes: shown?.SessionIdleTimeoutInMinutes ?? (seconds === undefined ? undefined : seconds / 60),
    endedAfterMinutes: GONE.includes(last.state) ? idleMs(last) / MINUTE_MS : undefined,
    watchedMinutes: idleMs(last) / MINUTE_MS,
  };
}
