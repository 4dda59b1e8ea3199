/** Carries one call from its arrival to its answer. */
import type { FaultedAthena } from './faults/fault.js';
import {
  alteredInput,
  alteredOutput,
  delayBy,
  errorBy,
  outcomeOf,
  type Result,
  takesEffect,
  transportOf,
} from './faults/fault-effects.js';
import type { CallFaults } from './faults/fault-script.js';
import type { Call } from './journal/call.js';
import type { Journal, JournalEntry } from './journal/journal.js';
import { OPERATIONS } from './operations/operation-table.js';
import type { RegionStore } from './store/region-store.js';
import { stateOf } from './store/session.js';
import type { Clock } from './time/clock.js';
import { type AthenaAnswer, errorAnswer, outputAnswer } from './wire/protocol.js';
import { ServiceError } from './wire/service-error.js';

/** All that one call needs on its way to an answer. */
export interface CallInProgress {
  /** What hooks are given. */
  readonly athena: FaultedAthena;
  readonly journal: Journal;
  readonly store: RegionStore;
  readonly call: Call;
  readonly faults: CallFaults;
  readonly latencyMs: number;
  readonly requestId: string;
  readonly dateClock: Clock;
  readonly signal: AbortSignal | undefined;
}

/** Half of the latency passes, the faults of the call and the operation take effect, and the other half passes. */
export async function performCall(progress: CallInProgress): Promise<AthenaAnswer> {
  const { journal, store, call, faults, latencyMs, requestId, signal } = progress;
  const entry = journal.open(call);
  await store.clock.sleep(latencyMs / 2 + delayBy(faults));
  const result = await takeEffect(progress, entry);
  await store.clock.sleep(latencyMs / 2);
  const outcome = outcomeOf(faults.answer, result);
  journal.close(entry, outcome);
  if (outcome === 'hang') await callerGone(signal);
  else entry.answeredAt = store.clock.now();
  const stamp = { requestId, now: progress.dateClock.now() };
  if (result instanceof ServiceError) {
    return transportOf(faults.answer, errorAnswer(result, stamp), stamp);
  }
  if (outcome === 'ok' && call.sessionId !== undefined) {
    entry.answered = { status: result.Status, state: result.State };
  }
  return transportOf(faults.answer, outputAnswer(result, stamp), stamp);
}

async function takeEffect(progress: CallInProgress, entry: JournalEntry): Promise<Result> {
  const { store, call, faults } = progress;
  await runHooks('before', progress);
  const session = store.sessions.get(call.sessionId ?? '');
  if (session !== undefined) entry.stateBefore = stateOf(session, store.clock.now());
  const result = resultOf(store, call, faults);
  await runHooks('after', progress);
  return result;
}

async function runHooks(kind: 'before' | 'after', { athena, call, faults }: CallInProgress): Promise<void> {
  for (const fault of faults.alterations) {
    if (fault.kind === kind) await fault.run(athena, call);
  }
}

function resultOf(store: RegionStore, call: Call, faults: CallFaults): Result {
  const { answer } = faults;
  const error = answer && errorBy(answer);
  if (answer !== undefined && !takesEffect(answer)) return error ?? {};
  try {
    const output = OPERATIONS[call.operation](store, alteredInput(call, faults));
    return error ?? alteredOutput(output, faults);
  } catch (thrown) {
    if (thrown instanceof ServiceError) return error ?? thrown;
    throw thrown;
  }
}

function callerGone(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
