/** Who started the sessions that a sweep has ended, asked of CloudTrail when all else is done. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionRecord } from '../contract/report.js';
import { LOG_MESSAGES } from '../contract/telemetry.js';
import type { LineWriter } from '../reporting/emission.js';
import { errorText, ownerText } from '../reporting/session-record.js';
import type { EventHistory, StartedSession } from './event-history.js';

/** LookupEvents allows two calls per second in an account and region. */
const MS_BETWEEN_CALLS = 500;

/**
 * Looks up each session once, one after the other. What does not fit into the time is left out, and the first look-up
 * that fails is the last one: the next would meet the same lack of permission, or the same throttling.
 * @param ended what to look up; a session without a start cannot be.
 * @param stop aborts when the report has to be written.
 * @returns principals by session id.
 */
export async function startersOf(
  ended: readonly SessionRecord[],
  history: EventHistory,
  logger: LineWriter,
  stop: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const sessions = ended.flatMap(withStart);
  for (const [index, session] of sessions.entries()) {
    try {
      if (index > 0) await sleep(MS_BETWEEN_CALLS, undefined, { signal: stop });
      const name = await history.starterOf(session, stop);
      if (name === undefined) continue;
      found.set(session.sessionId, name);
      const { sessionId, region } = session;
      logger.info(LOG_MESSAGES.starterFound, {
        sessionId,
        region,
        owner: ownerText(name),
        ownerFrom: 'cloudtrail',
      });
    } catch (error) {
      const fields = {
        left: sessions.length - index,
        error: stop.aborted ? 'out of time' : errorText(error),
      };
      logger.warn(LOG_MESSAGES.startersLeft, fields);
      break;
    }
  }
  return found;
}

function withStart({ sessionId, region, startedAt }: SessionRecord): readonly StartedSession[] {
  return startedAt === undefined ? [] : [{ sessionId, region, startedAt: new Date(startedAt) }];
}
