/** What a deployed reaper's log says of the end of a session. */

import * as v from 'valibot';
import { HOUR_MS } from '../../lambda/contract/durations.js';
import { LOG_MESSAGES } from '../../lambda/contract/telemetry.js';
import type { SessionDetail } from '../../lambda/policy/session.js';
import { jsonOf, type LogLine, logLines } from './log-lines.js';
import type { Place } from './place.js';
import type { DeployedReaper } from './stack.js';

const recordSchema = v.object({
  message: v.literal(LOG_MESSAGES.session),
  sessionId: v.string(),
  outcome: v.string(),
  reason: v.string(),
  minutes: v.number(),
  limitMinutes: v.number(),
  rule: v.string(),
  error: v.optional(v.string()),
});

/** A line that the reaper wrote of a session. */
export interface LoggedRecord extends Omit<v.InferOutput<typeof recordSchema>, 'message' | 'sessionId'> {
  readonly at: Date;
}

export type LoggedEnding =
  /** TerminateSession was called for it, and accepted. */
  | { readonly kind: 'ended'; readonly record: LoggedRecord }
  /** The log covers the time of its end, with a sweep before and one after it. */
  | {
      readonly kind: 'not ended';
      readonly sweepBefore: Date;
      readonly sweepAfter: Date;
      /** What the reaper last did about it instead. */
      readonly last?: LoggedRecord;
    }
  /** No line says that it was ended, and the log does not cover the time. */
  | { readonly kind: 'not covered'; readonly missing: 'before' | 'after' };

/** TERMINATING may last a while, so that the reaper asked for the end before it came. */
const LONGEST_TERMINATING_MS = HOUR_MS / 4;
/** How far a sweep is looked for on either side: a schedule may pause at weekends. */
const LOOKED_AROUND_HOURS = [2, 26, 8 * 24];
/** A session of which Athena does not say when it started. */
const LONGEST_LIFE_MS = 30 * 24 * HOUR_MS;

/**
 * Reads every line on the session, and the sweeps around its end where none says that it was ended.
 * @param now epoch milliseconds.
 */
export async function readEnding(
  session: SessionDetail,
  { logGroup }: DeployedReaper,
  place: Place,
  now: number,
): Promise<LoggedEnding> {
  const endedAt = session.endedAt?.getTime() ?? now;
  const from = session.startedAt?.getTime() ?? endedAt - LONGEST_LIFE_MS;
  const lines = await logLines(
    logGroup,
    session.sessionId,
    { from, to: Math.min(now, endedAt + HOUR_MS) },
    place,
  );
  const records = lines.flatMap((line) => recordIn(line, session.sessionId));
  const ended = records.findLast(({ outcome }) => ENDED.includes(outcome));
  if (ended) return { kind: 'ended', record: ended };
  return coverage(records.at(-1), endedAt, logGroup, place, now);
}

const ENDED: readonly string[] = ['terminated', 'accepted'];

async function coverage(
  last: LoggedRecord | undefined,
  endedAt: number,
  logGroup: string,
  place: Place,
  now: number,
): Promise<LoggedEnding> {
  let missing: 'before' | 'after' = 'before';
  for (const hours of LOOKED_AROUND_HOURS) {
    const around = { from: endedAt - hours * HOUR_MS, to: Math.min(now, endedAt + hours * HOUR_MS) };
    const sweeps = (await logLines(logGroup, LOG_MESSAGES.sweep, around, place)).map(({ at }) => at);
    const sweepBefore = sweeps.findLast((at) => at.getTime() <= endedAt - LONGEST_TERMINATING_MS);
    const sweepAfter = sweeps.find((at) => at.getTime() > endedAt);
    if (sweepBefore && sweepAfter) {
      return { kind: 'not ended', sweepBefore, sweepAfter, ...(last && { last }) };
    }
    missing = sweepBefore ? 'after' : 'before';
  }
  return { kind: 'not covered', missing };
}

function recordIn(line: LogLine, sessionId: string): readonly LoggedRecord[] {
  const { success, output } = v.safeParse(recordSchema, jsonOf(line));
  if (!success || output.sessionId !== sessionId) return [];
  const { message: _message, sessionId: _id, ...record } = output;
  return [{ at: line.at, ...record }];
}
