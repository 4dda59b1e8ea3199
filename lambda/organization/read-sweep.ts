/** Reads from the function's log what a sweep did. */
import pRetry from 'p-retry';
import { LOG_MESSAGES } from '../contract/telemetry.js';
import { errorText } from '../reporting/session-record.js';
import { type LoggedSweep, loggedSweep } from './logged-sweep.js';
import type { OrganizationHost } from './organization-host.js';
import type { TimeRange } from './own-log.js';

/** Lines show some seconds after they were written: the log is read again this often, this long apart. */
const RETRIES = 4;
const BETWEEN_READINGS_MS = 2_000;

export interface Wanted {
  readonly time: TimeRange;
  /** Whether the targets' own lines are to be read too, for their figures. */
  readonly figures: boolean;
  /** Whether all is there that is known to have been written. */
  readonly isWhole: (read: LoggedSweep) => boolean;
}

/**
 * Never rejects: what the log does not show is not known, which a line says.
 * @param stop aborts when nothing new may be begun.
 */
export async function readSweep(
  { time, figures, isWhole }: Wanted,
  { ownLog, logger }: Pick<OrganizationHost, 'ownLog' | 'logger'>,
  stop: AbortSignal,
): Promise<LoggedSweep> {
  let read = loggedSweep([]);
  if (!ownLog) return read;
  const messages = [LOG_MESSAGES.session, ...(figures ? [LOG_MESSAGES.target] : [])];
  const reading = async () => {
    read = loggedSweep(await ownLog.linesOf(messages, time, stop));
    if (!isWhole(read)) throw new Error('some lines on sessions are not in the log yet');
  };
  try {
    const apart = { minTimeout: BETWEEN_READINGS_MS, maxTimeout: BETWEEN_READINGS_MS };
    await pRetry(reading, { retries: RETRIES, ...apart, signal: stop });
  } catch (error) {
    logger.error(LOG_MESSAGES.ownLogUnread, { error: errorText(error) });
  }
  return read;
}
