/** What each fault does to a call and to its answer. */

import type { Call, CallResult } from '../journal/call.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json.js';
import { type AthenaAnswer, type HttpAnswer, httpAnswer, type Stamp } from '../wire/protocol.js';
import { invalidRequest, rateExceeded, ServiceError } from '../wire/service-error.js';
import type { AnswerFault } from './fault.js';
import type { CallFaults } from './fault-script.js';

/** What the service did: its output, or the error that it answers. */
export type Result = JsonObject | ServiceError;

/** The page that a `repeated-token` fault gives out forever. */
const REPEATED_TOKEN = 'the-same-page-forever';

/** The error that a fault answers with; undefined where it does something else to the answer. */
export function errorBy(fault: AnswerFault): ServiceError | undefined {
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

/** Whether the operation takes effect although its answer is lost or wrong. */
export function takesEffect(fault: AnswerFault): boolean {
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
export function outcomeOf(fault: AnswerFault | undefined, result: Result): CallResult {
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

/** What the transport has to do with the answer. */
export function transportOf(fault: AnswerFault | undefined, http: HttpAnswer, stamp: Stamp): AthenaAnswer {
  switch (fault?.kind) {
    case 'drop':
    case 'hang':
      return { kind: 'reset' };
    case 'cut':
      return { kind: 'cut', ...http };
    case 'malformed':
      return { kind: 'answer', ...httpAnswer(200, fault.body ?? http.body.slice(0, -1), stamp) };
    default:
      return { kind: 'answer', ...http };
  }
}

/** How much later the operation takes effect, in milliseconds. */
export function delayBy({ alterations }: CallFaults): number {
  return alterations.reduce((ms, fault) => ms + (fault.kind === 'delay' ? fault.ms : 0), 0);
}

/** The input that the operation gets. */
export function alteredInput({ input }: Call, { alterations }: CallFaults): JsonObject {
  return alterations.some(({ kind }) => kind === 'repeated-token')
    ? { ...input, NextToken: undefined }
    : input;
}

/** The output that the caller gets. */
export function alteredOutput(output: JsonObject, { alterations }: CallFaults): JsonObject {
  let result = output;
  for (const fault of alterations) {
    if (fault.kind === 'repeated-token') result = { ...result, NextToken: REPEATED_TOKEN };
    if (fault.kind === 'replace') result = replaced(result, fault.member, fault.value);
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
