/** A call that the embedded Athena received, and what came of it. */
import type { OperationName } from '../operations/operation-table.js';
import type { JsonObject } from '../wire/json.js';

/** A call as it arrived. Times are the clock's epoch milliseconds. */
export interface Call {
  /** Counts up from 1 with each call, in the order of arrival. */
  readonly seq: number;
  readonly arrivedAt: number;
  readonly account: string;
  readonly region: string;
  readonly operation: OperationName;
  readonly input: JsonObject;
  /** The workgroup that the call is about: named by it, or that of the session it names. */
  readonly workGroup?: string | undefined;
  readonly sessionId?: string | undefined;
}

/** `ok`, the code of the error that was answered, or what a fault did to the connection. */
export type CallResult = 'ok' | 'reset' | 'hang' | 'cut' | 'malformed' | (string & {});
