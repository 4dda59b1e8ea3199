/** What each fault does to a call and to its answer. */

import type { Call, Outcome } from '../journal/journal.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json.js';
import { type AthenaAnswer, type HttpAnswer, httpAnswer } from '../wire/protocol.js';
import { invalidRequest, rateExceeded, ServiceError } from '../wire/service-error.js';
import type { AnswerFault, Fate } from './fault-script.js';

/** What the service did: its output, or the error that it answers. */
export type Result = JsonObject | ServiceError;

/** The page that a `repeated-token` fault gives out for ever. */
const REPEATED_TOKEN = 'the-same-page-for-ever';

/** The error that a fault answers with; undefined where it does something else to the answer. */
export function refusalBy(fault: AnswerFault): ServiceError | undefined {
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
export function letsDo(fault: AnswerFault): boolean {
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

/** What the journal notes. */
export function outcomeOf(fault: AnswerFault | undefined, result: Result): Outcome {
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

/** What becomes of the answer on its way back. */
export function onTheWire(fault: AnswerFault | undefined, http: HttpAnswer, requestId: string): AthenaAnswer {
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

/** Milliseconds. */
export function delayOf({ bends }: Fate): number {
  return bends.reduce((ms, bend) => ms + (bend.kind === 'delay' ? bend.ms : 0), 0);
}

/** The input that the operation gets to see. */
export function inputFor({ input }: Call, { bends }: Fate): JsonObject {
  return bends.some(({ kind }) => kind === 'repeated-token') ? { ...input, NextToken: undefined } : input;
}

/** The output that the caller gets to see. */
export function bent(output: JsonObject, { bends }: Fate): JsonObject {
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
  const members = Object.entries(object).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(members.map(([name, inner]) => [name, name === member ? value : deeper(inner)]));
}
