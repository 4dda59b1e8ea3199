import type { EmbeddedAthena } from '../embedded-athena.js';
import type { Call } from '../journal/journal.js';
import type { OperationName } from '../operations/operation-table.js';
import type { JsonValue } from '../wire/json.js';

/** Which calls a fault befalls: those that match all that is given. */
export interface FaultTarget {
  readonly operation?: OperationName | readonly OperationName[] | undefined;
  readonly workGroup?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly where?: ((call: Call) => boolean) | undefined;
  /** Lets this many matching calls pass first. @default 0 */
  readonly after?: number | undefined;
  /** Befalls this many calls, then no more. @default Infinity */
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

/** A fault that leaves the answer to the service, and bends it or what happens around it. */
export type BendingFault =
  /** Answers this much later, in milliseconds on the clock. The operation takes effect at the end of it. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Something that happens just before, or just after, the operation takes effect. */
  | {
      readonly kind: 'before' | 'after';
      readonly run: (athena: EmbeddedAthena, call: Call) => void | Promise<void>;
    }
  /**
   * Puts `value` wherever the answer has `member`, at any depth: an unknown `State`, a timestamp that is none,
   * or, where no value is given, a member that is missing.
   */
  | { readonly kind: 'replace'; readonly member: string; readonly value?: JsonValue | undefined }
  /** The first page, with the same NextToken, for ever. */
  | { readonly kind: 'repeated-token' };

export type Fault = FaultTarget & (AnswerFault | BendingFault);

/** A fault in force. */
export interface ScriptedFault {
  /** How many calls it has befallen. */
  readonly befallen: number;
  /** Takes it out of force. */
  stop(): void;
}

/** What the script has in store for one call. */
export interface Fate {
  readonly answer: AnswerFault | undefined;
  readonly bends: readonly BendingFault[];
}

interface Script {
  readonly fault: Fault;
  seen: number;
  befallen: number;
}

/** The faults in force, in the order in which they were scripted. */
export class FaultScript {
  readonly #scripts = new Set<Script>();

  add(fault: Fault): ScriptedFault {
    const script: Script = { fault, seen: 0, befallen: 0 };
    this.#scripts.add(script);
    return {
      get befallen() {
        return script.befallen;
      },
      stop: () => {
        this.#scripts.delete(script);
      },
    };
  }

  clear(): void {
    this.#scripts.clear();
  }

  /** Counts the call against every fault that it matches. */
  fateOf(call: Call): Fate {
    const bends: BendingFault[] = [];
    let answer: AnswerFault | undefined;
    for (const script of this.#scripts) {
      if (!isInForce(script, call)) continue;
      if (isBending(script.fault)) bends.push(script.fault);
      else if (answer === undefined) answer = script.fault;
      else continue;
      script.befallen += 1;
    }
    return { answer, bends };
  }
}

function isInForce(script: Script, call: Call): boolean {
  const { fault } = script;
  if (!targets(fault, call)) return false;
  if (fault.kind === 'expired-token' && call.input.NextToken === undefined) return false;
  script.seen += 1;
  return script.seen > (fault.after ?? 0) && script.befallen < (fault.times ?? Infinity);
}

function targets(target: FaultTarget, call: Call): boolean {
  const operations = [target.operation ?? call.operation].flat();
  if (!operations.includes(call.operation)) return false;
  for (const key of ['workGroup', 'sessionId', 'region', 'account'] as const) {
    if (target[key] !== undefined && target[key] !== call[key]) return false;
  }
  return target.where === undefined || target.where(call);
}

function isBending(fault: AnswerFault | BendingFault): fault is BendingFault {
  switch (fault.kind) {
    case 'delay':
    case 'before':
    case 'after':
    case 'replace':
    case 'repeated-token':
      return true;
    default:
      return false;
  }
}
