import type { EmbeddedAthena } from './embedded-athena.js';
import {
  bent,
  delayOf,
  inputFor,
  letsDo,
  onTheWire,
  outcomeOf,
  type Result,
  refusalBy,
} from './faults/fault-effects.js';
import type { Fate } from './faults/fault-script.js';
import type { Call, JournalEntry } from './journal/journal.js';
import { operations } from './operations/operation-table.js';
import type { RegionStore } from './store/region-store.js';
import { stateOf } from './store/session.js';
import { type AthenaAnswer, errorAnswer, outputAnswer } from './wire/protocol.js';
import { ServiceError } from './wire/service-error.js';

/** All that one call needs on its way to an answer. */
export interface CallInProgress {
  readonly athena: EmbeddedAthena;
  readonly store: RegionStore;
  readonly call: Call;
  readonly fate: Fate;
  readonly latencyMs: number;
  readonly requestId: string;
  readonly signal: AbortSignal | undefined;
}

/** One call from its arrival to its answer: the way in, what the script has in store, what was asked, the way out. */
export async function performCall(progress: CallInProgress): Promise<AthenaAnswer> {
  const { athena, call, fate, latencyMs, requestId, signal } = progress;
  const entry = athena.journal.open(call);
  await athena.clock.sleep(latencyMs / 2 + delayOf(fate));
  const result = await takeEffect(progress, entry);
  await athena.clock.sleep(latencyMs / 2);
  const outcome = outcomeOf(fate.answer, result);
  athena.journal.close(entry, outcome);
  if (outcome === 'hang') await callerGone(signal);
  else entry.answeredAt = athena.clock.now();
  if (result instanceof ServiceError) {
    return onTheWire(fate.answer, errorAnswer(result, requestId), requestId);
  }
  if (outcome === 'ok' && call.sessionId !== undefined) {
    entry.answered = { status: result.Status, state: result.State };
  }
  return onTheWire(fate.answer, outputAnswer(result, requestId), requestId);
}

async function takeEffect(progress: CallInProgress, entry: JournalEntry): Promise<Result> {
  const { store, call, fate } = progress;
  await runHooks('before', progress);
  const session = store.sessions.get(call.sessionId ?? '');
  if (session !== undefined) entry.stateBefore = stateOf(session, store.clock.now());
  const result = resultOf(store, call, fate);
  await runHooks('after', progress);
  return result;
}

async function runHooks(kind: 'before' | 'after', { athena, call, fate }: CallInProgress): Promise<void> {
  for (const bend of fate.bends) {
    if (bend.kind === kind) await bend.run(athena, call);
  }
}

function resultOf(store: RegionStore, call: Call, fate: Fate): Result {
  const refusal = fate.answer && refusalBy(fate.answer);
  if (fate.answer !== undefined && !letsDo(fate.answer)) return refusal ?? {};
  try {
    const output = operations[call.operation](store, inputFor(call, fate));
    return refusal ?? bent(output, fate);
  } catch (error) {
    if (error instanceof ServiceError) return refusal ?? error;
    throw error;
  }
}

function callerGone(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
