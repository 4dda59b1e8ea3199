/**
 * The function's own log, in which the targets of a sweep have written what they did. Its client is loaded with the first
 * reading, from the Lambda runtime: a sweep that ends nothing never loads it, and the bundle does not carry it.
 */
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CLIENT_DEFAULTS } from '../athena/athena-sessions.js';
import { boundedCall } from '../athena/bounded-call.js';

export interface OwnLog {
  /**
   * The lines with one of these messages, or those of the first pages where not every page could be read. A line is
   * there some seconds after it was written.
   * @throws whatever the client throws where no line could be read.
   */
  linesOf(messages: readonly string[], time: TimeRange, signal: AbortSignal): Promise<readonly unknown[]>;
}

/** Epoch milliseconds. */
export interface TimeRange {
  readonly from: number;
  /** @default until now */
  readonly to?: number;
}

/** A digest names the foremost of so many; memory stays bounded. */
const MOST_LINES = 20_000;

/** @param logGroupName as Lambda names it in the function's environment. */
export function ownLogIn(region: string, logGroupName: string): OwnLog {
  let client: CloudWatchLogsClient | undefined;
  return {
    linesOf: async (messages, { from, to }, signal) => {
      const { CloudWatchLogsClient, FilterLogEventsCommand } = await import(
        '@aws-sdk/client-cloudwatch-logs'
      );
      const logs = client ?? new CloudWatchLogsClient({ ...CLIENT_DEFAULTS, maxAttempts: 3, region });
      client = logs;
      const query = { logGroupName, startTime: from, endTime: to, filterPattern: patternOf(messages) };
      return toTheLastPage(async (nextToken) => {
        const command = new FilterLogEventsCommand({ ...query, nextToken });
        const page = await boundedCall((options) => logs.send(command, options), signal);
        const lines = (page.events ?? []).flatMap(({ message = '' }) => parsed(message));
        return { lines, nextToken: page.nextToken };
      });
    },
  };
}

interface Page {
  readonly lines: readonly unknown[];
  readonly nextToken: string | undefined;
}

/** A page may be empty though more follow. */
async function toTheLastPage(read: (nextToken?: string) => Promise<Page>): Promise<readonly unknown[]> {
  const lines: unknown[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await read(nextToken);
      lines.push(...page.lines);
      nextToken = page.nextToken;
    } while (nextToken !== undefined && lines.length < MOST_LINES);
  } catch (error) {
    if (lines.length === 0) throw error;
  }
  return lines;
}

/** A filter pattern for lines of JSON, in the form of the guide of CloudWatch Logs. */
function patternOf(messages: readonly string[]): string {
  const conditions = messages.map((message) => `$.message = "${message}"`);
  if (conditions.length === 1) return `{ ${conditions.join()} }`;
  return `{ ${conditions.map((condition) => `(${condition})`).join(' || ')} }`;
}

/** Nothing of a line that is not whole. */
function parsed(line: string): readonly unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
