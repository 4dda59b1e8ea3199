import { SHARE_FOR_LISTING } from '../contract/sweep-time.js';

/** The moments at which a sweep has to let go, as signals. */
interface Deadlines {
  /** Aborts when no other workgroup may be begun, so that there is time for the due sessions of those that were. */
  readonly stopListing: AbortSignal;
  /** Aborts when nothing new may be begun. */
  readonly stop: AbortSignal;
  /** Aborts when not even the answer to a TerminateSession in flight can be waited for. */
  readonly lastCall: AbortSignal;
}

/** Kept for the answers of calls in flight (their timeout is 5 s), the report, log lines and metrics. */
const STOP_BEFORE_END_MS = 7_000;
/** Kept for the report, log lines and metrics alone. */
const LAST_CALL_BEFORE_END_MS = 1_500;

/**
 * Runs a task within the time that is left.
 * @param remainingMs milliseconds to the end, as the Lambda context gives them.
 */
export async function withDeadlines<T>(
  remainingMs: number,
  task: (deadlines: Deadlines) => Promise<T>,
): Promise<T> {
  const stopsIn = remainingMs - STOP_BEFORE_END_MS;
  const stopListing = abortAfter(Math.min(remainingMs * SHARE_FOR_LISTING, stopsIn));
  const stop = abortAfter(stopsIn);
  const lastCall = abortAfter(remainingMs - LAST_CALL_BEFORE_END_MS);
  try {
    return await task({
      stopListing: stopListing.signal,
      stop: stop.signal,
      lastCall: lastCall.signal,
    });
  } finally {
    clearTimeout(stopListing.timer);
    clearTimeout(stop.timer);
    clearTimeout(lastCall.timer);
  }
}

function abortAfter(ms: number): { readonly signal: AbortSignal; readonly timer?: NodeJS.Timeout } {
  const controller = new AbortController();
  if (ms <= 0) {
    controller.abort();
    return { signal: controller.signal };
  }
  return { signal: controller.signal, timer: setTimeout(() => controller.abort(), ms) };
}
