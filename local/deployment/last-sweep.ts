/** The last sweep that the log shows. */

import * as v from 'valibot';
import { HOUR_MS } from '../../lambda/contract/durations.js';
import { LOG_MESSAGES } from '../../lambda/contract/telemetry.js';
import { jsonOf, logLines } from './log-lines.js';
import type { Place } from './place.js';
import type { DeployedReaper } from './stack.js';

/** The log is read forwards, so that a short time is tried before a long one. */
const LOOKED_BACK_HOURS = [2, 26, 8 * 24];

const lineSchema = v.object({
  message: v.literal(LOG_MESSAGES.sweep),
  mode: v.string(),
  startedAt: v.string(),
  durationMs: v.number(),
  complete: v.boolean(),
  counts: v.object({
    listed: v.number(),
    due: v.number(),
    terminated: v.number(),
    failed: v.number(),
    deferred: v.optional(v.number(), 0),
    notListed: v.number(),
    waiting: v.optional(v.number(), 0),
  }),
  /** Only of an organization's sweep that did not come to its end. */
  givenUp: v.exactOptional(v.picklist(['stopped', 'timed-out'])),
});
export type LastSweep = Omit<v.InferOutput<typeof lineSchema>, 'message'>;

/** @returns undefined where no sweep finished within eight days. */
export async function readLastSweep(
  { logGroup }: DeployedReaper,
  place: Place,
  now: number,
): Promise<LastSweep | undefined> {
  for (const hours of LOOKED_BACK_HOURS) {
    const lines = await logLines(logGroup, LOG_MESSAGES.sweep, { from: now - hours * HOUR_MS }, place);
    const last = lines
      .flatMap((line) => {
        // A line that only quotes a summary is none.
        const { success, output } = v.safeParse(lineSchema, jsonOf(line));
        return success ? [output] : [];
      })
      .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
      .at(-1);
    if (last !== undefined) {
      const { message: _, ...sweep } = last;
      return sweep;
    }
  }
  return undefined;
}
