/** CloudWatch Logs as far as FilterLogEvents of the function's own log group, over HTTP. */
import { type LoopbackAnswer, serveLoopback } from '../loopback.js';

/** What the function finds in its environment. */
export const LOG_GROUP = '/hub/log';

type Line = Readonly<Record<string, unknown>>;

export interface OwnLogTroubles {
  /** The first readings do not show the lines yet. @default 0 */
  readonly late?: number;
  /** An error instead of each answer. */
  readonly code?: string;
  /** An error instead of each answer after this many. @default Infinity */
  readonly answers?: number;
}

/** @param lines what the function has written so far. */
export async function serveOwnLog(
  lines: () => readonly Line[],
  { late = 0, code, answers = Infinity }: OwnLogTroubles = {},
) {
  const queries: Query[] = [];
  const served = await serveLoopback(async ({ headers, body }) => {
    const query: Query = JSON.parse(body);
    queries.push(query);
    const isKnown = String(headers['x-amz-target']).endsWith('.FilterLogEvents');
    if (!isKnown || query.logGroupName !== LOG_GROUP)
      return answer({ __type: 'ResourceNotFoundException' }, 400);
    if (code !== undefined) return answer({ __type: code, message: 'refused' }, 400);
    if (queries.length > answers) return answer({ __type: 'AccessDeniedException', message: 'refused' }, 400);
    return answer(pageOf(queries.length > late ? matching(lines(), query) : [], query));
  });
  return { ...served, queries };
}

interface Query {
  readonly logGroupName: string;
  readonly startTime: number;
  readonly endTime?: number;
  readonly filterPattern: string;
  readonly nextToken?: string;
}

/** Of `{ $.message = "one" }`, or `{ ($.message = "one") || ($.message = "other") }`; of another form there are none. */
function messagesIn(pattern: string): readonly string[] {
  const [, only] = /^\{ \$\.message = "([^"]*)" \}$/.exec(pattern) ?? [];
  if (only !== undefined) return [only];
  const [, conditions = ''] = /^\{ (.*) \}$/.exec(pattern) ?? [];
  return conditions.split(' || ').flatMap((one) => /^\(\$\.message = "([^"]*)"\)$/.exec(one)?.[1] ?? []);
}

function matching(lines: readonly Line[], { filterPattern, startTime, endTime = Infinity }: Query) {
  const messages = messagesIn(filterPattern);
  return lines.filter(({ message, timestamp }) => {
    const at = Date.parse(String(timestamp));
    return messages.includes(String(message)) && at >= startTime && at <= endTime;
  });
}

/** Three pages, of which the first is empty though more follow, as may happen where a log has many streams. */
function pageOf(lines: readonly Line[], { nextToken }: Query) {
  // By the reference an event need not have a message.
  const events = (part: readonly Line[]) => [{}, ...part.map((line) => ({ message: JSON.stringify(line) }))];
  const half = Math.ceil(lines.length / 2);
  if (nextToken === undefined) return { events: [], nextToken: 'second' };
  if (nextToken === 'second') return { events: events(lines.slice(0, half)), nextToken: 'third' };
  return { events: events(lines.slice(half)) };
}

function answer(content: object, status = 200): LoopbackAnswer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(content) };
}
