/**
 * How many calls of one operation may be under way at the same time while the service throttles none of them.
 *
 * It grows with each accepted call, as long as the calls take about as long as the first ones. Where they take longer,
 * more of them at the same time would only wait: for the service, or for this process, which has a fraction of a core
 * and is late to read answers, that of a last look too.
 */
export class CallsAtOnce {
  #most = FEWEST;
  #accepted = 0;
  /** Milliseconds, on average: of the first calls, and of the last ones. */
  #firstMs = 0;
  #lastMs = 0;
  #grows = true;
  #change = FIRST_CHANGE_PER_CALL;

  get most(): number {
    return this.#most;
  }

  /** @param ms from the call to its answer. */
  noteAccepted(ms: number): void {
    this.#accepted += 1;
    if (this.#accepted <= CALLS_BEFORE_GROWTH) {
      this.#firstMs += (ms - this.#firstMs) / this.#accepted;
      this.#lastMs = this.#firstMs;
      return;
    }
    this.#lastMs += (ms - this.#lastMs) / CALLS_AVERAGED;
    const grows = this.#lastMs <= SLOWED * this.#firstMs;
    // Each change of direction shows that the number is near to what the calls bear.
    if (grows !== this.#grows) this.#change = Math.max(this.#change / 2, LEAST_CHANGE_PER_CALL);
    this.#grows = grows;
    const most = this.#most + (grows ? this.#change : -this.#change);
    this.#most = Math.min(Math.max(most, FEWEST), WIDEST);
  }
}

/** All of these hit the bucket once it is empty. */
const FEWEST = 3;
/** Accepted calls after which it grows; a burst of 20 is what is assumed of Athena. */
const CALLS_BEFORE_GROWTH = 24;
const FIRST_CHANGE_PER_CALL = 0.7;
const LEAST_CHANGE_PER_CALL = 0.05;
/** The last calls count with about this many. */
const CALLS_AVERAGED = 16;
/** Times the first calls' milliseconds. */
const SLOWED = 2;
/** Bounds memory and sockets. */
export const WIDEST = 128;
