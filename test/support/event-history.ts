/** CloudTrail as far as LookupEvents, over HTTP. */
import { onTestFinished, vi } from 'vitest';
import { serveLoopback } from './loopback.js';

/** A start of a session as CloudTrail records it. */
export interface StartEvent {
  readonly sessionId: string;
  readonly at: Date;
  readonly arn?: string;
  /** @default Athena's */
  readonly eventSource?: string;
  /** The JSON of the event instead. */
  readonly raw?: string;
}

interface ServedHistory {
  /** When each call came, in epoch milliseconds. */
  readonly calls: readonly number[];
}

/** Serves it until the test is over; the real client finds it by its environment variable. */
export async function servedEventHistory(
  events: readonly StartEvent[],
  trouble?: { readonly code: string; readonly from?: number } | 'hangs',
): Promise<ServedHistory> {
  const calls: number[] = [];
  const { url, close } = await serveLoopback(async ({ headers, body }) => {
    const call = calls.push(Date.now());
    if (trouble === 'hangs') await new Promise(() => {});
    const isRefused = typeof trouble === 'object' && call >= (trouble.from ?? 1);
    if (isRefused) return json({ __type: trouble.code, message: 'refused' }, 400);
    if (!String(headers['x-amz-target']).endsWith('.LookupEvents')) return json({}, 400);
    return json({ Events: matching(events, JSON.parse(body)).map(asListed) });
  });
  onTestFinished(close);
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDTRAIL', url);
  return { calls };
}

interface LookUp {
  readonly LookupAttributes: readonly { readonly AttributeKey: string; readonly AttributeValue: string }[];
  /** Epoch seconds. */
  readonly StartTime: number;
  readonly EndTime: number;
  readonly MaxResults: number;
}

function matching(events: readonly StartEvent[], { LookupAttributes, ...asked }: LookUp) {
  const [attribute] = LookupAttributes;
  if (attribute?.AttributeKey !== 'EventName' || attribute.AttributeValue !== 'StartSession') return [];
  const isWithin = (seconds: number) => seconds >= asked.StartTime && seconds <= asked.EndTime;
  return events.filter(({ at }) => isWithin(at.getTime() / 1_000)).slice(0, asked.MaxResults);
}

function asListed({ sessionId, at, arn, eventSource = 'athena.amazonaws.com', raw }: StartEvent) {
  const event = { eventSource, userIdentity: { arn }, responseElements: { sessionId, state: 'CREATING' } };
  return { EventTime: at.getTime() / 1_000, CloudTrailEvent: raw ?? JSON.stringify(event) };
}

function json(content: object, status = 200) {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(content) };
}
