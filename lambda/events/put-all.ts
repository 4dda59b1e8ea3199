/** Puts any number of events on a bus, in batches that the service takes. */
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import type { BusEntry, EventBus } from './event-bus.js';

/** PutEvents takes this many entries in a request, and bytes; each entry's time counts as 14 bytes. */
const MOST_ENTRIES = 10;
const MOST_BYTES = 256_000;
const TIME_BYTES = 14;

const BATCHES_AT_ONCE = 4;
/** After a batch that failed, or of which some entries were refused. */
const RETRIES = 2;

export interface NotPut {
  readonly count: number;
  /** Why, for the first of them. */
  readonly error?: string;
}

/**
 * Never rejects: what could not be put before the signal aborted, retries included, is counted.
 * @param signal aborts when not even an answer can be waited for.
 */
export async function putAll(
  entries: readonly BusEntry[],
  bus: EventBus,
  signal: AbortSignal,
): Promise<NotPut> {
  const batches = await pLimit(BATCHES_AT_ONCE).map(batchesOf(entries), (batch) =>
    putBatch(batch, bus, signal),
  );
  const error = batches.find((one) => one.error !== undefined)?.error;
  return {
    count: batches.reduce((sum, { count }) => sum + count, 0),
    ...(error !== undefined && { error }),
  };
}

async function putBatch(batch: readonly BusEntry[], bus: EventBus, signal: AbortSignal): Promise<NotPut> {
  let left = batch;
  const attempt = async () => {
    const refused = await bus.put(left, signal);
    left = refused.entries;
    if (left.length > 0) throw new Error(refused.error ?? 'not taken');
  };
  try {
    await pRetry(attempt, { retries: RETRIES, minTimeout: 200, maxTimeout: 2_000, randomize: true, signal });
    return { count: 0 };
  } catch (error) {
    return { count: left.length, error: error instanceof Error ? error.message : String(error) };
  }
}

/** An entry that is too large by itself stands alone: the service refuses it, and it counts as such. */
function batchesOf(entries: readonly BusEntry[]): readonly (readonly BusEntry[])[] {
  const batches: BusEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry);
    const last = batches.at(-1);
    if (last === undefined || last.length === MOST_ENTRIES || bytes > room) {
      batches.push([entry]);
      room = MOST_BYTES - bytes;
    } else {
      last.push(entry);
      room -= bytes;
    }
  }
  return batches;
}

function bytesOf({ Source, DetailType, Detail, Resources }: BusEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), TIME_BYTES);
}
