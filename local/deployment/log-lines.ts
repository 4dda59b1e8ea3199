/** Lines of a deployed reaper's log. */
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { configAt, type Place } from './place.js';

export interface LogLine {
  readonly at: Date;
  /** As it was written: JSON, unless it is cut off. */
  readonly text: string;
}

/** A log is asked several times in a row, and a new client would connect anew each time. */
const clients = new WeakMap<Place, CloudWatchLogsClient>();

/**
 * Every line in a time that has this text, to the last page, oldest first.
 * @param from epoch milliseconds, as `to` is.
 */
export async function logLines(
  logGroup: string,
  text: string,
  { from, to }: { readonly from: number; readonly to?: number },
  place: Place,
): Promise<readonly LogLine[]> {
  const { CloudWatchLogsClient, FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  const client = clients.get(place) ?? new CloudWatchLogsClient(configAt(place));
  clients.set(place, client);
  const filterPattern = `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  const query = { logGroupName: logGroup, startTime: from, endTime: to, filterPattern };
  const lines: LogLine[] = [];
  let nextToken: string | undefined;
  do {
    const command = new FilterLogEventsCommand({ ...query, nextToken });
    const page = await client.send(command, { abortSignal: place.signal });
    for (const { timestamp = 0, message = '' } of page.events ?? []) {
      lines.push({ at: new Date(timestamp), text: message });
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** @returns undefined for a line that is no JSON. */
export function jsonOf({ text }: LogLine): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
