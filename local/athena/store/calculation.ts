/** A calculation, and what its answers show of it. */
import type {
  CalculationExecutionState,
  CalculationStatistics,
  CalculationStatus,
} from '@aws-sdk/client-athena';
import type { OnWire } from '../wire/json.js';
import { epochSeconds } from '../wire/protocol.js';

/** A calculation runs in a session from `submittedAt` until `ending.at`. Times are epoch milliseconds. */
export interface Calculation {
  readonly id: string;
  readonly order: number;
  readonly sessionId: string;
  readonly description?: string | undefined;
  readonly submittedAt: number;
  /** CANCELING from then on, until it has ended. */
  cancelRequestedAt?: number;
  ending: CalculationEnd;
}

export interface CalculationEnd {
  readonly at: number;
  readonly state: CalculationExecutionState;
  readonly reason?: string;
}

/** A pure function of what happened to the calculation and of the time. */
export function calculationState(calculation: Calculation, now: number): CalculationExecutionState {
  if (now >= calculation.ending.at) return calculation.ending.state;
  return calculation.cancelRequestedAt === undefined ? 'RUNNING' : 'CANCELING';
}

export function calculationStatus(calculation: Calculation, now: number): OnWire<CalculationStatus> {
  const ended = now >= calculation.ending.at;
  return {
    SubmissionDateTime: epochSeconds(calculation.submittedAt),
    CompletionDateTime: ended ? epochSeconds(calculation.ending.at) : undefined,
    State: calculationState(calculation, now),
    StateChangeReason: ended ? calculation.ending.reason : undefined,
  };
}

/** One DPU for as long as it has run; statistics come once there are any. */
export function calculationStatistics(calculation: Calculation, now: number): OnWire<CalculationStatistics> {
  const ranMs = Math.min(now, calculation.ending.at) - calculation.submittedAt;
  return { DpuExecutionInMillis: ranMs, Progress: now >= calculation.ending.at ? '100%' : '0%' };
}
