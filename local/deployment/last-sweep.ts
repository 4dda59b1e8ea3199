/** The last sweep that the log shows. */
import * as v from 'valibot';
import { LOG_MESSAGES } from '../../lambda/contract/telemetry.js';
import { configAt, type Place } from './place.js';
import type { DeployedReaper } from './stack.js';

const HOUR_MS = 3_600_000;
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
    notListed: v.number(),
  }),
});
export type LastSweep = Omit<v.InferOutput<typeof lineSchema>, 'message'>;

/** @returns undefined where no sweep finished within eight days. */
export async function readLastSweep(
  { logGroup }: DeployedReaper,
  place: Place,
  now: number,
): Promise<LastSweep | undefined> {
  for (const hours of LOOKED_BACK_HOURS) {
    const lines = await sweepLines(logGroup, place, now - hours * HOUR_MS);
    const last = lines
      .flatMap(parsed)
      .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
      .at(-1);
    if (last !== undefined) {
      const { mode, startedAt, durationMs, complete, counts } = last;
      return { mode, startedAt, durationMs, complete, counts };
    }
  }
  return undefined;
}

async function sweepLines(logGroup: string, place: Place, startTime: number): Promise<readonly string[]> {
  const { CloudWatchLogsClient, FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  const client = new CloudWatchLogsClient(configAt(place));
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const query = { logGroupName: logGroup, startTime, filterPattern: `"${LOG_MESSAGES.sweep}"`, nextToken };
    const page = await client.send(new FilterLogEventsCommand(query), { abortSignal: place.signal });
    lines.push(...(page.events ?? []).flatMap(({ message }) => message ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines;
}

/** @returns nothing for a line that only quotes a summary, or is cut off. */
function parsed(line: string) {
  try {
    const result = v.safeParse(lineSchema, JSON.parse(line));
    return result.success ? [result.output] : [];
  } catch {
    return [];
  }
}
