/** The faults in force: each call is held against them as it arrives. */
import type { Call } from '../journal/call.js';
import type { AlteringFault, AnswerFault, Fault, FaultTarget } from './fault.js';

/** A fault in force. */
export interface ScriptedFault {
  /** How many calls it has struck. */
  readonly callsStruck: number;
  /** Takes it out of force. */
  stop(): void;
}

/** The faults that strike one call. */
export interface CallFaults {
  readonly answer: AnswerFault | undefined;
  readonly alterations: readonly AlteringFault[];
}

interface Script {
  readonly fault: Fault;
  seen: number;
  struck: number;
}

/** The faults in force, in the order in which they were scripted. */
export class FaultScript {
  readonly #scripts = new Set<Script>();

  add(fault: Fault): ScriptedFault {
    const script: Script = { fault, seen: 0, struck: 0 };
    this.#scripts.add(script);
    return {
      get callsStruck() {
        return script.struck;
      },
      stop: () => {
        this.#scripts.delete(script);
      },
    };
  }

  clear(): void {
    this.#scripts.clear();
  }

  /** The faults that strike a call, which is counted against each of them. */
  strike(call: Call): CallFaults {
    const alterations: AlteringFault[] = [];
    let answer: AnswerFault | undefined;
    for (const script of this.#scripts) {
      if (!isInForce(script, call)) continue;
      if (isAltering(script.fault)) alterations.push(script.fault);
      else if (answer === undefined) answer = script.fault;
      else continue;
      script.struck += 1;
    }
    return { answer, alterations };
  }
}

function isInForce(script: Script, call: Call): boolean {
  const { fault } = script;
  if (!targets(fault, call)) return false;
  if (fault.kind === 'expired-token' && call.input.NextToken === undefined) return false;
  script.seen += 1;
  return script.seen > (fault.after ?? 0) && script.struck < (fault.times ?? Infinity);
}

function targets(target: FaultTarget, call: Call): boolean {
  const operations = [target.operation ?? call.operation].flat();
  if (!operations.includes(call.operation)) return false;
  for (const key of ['workGroup', 'sessionId', 'region', 'account'] as const) {
    if (target[key] !== undefined && target[key] !== call[key]) return false;
  }
  return target.where === undefined || target.where(call);
}

function isAltering(fault: AnswerFault | AlteringFault): fault is AlteringFault {
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
