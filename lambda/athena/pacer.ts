/** Gives calls of one operation their turns: a few and ever more at once, and evenly spaced from the first throttled one. */
import { CallsAtOnce, WIDEST } from './calls-at-once.js';
import { LearntRate } from './learnt-rate.js';

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

export class AdaptivePacer implements Pacer {
  readonly #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #nextAt = 0;
  #inFlight = 0;
  readonly #rate = new LearntRate();
  readonly #atOnce = new CallsAtOnce();

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
      const spacing = 1_000 / this.#rate.pace();
      // A timer fires a little late; what it lost is made up for, so that the pace holds on average.
      this.#nextAt = Math.max(this.#nextAt, now - spacing) + spacing;
      this.#inFlight += 1;
      this.#waiting.shift()?.();
    }
  }

  #width(): number {
    return this.#rate.isLimited ? WIDEST : this.#atOnce.most;
  }

  #finish(note?: () => void): void {
    this.#inFlight -= 1;
    note?.();
    this.#startWaiting();
  }

  #noteAccepted(calledAt: number): void {
    this.#atOnce.noteAccepted(performance.now() - calledAt);
    this.#rate.noteAccepted(calledAt);
  }

  #noteThrottled(calledAt: number): void {
    const pauseMs = this.#rate.noteThrottled(calledAt);
    if (pauseMs !== undefined) this.#nextAt = performance.now() + pauseMs;
  }
}
