/** EventBridge as far as PutEvents, over HTTP, with the limits that its reference names. */
import { onTestFinished, vi } from 'vitest';
import { type LoopbackAnswer, serveLoopback } from './loopback.js';

/** One entry as the client sent it. */
export interface PutEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Resources?: readonly string[];
  readonly EventBusName?: string;
}

export interface ServedEventBus {
  /** Entries of each call, in the order of the calls. */
  readonly calls: readonly (readonly PutEntry[])[];
  /** Entries that were taken. */
  readonly taken: readonly PutEntry[];
}

/** What becomes of an entry, or of a whole call, by its number from 0 on. */
export interface BusTroubles {
  readonly refuses?: (entry: PutEntry, call: number) => boolean;
  readonly fails?: (call: number) => { readonly status: number; readonly code: string } | undefined;
  readonly hangs?: boolean;
}

/** Serves it until the test is over; the real client finds it by its environment variable. */
export async function servedEventBus(troubles: BusTroubles = {}): Promise<ServedEventBus> {
  const calls: (readonly PutEntry[])[] = [];
  const taken: PutEntry[] = [];
  const { url, close } = await serveLoopback(async ({ headers, body }): Promise<LoopbackAnswer> => {
    const { Entries }: { Entries: readonly PutEntry[] } = JSON.parse(body);
    const number = calls.push(Entries) - 1;
    if (troubles.hangs) await new Promise(() => {});
    const failure = troubles.fails?.(number) ?? refusalOf(headers['x-amz-target'], Entries);
    if (failure) return answer({ __type: failure.code, message: 'refused' }, failure.status);
    const answers = Entries.map((entry) => {
      if (troubles.refuses?.(entry, number))
        return { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow' };
      taken.push(entry);
      return { EventId: `event-${taken.length}` };
    });
    const FailedEntryCount = answers.filter((one) => 'ErrorCode' in one).length;
    return answer({ FailedEntryCount, Entries: answers });
  });
  onTestFinished(close);
  vi.stubEnv('AWS_ENDPOINT_URL_EVENTBRIDGE', url);
  return { calls, taken };
}

/** As "Calculating PutEvents event entry size" of its guide has it. */
function sizeOf(entries: readonly PutEntry[]): number {
  const texts = entries.flatMap(({ Source, DetailType, Detail, Resources = [] }) => [
    ...[Source, DetailType, Detail],
    ...Resources,
  ]);
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 14 * entries.length);
}

function refusalOf(target: unknown, entries: readonly PutEntry[]) {
  const invalid = { status: 400, code: 'ValidationException' };
  if (target !== 'AWSEvents.PutEvents') return { status: 400, code: 'UnknownOperationException' };
  if (entries.length < 1 || entries.length > 10) return invalid;
  if (entries.some(({ Source }) => Source.startsWith('aws.'))) return invalid;
  return sizeOf(entries) > 262_144 ? invalid : undefined;
}

function answer(content: object, status = 200): LoopbackAnswer {
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  return { status, headers, body: JSON.stringify(content) };
}
