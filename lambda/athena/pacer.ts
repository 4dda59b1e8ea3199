/**
 * Finds the rate at which Athena answers one operation, and keeps to it.
 *
 * Athena publishes no rates for the session APIs. What is known is that a "rate exceeded" answer means that its
 * token bucket, which other clients of the account may share, is empty at that moment. The pacer goes by that:
 *
 * 1. Until the first throttled call it sends a few calls at the same time, and more with each accepted one.
 * 2. From then on its calls are evenly spaced. Between two throttled calls the service accepted as many calls as
 *    its bucket refilled, so the accepted calls by the time in between are the rate, and the next pace. The one
 *    exception is a bucket too small to keep what was not used: it overflowed, so the rate is nearer to the pace.
 * 3. The pace grows with the square of the calls accepted since the last throttled one. Each throttled call that
 *    confirms the pace doubles the calls until it has doubled, so that throttled calls become rare; one that comes
 *    much too early halves them, because then something else has changed.
 * 4. After a throttled call it leaves the bucket alone for a moment, longer once the rate is well known: what the
 *    bucket gains meanwhile spares other clients of the account from being throttled.
 */
export interface Pacer {
  /**
   * Waits for its turn.
   * @param goesFirst before those that wait already.
   * @throws what `signal` was aborted with.
   */
  take(signal: AbortSignal, goesFirst?: boolean): Promise<Turn>;
}

/** One call that may start now. Exactly one of the methods is called, once. */
export interface Turn {
  /** The service accepted the call, whatever it answered. @param calledAt `performance.now()` at the call. */
  accepted(calledAt: number): void;
  /** The service answered that its rate was exceeded. @param calledAt `performance.now()` at the call. */
  throttled(calledAt: number): void;
  /** The call was not made, or nothing shows whether the service accepted it. */
  unused(): void;
}

/** Calls under way at the same time before any was throttled: all of them hit the bucket once it is empty. */
const FIRST_WIDTH = 3;
/** Accepted calls after which the width grows; a burst of 20 is what is assumed of Athena. */
const CALLS_BEFORE_GROWTH = 24;
const GROWTH_OF_WIDTH_PER_CALL = 0.7;
/** The most calls of one operation under way at the same time. Bounds memory and sockets. */
export const WIDEST = 128;

/** Calls per second to go on with after the first throttled call, as nothing better is known. */
const FIRST_RATE = 5;
/** The pace doubles with this many accepted calls, at first and at most. */
const FIRST_CALLS_TO_DOUBLE = 16;
const MOST_CALLS_TO_DOUBLE = 400;
/** A throttled call that comes within this share of the calls to double is too early to be about the pace. */
const EARLY = 0.1;

/** The least that is kept of the pace by a throttled call: in general, where the bucket overflowed, in a row. */
const KEPT = 0.6;
const KEPT_OF_OVERFLOWED = 0.85;
const KEPT_IN_A_ROW = 0.85;
const LEAST_RATE = 1 / 8;

/** The pause after a throttled call: one spacing, and one more for this many calls to double. */
const CALLS_TO_DOUBLE_PER_SPARED_CALL = 128;
const LONGEST_PAUSE_MS = 8_000;

export class AdaptivePacer implements Pacer {
  readonly #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #nextAt = 0;
  #inFlight = 0;
  /** Calls per second right after the last throttled call; no limit before the first one. */
  #rate = Number.POSITIVE_INFINITY;
  #callsToDouble = FIRST_CALLS_TO_DOUBLE;
  /** Calls that the bucket held when it was first used, as far as is known. */
  #held = 1;
  #throttledAt = Number.NEGATIVE_INFINITY;
  #acceptedSince = 0;
  #throttledInARow = 0;

  async take(signal: AbortSignal, goesFirst = false): Promise<Turn> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave);
      if (goesFirst) this.#waiting.unshift(start);
      else this.#waiting.push(start);
      this.#startWaiting();
    });
    return {
      accepted: (calledAt) => this.#finish(() => this.#noteAccepted(calledAt)),
      throttled: (calledAt) => this.#finish(() => this.#noteThrottled(calledAt)),
      unused: () => this.#finish(),
    };
  }

  #startWaiting(): void {
    while (this.#waiting.length > 0 && this.#inFlight < this.#width()) {
      const now = performance.now();
      if (this.#nextAt > now) {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#startWaiting();
        }, this.#nextAt - now);
        return;
      }
      const spacing = 1_000 / this.#pace();
      // A timer fires a little late; what it lost is made up for, so that the pace holds on average.
      this.#nextAt = Math.max(this.#nextAt, now - spacing) + spacing;
      this.#inFlight += 1;
      this.#waiting.shift()?.();
    }
  }

  #width(): number {
    if (Number.isFinite(this.#rate)) return WIDEST;
    const growth = GROWTH_OF_WIDTH_PER_CALL * Math.max(0, this.#acceptedSince - CALLS_BEFORE_GROWTH);
    return Math.min(WIDEST, FIRST_WIDTH + growth);
  }

  /** Calls per second. */
  #pace(): number {
    return this.#rate * (1 + (this.#acceptedSince / this.#callsToDouble) ** 2);
  }

  #finish(note?: () => void): void {
    this.#inFlight -= 1;
    note?.();
    this.#startWaiting();
  }

  #noteAccepted(calledAt: number): void {
    if (calledAt <= this.#throttledAt) return;
    this.#acceptedSince += 1;
    this.#throttledInARow = 0;
  }

  #noteThrottled(calledAt: number): void {
    // Calls that were under way when the bucket was found empty say the same thing again.
    if (calledAt <= this.#throttledAt) return;
    const now = performance.now();
    this.#learn((now - this.#throttledAt) / 1_000);
    this.#throttledAt = now;
    this.#acceptedSince = 0;
    this.#throttledInARow += 1;
    this.#nextAt = now + this.#pauseMs();
  }

  /** @param seconds since the throttled call before. */
  #learn(seconds: number): void {
    if (!Number.isFinite(this.#rate)) {
      this.#rate = FIRST_RATE;
      this.#held = Math.max(1, this.#acceptedSince);
    } else if (this.#throttledInARow > 0) {
      this.#rate = Math.max(LEAST_RATE, KEPT_IN_A_ROW * this.#rate);
      this.#callsToDouble = FIRST_CALLS_TO_DOUBLE;
    } else {
      const pace = this.#pace();
      const unusedAtThatPace = pace * seconds - this.#acceptedSince;
      const kept = unusedAtThatPace > this.#held ? KEPT_OF_OVERFLOWED : KEPT;
      // A bucket that refuses a call holds a part of one: half of one, on average.
      this.#rate = Math.max(kept * pace, (this.#acceptedSince + 0.5) / seconds);
      const isEarly = this.#acceptedSince < EARLY * this.#callsToDouble;
      const calls = this.#callsToDouble * (isEarly ? 0.5 : 2);
      this.#callsToDouble = Math.min(Math.max(calls, FIRST_CALLS_TO_DOUBLE), MOST_CALLS_TO_DOUBLE);
    }
  }

  /** Longer with each throttled call in a row. What a bucket cannot hold is not waited for. */
  #pauseMs(): number {
    const spared = Math.min(this.#held - 1, this.#callsToDouble / CALLS_TO_DOUBLE_PER_SPARED_CALL);
    const spacings = (1 + spared) * 2 ** (this.#throttledInARow - 1);
    // Clients that were throttled at the same moment must not come back at the same moment.
    return Math.min((spacings * 1_000) / this.#rate, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2);
  }
}
