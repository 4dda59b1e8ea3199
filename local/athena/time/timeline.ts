/** The states of a session over time. */
import type { SessionState } from '@aws-sdk/client-athena';

/** What made a session enter a state. */
export type Cause =
  | 'start'
  | 'calculation'
  | 'spark-connect'
  | 'idle-timeout'
  | 'TerminateSession'
  | 'placed';

export interface Phase {
  /** Epoch milliseconds from which the session is in `state`. */
  readonly at: number;
  readonly state: SessionState;
  readonly cause: Cause;
}

/** How long a session takes from one state to the next, in milliseconds. The service promises no times. */
export interface Timings {
  readonly creatingMs: number;
  readonly createdMs: number;
  /** From StopCalculationExecution to CANCELED. */
  readonly cancelingMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  creatingMs: 8_000,
  createdMs: 2_000,
  cancelingMs: 2_000,
};

/**
 * The phases of a session's life, past and to come. What is to come holds unless the session is diverted, so
 * that its state is a function of the time and nothing has to run for it.
 */
export class Timeline {
  readonly #phases: Phase[];

  /** @param phases oldest first. */
  constructor(first: Phase, ...later: readonly Phase[]) {
    this.#phases = [first, ...later];
  }

  /** The phase that holds at `now`. Before the first one begins, the first one. */
  phaseAt(now: number): Phase {
    const phase = this.#phases.findLast((candidate) => candidate.at <= now) ?? this.#phases[0];
    if (phase === undefined) throw new Error('a timeline has at least one phase');
    return phase;
  }

  /** When the phase that holds at `now` ends; undefined if it never does. */
  nextChangeAfter(now: number): number | undefined {
    return this.#phases[this.#phases.findLastIndex((phase) => phase.at <= now) + 1]?.at;
  }

  /** Forgets what was to come after `now` and puts `phases` there. */
  divert(now: number, phases: readonly Phase[]): void {
    const past = this.#phases.findLastIndex((phase) => phase.at <= now);
    this.#phases.splice(Math.max(past, 0) + 1, Infinity, ...phases);
  }

  /** All phases that have begun by `now`, oldest first. */
  until(now: number): readonly Phase[] {
    return this.#phases.filter((phase) => phase.at <= now);
  }
}

/** A session that is being started: CREATING, CREATED, IDLE and the end by its own idle timeout. */
export function startPhases(
  at: number,
  idleTimeoutMs: number | undefined,
  timings: Timings,
  terminatingMs: number,
): [Phase, ...Phase[]] {
  const createdAt = at + timings.creatingMs;
  return [
    { at, state: 'CREATING', cause: 'start' },
    { at: createdAt, state: 'CREATED', cause: 'start' },
    ...idlePhases(createdAt + timings.createdMs, 'start', idleTimeoutMs, terminatingMs),
  ];
}

/** IDLE from `at` on, and the end by its own idle timeout where it has one. */
export function idlePhases(
  at: number,
  cause: Cause,
  idleTimeoutMs: number | undefined,
  terminatingMs: number,
): Phase[] {
  const idle: Phase = { at, state: 'IDLE', cause };
  return idleTimeoutMs === undefined
    ? [idle]
    : [idle, ...endPhases(at + idleTimeoutMs, 'idle-timeout', terminatingMs)];
}

/** TERMINATING for `terminatingMs`, then TERMINATED. */
export function endPhases(at: number, cause: Cause, terminatingMs: number): Phase[] {
  return [
    { at, state: 'TERMINATING', cause },
    { at: at + terminatingMs, state: 'TERMINATED', cause },
  ];
}
