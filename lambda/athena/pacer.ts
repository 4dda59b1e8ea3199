/**
 * Finds the rate at which Athena answers one operation, and keeps to it.
 *
 * Athena publishes no rates for the session APIs. What is known is that a "rate exceeded" answer means that its
 * token bucket is empty at that moment. Between two such moments the service accepted as many calls as its
 * bucket refilled, so the calls accepted in between, by the time in between, are its rate. Calls then start
 * evenly spaced a little below that rate, and the pace grows with the square of the time without a throttled
 * call, slowly at first and then quickly, to notice when there is more to be had.
 */
export interface Pacer {
  /** Waits for its turn. @throws what `signal` was aborted with. */
  take(signal: AbortSignal): Promise<Turn>;
}

/** One call that may start now. Exactly one of the methods is called, once. */
export interface Turn {
  /** The service accepted the call, whatever it answered. @param calledAt `performance.now()` at the call. */
  accepted(calledAt: number): void;
  /** The service answered that its rate was exceeded. @param calledAt `performance.now()` at the call. */
  throttled(calledAt: number): void;
  /** The call was not made, or nothing tells whether the service accepted it. */
  unused(): void;
}

/** Calls of one operation under way at the same time: also the most that one empty bucket can throttle at once. */
const MAX_IN_FLIGHT = 8;
/** Pause after a throttled call that teaches nothing; doubled while not even one call is accepted after it. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;
/** Share of the measured rate to start from again after a throttled call. */
const START_SHARE = 0.95;
/** Growth of that share: back at the measured rate after 25 s without a throttled call, twice it after 112 s. */
const GROWTH_PER_SQUARE_MINUTE = 0.3;

/** A throttled call slows the pace down to no less than this share of it. */
const LEAST_SHARE_OF_PACE = 0.9;

export class AdaptivePacer implements Pacer {
  readonly #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #nextAt = 0;
  #inFlight = 0;
  /** Calls allowed at once; while the rate is unknown it grows with each accepted call, as TCP's slow start does. */
  #window = MAX_IN_FLIGHT;
  /** Calls per second; unknown until two throttled moments have been seen. */
  #measuredRate: number | undefined;
  #throttledAt = Number.NEGATIVE_INFINITY;
  #acceptedSince = 0;
  #pauseMs = FIRST_PAUSE_MS;

  async take(signal: AbortSignal): Promise<Turn> {
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
      this.#waiting.push(start);
      this.#startWaiting();
    });
    return {
      accepted: (calledAt) => this.#finish(() => this.#noteAccepted(calledAt)),
      throttled: (calledAt) => this.#finish(() => this.#noteThrottled(calledAt)),
      unused: () => this.#finish(),
    };
  }

  #startWaiting(): void {
    while (this.#waiting.length > 0 && this.#inFlight < this.#window) {
      const now = performance.now();
      if (this.#nextAt > now) {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.#startWaiting();
        }, this.#nextAt - now);
        return;
      }
      const spacing = this.#spacingMs(now);
      // A timer fires a little late; what it lost is made up for, so that the pace holds on average.
      this.#nextAt = Math.max(this.#nextAt, now - spacing) + spacing;
      this.#inFlight += 1;
      this.#waiting.shift()?.();
    }
  }

  #spacingMs(now: number): number {
    return this.#measuredRate === undefined ? 0 : 1_000 / this.#pace(now);
  }

  /** Calls per second; 0 while no rate has been measured. */
  #pace(now: number): number {
    const quietMinutes = (now - this.#throttledAt) / 60_000;
    return (this.#measuredRate ?? 0) * (START_SHARE + GROWTH_PER_SQUARE_MINUTE * quietMinutes ** 2);
  }

  #finish(note?: () => void): void {
    this.#inFlight -= 1;
    note?.();
    this.#startWaiting();
  }

  #noteAccepted(calledAt: number): void {
    if (calledAt <= this.#throttledAt) return;
    this.#acceptedSince += 1;
    this.#window = Math.min(this.#window + 1, MAX_IN_FLIGHT);
  }

  #noteThrottled(calledAt: number): void {
    // Calls that were under way when the bucket was found empty tell the same thing again.
    if (calledAt <= this.#throttledAt) return;
    const now = performance.now();
    if (this.#acceptedSince > 0 && Number.isFinite(this.#throttledAt)) {
      const measured = (this.#acceptedSince * 1_000) / (now - this.#throttledAt);
      // A bucket of one or two calls overflows below its rate, which makes a measurement too low.
      this.#measuredRate = Math.max(measured, LEAST_SHARE_OF_PACE * this.#pace(now));
      this.#pauseMs = FIRST_PAUSE_MS;
    } else {
      this.#measuredRate = undefined;
      this.#window = 1;
      this.#nextAt = now + this.#pauseMs * (0.75 + Math.random() / 2);
      this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    }
    this.#throttledAt = now;
    this.#acceptedSince = 0;
    if (this.#measuredRate !== undefined) this.#nextAt = now + this.#spacingMs(now);
  }
}
