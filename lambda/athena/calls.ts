/**
 * How Athena is called, whatever is asked: each operation at the rate that the service allows it, attempts again where
 * that helps, and gives up in time.
 */
import pRetry from 'p-retry';
import { boundedCall, type Send, type SendOptions } from './bounded-call.js';
import { failureOf } from './errors.js';
import type { Pacer, Turn } from './pacer.js';
import { retryOptions } from './retry-options.js';
import {
  type Begin,
  type CallCounts,
  isFailure,
  SessionServiceError,
  type TerminationPermit,
} from './session-service.js';

/** The operations of a sweep, each with a rate of its own. */
export type Operation =
  | 'ListWorkGroups'
  | 'ListSessions'
  | 'GetSession'
  | 'ListTagsForResource'
  | 'TerminateSession';

/** The calls of one sweep to one region. Every method rejects with a {@link SessionServiceError}. */
export class AthenaCalls {
  readonly #pacers = new Map<Operation, Pacer>();
  #calls = 0;
  #throttled = 0;

  /** @param pacerFor makes the pacer of an operation. */
  constructor(private readonly pacerFor: () => Pacer) {}

  counts(): CallCounts {
    return { calls: this.#calls, throttled: this.#throttled };
  }

  /**
   * Every page of a listing, each retried; a token that comes back ends it with an error, not in a loop. Calls for
   * later pages go before those of listings that are not begun.
   */
  async *pages<Page extends { NextToken?: string | undefined }>(
    operation: Operation,
    signal: AbortSignal,
    send: (token: string | undefined, options: SendOptions) => Promise<Page>,
    begin: Begin = signal,
  ): AsyncGenerator<Page> {
    const used = new Set<string>();
    let next: string | undefined;
    for (;;) {
      const token = next;
      const turnBy = token === undefined ? begin : 'begun';
      const page = await this.retried(operation, signal, (options) => send(token, options), turnBy);
      yield page;
      next = page.NextToken;
      if (!next) return;
      if (used.has(next)) {
        throw new SessionServiceError(
          'unexpected',
          operation,
          'RepeatedPageToken',
          'the listing would never end',
        );
      }
      used.add(next);
    }
  }

  /** Waits for its turn and calls, and again where the failure may pass. @param begin `begun` goes before the others. */
  retried<T>(operation: Operation, signal: AbortSignal, send: Send<T>, begin: Begin = signal): Promise<T> {
    let inVain: unknown;
    const attempt = async (attemptNumber: number) => {
      // Who is tried again has had its turn, and does not lose its place to those that come after it.
      const goesFirst = begin === 'begun' || attemptNumber > 1;
      const turn = await this.turn(operation, begin === 'begun' ? signal : begin, goesFirst);
      return this.attempt(operation, turn, signal, send).catch((error: unknown) => {
        // That the rate was exceeded says the same as a turn that does not come.
        if (!isFailure(error, 'throttled')) inVain = error;
        throw error;
      });
    };
    return pRetry(attempt, retryOptions(signal)).catch((error: unknown) => {
      const isTimeUp = signal.aborted || isFailure(error, 'out-of-time');
      throw isTimeUp ? outOfTime(operation, inVain) : failureOf(operation, error);
    });
  }

  /** One call, never again: its turn was taken before. */
  async attempt<T>(operation: Operation, turn: Turn, signal: AbortSignal, send: Send<T>): Promise<T> {
    const calledAt = performance.now();
    this.#calls += 1;
    try {
      const output = await boundedCall(send, signal);
      turn.accepted(calledAt);
      return output;
    } catch (error) {
      const failure = signal.aborted ? outOfTime(operation) : failureOf(operation, error);
      if (failure.kind === 'throttled') {
        this.#throttled += 1;
        turn.throttled(calledAt);
      } else if (failure.kind === 'unavailable' || failure.kind === 'out-of-time') turn.unused();
      else turn.accepted(calledAt);
      throw failure;
    }
  }

  /** Waits until the service's rate allows a call. */
  async turn(operation: Operation, signal: AbortSignal, goesFirst = false): Promise<Turn> {
    let pacer = this.#pacers.get(operation);
    if (!pacer) {
      pacer = this.pacerFor();
      this.#pacers.set(operation, pacer);
    }
    try {
      return await pacer.take(signal, goesFirst);
    } catch {
      throw outOfTime(operation);
    }
  }
}

/** @param cause what came of the call that was made last, where one was made. */
function outOfTime(operation: Operation, cause?: unknown): SessionServiceError {
  const options = cause === undefined ? {} : { cause };
  return new SessionServiceError('out-of-time', operation, 'OutOfTime', 'the sweep ran out of time', options);
}

/** A turn of TerminateSession, taken before the last look and used right after it. */
export class PacedPermit implements TerminationPermit {
  #turn: Turn | undefined;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  use(): Turn {
    const turn = this.#turn;
    if (!turn) throw new TypeError('A permit allows one call');
    this.#turn = undefined;
    return turn;
  }

  release(): void {
    this.#turn?.unused();
    this.#turn = undefined;
  }
}
