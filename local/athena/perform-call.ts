import type { EmbeddedAthena } from './embedded-athena.js';
import type { AnswerFault, Fate } from './faults.js';
import type { Call, JournalEntry, Outcome } from './journal.js';
import { isJsonObject, type JsonObject, type JsonValue } from './json.js';
import { operations } from './operations.js';
import { type AthenaAnswer, errorAnswer, type HttpAnswer, httpAnswer, outputAnswer } from './protocol.js';
import type { RegionStore } from './region-store.js';
import { invalidRequest, rateExceeded, ServiceError } from './service-error.js';

export interface Performance {
  readonly athena: EmbeddedAthena;
  readonly store: RegionStore;
  readonly call: Call;
  readonly fate: Fate;
  readonly latencyMs: number;
  readonly requestId: string;
  readonly signal: AbortSignal | undefined;
}

/** What the service did: its output, or the error that it answers. */
type Result = JsonObject | ServiceError;

/** The page that a `repeated-token` fault gives out for ever. */
const REPEATED_TOKEN = 'the-same-page-for-ever';

/** One call from its arrival to its answer: the way in, what the script has in store, what was asked, the way out. */
export async function performCall(performance: Performance): Promise<AthenaAnswer> {
  const { athena, call, fate, latencyMs, requestId, signal } = performance;
  const entry = athena.journal.open(call);
  await athena.clock.sleep(latencyMs / 2 + delayOf(fate));
  const result = await takeEffect(performance, entry);
  await athena.clock.sleep(latencyMs / 2);
  const outcome = outcomeOf(fate.answer, result);
  athena.journal.close(entry, outcome);
  if (outcome === 'hang') await callerGone(signal);
  else entry.answeredAt = athena.clock.now();
  const http =
    result instanceof ServiceError ? errorAnswer(result, requestId) : outputAnswer(result, requestId);
  return onTheWire(fate.answer, http, requestId);
}

async function takeEffect(performance: Performance, entry: JournalEntry): Promise<Result> {
  const { store, call, fate } = performance;
  await runHooks('before', performance);
  const session = store.sessions.get(call.sessionId ?? '');
  if (session !== undefined) entry.stateBefore = session.timeline.phaseAt(store.clock.now()).state;
  const result = resultOf(store, call, fate);
  if (session !== undefined && !(result instanceof ServiceError)) {
    entry.answered = { status: result.Status, state: result.State };
  }
  await runHooks('after', performance);
  return result;
}

async function runHooks(kind: 'before' | 'after', { athena, call, fate }: Performance): Promise<void> {
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

/** The error that a fault answers with; undefined where it does something else to the answer. */
function refusalBy(fault: AnswerFault): ServiceError | undefined {
  switch (fault.kind) {
    case 'throttle':
      return rateExceeded();
    case 'error':
      return new ServiceError(fault.code, fault.message ?? `Scripted ${fault.code}`, fault.status);
    case 'expired-token':
      return invalidRequest('Invalid or expired NextToken.');
    default:
      return undefined;
  }
}

/** Whether the operation takes effect though its answer is lost or wrong. */
function letsDo(fault: AnswerFault): boolean {
  switch (fault.kind) {
    case 'throttle':
    case 'expired-token':
      return false;
    case 'error':
    case 'drop':
    case 'hang':
      return fault.done ?? false;
    case 'cut':
    case 'malformed':
      return true;
  }
}

function outcomeOf(fault: AnswerFault | undefined, result: Result): Outcome {
  switch (fault?.kind) {
    case 'drop':
      return 'reset';
    case 'hang':
    case 'cut':
    case 'malformed':
      return fault.kind;
    default:
      return result instanceof ServiceError ? result.code : 'ok';
  }
}

function onTheWire(fault: AnswerFault | undefined, http: HttpAnswer, requestId: string): AthenaAnswer {
  switch (fault?.kind) {
    case 'drop':
    case 'hang':
      return { kind: 'reset' };
    case 'cut':
      return { kind: 'cut', ...http };
    case 'malformed':
      return { kind: 'answer', ...httpAnswer(200, fault.body ?? http.body.slice(0, -1), requestId) };
    default:
      return { kind: 'answer', ...http };
  }
}

function delayOf({ bends }: Fate): number {
  return bends.reduce((ms, bend) => ms + (bend.kind === 'delay' ? bend.ms : 0), 0);
}

function inputFor({ input }: Call, { bends }: Fate): JsonObject {
  return bends.some(({ kind }) => kind === 'repeated-token') ? { ...input, NextToken: undefined } : input;
}

function bent(output: JsonObject, { bends }: Fate): JsonObject {
  let result = output;
  for (const bend of bends) {
    if (bend.kind === 'repeated-token') result = { ...result, NextToken: REPEATED_TOKEN };
    if (bend.kind === 'replace') result = replaced(result, bend.member, bend.value);
  }
  return result;
}

function replaced(object: JsonObject, member: string, value: JsonValue | undefined): JsonObject {
  const deeper = (inner: JsonValue | undefined): JsonValue | undefined => {
    if (Array.isArray(inner)) return inner.map((item: JsonValue) => deeper(item) ?? null);
    return isJsonObject(inner) ? replaced(inner, member, value) : inner;
  };
  return Object.fromEntries(
    Object.entries(object).map(([name, inner]) => [name, name === member ? value : deeper(inner)]),
  );
}

function callerGone(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
