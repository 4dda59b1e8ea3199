/** The faults that can be scripted, and which calls each of them strikes. */
import type { AthenaRegion } from '../control/region.js';
import type { Call } from '../journal/call.js';
import type { OperationName } from '../operations/operation-table.js';
import type { JsonValue } from '../wire/json.js';

/** What a hook may do to the embedded Athena while a call is on its way. */
export interface FaultedAthena {
  /** Direct control of a region; account 111122223333 unless given. */
  region(name: string, account?: string): AthenaRegion;
}

/** Which calls a fault strikes: those that match everything that is given. */
export interface FaultTarget {
  readonly operation?: OperationName | readonly OperationName[] | undefined;
  readonly workGroup?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly where?: ((call: Call) => boolean) | undefined;
  /** This many matching calls pass before it strikes. @default 0 */
  readonly after?: number | undefined;
  /** Strikes this many calls, then no more. @default Infinity */
  readonly times?: number | undefined;
}

/** A fault that takes the place of the answer; only the first that matches does. */
export type AnswerFault =
  /** ThrottlingException, "Rate exceeded". */
  | { readonly kind: 'throttle' }
  /** Any error. `done`: the operation takes effect though the answer says otherwise. @default status 400 */
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message?: string | undefined;
      readonly status?: number | undefined;
      readonly done?: boolean | undefined;
    }
  /** The connection is dropped without a byte. */
  | { readonly kind: 'drop'; readonly done?: boolean | undefined }
  /** Never answers, until the caller gives up. */
  | { readonly kind: 'hang'; readonly done?: boolean | undefined }
  /** The operation takes effect and its answer breaks off in the middle of the body. */
  | { readonly kind: 'cut' }
  /** The operation takes effect and the body that comes with status 200 is `body`. @default broken JSON */
  | { readonly kind: 'malformed'; readonly body?: string | undefined }
  /** InvalidRequestException for each call that brings a page token. */
  | { readonly kind: 'expired-token' };

/** A fault that leaves the answer to the service, and alters it or what happens around it. */
export type AlteringFault =
  /** Answers this much later, in milliseconds on the clock. The operation takes effect at the end of it. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Something that happens just before, or just after, the operation takes effect. */
  | {
      readonly kind: 'before' | 'after';
      readonly run: (athena: FaultedAthena, call: Call) => void | Promise<void>;
    }
  /**
   * Puts `value` wherever the answer has `member`, at any depth: an unknown `State`, a timestamp that is none,
   * or, where no value is given, a missing member.
   */
  | { readonly kind: 'replace'; readonly member: string; readonly value?: JsonValue | undefined }
  /** The first page with the same NextToken, forever. */
  | { readonly kind: 'repeated-token' };

export type Fault = FaultTarget & (AnswerFault | AlteringFault);
