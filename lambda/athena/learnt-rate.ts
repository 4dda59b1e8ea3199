/**
 * The rate at which Athena accepts the calls of one operation, as far as its answers have shown it.
 *
 * Athena publishes no rates for the session APIs. What is known is that a "rate exceeded" answer means that its token
 * bucket, which other clients of the account may share, is empty at that moment. The rate is learnt from that:
 *
 * 1. Between two throttled calls the service accepted as many calls as its bucket refilled and others left over: the
 *    accepted calls by the time in between are the rate. One such interval says little where others call at random
 *    moments, so that the intervals count together, and what is long past counts less: also where throttled calls
 *    come much too early again and again, because then something else has changed.
 * 2. A bucket that was full for a while lost what it could not hold, and the rate is more than was accepted of it. The
 *    pace therefore falls by a part at most, and by a small one where the bucket must have been full.
 * 3. The pace grows with the square of the calls accepted since the last throttled one. Each throttled call that comes
 *    when it may be expected doubles the calls until the pace has doubled, so that throttled calls become rare; one that
 *    comes much too early halves them. A small bucket is asked more often: what it loses shows in no other way.
 * 4. After a throttled call the bucket is left alone for a moment, longer once the rate is well known: what it gains
 *    meanwhile is not lost, and spares other clients of the account from being throttled.
 */
export class LearntRate {
  /** Calls per second right after the last throttled call; no limit before the first one. */
  #rate = Number.POSITIVE_INFINITY;
  #callsToDouble = FEWEST_CALLS_TO_DOUBLE;
  /** Calls that the bucket held when it was first used, as far as is known. */
  #held = 1;
  #throttledAt = Number.NEGATIVE_INFINITY;
  #acceptedSince = 0;
  #throttledInARow = 0;
  #earlyInARow = 0;
  /** Calls accepted in all intervals between throttled calls, and their time; each interval weighs less with age. */
  #weighedCalls = 0;
  #weighedSeconds = 0;

  /** Whether any call was throttled. */
  get isLimited(): boolean {
    return Number.isFinite(this.#rate);
  }

  /** Calls per second to make now; no limit before a call was throttled. */
  pace(): number {
    return this.#rate * (1 + (this.#acceptedSince / this.#callsToDouble) ** 2);
  }

  /** @param calledAt `performance.now()` at the call. */
  noteAccepted(calledAt: number): void {
    if (this.#isKnownAlready(calledAt)) return;
    this.#acceptedSince += 1;
    this.#throttledInARow = 0;
  }

  /**
   * @param calledAt `performance.now()` at the call.
   * @returns for how many milliseconds to make no call; undefined where the answer shows nothing new.
   */
  noteThrottled(calledAt: number): number | undefined {
    if (this.#isKnownAlready(calledAt)) return undefined;
    const now = performance.now();
    if (this.isLimited) this.#learn((now - this.#throttledAt) / 1_000);
    else this.#begin();
    this.#throttledAt = now;
    this.#acceptedSince = 0;
    this.#throttledInARow += 1;
    return this.#pauseMs();
  }

  /** Calls that were under way when the bucket was found empty say the same thing again. */
  #isKnownAlready(calledAt: number): boolean {
    return calledAt <= this.#throttledAt;
  }

  #begin(): void {
    this.#rate = FIRST_RATE;
    this.#held = Math.max(1, this.#acceptedSince);
  }

  /** @param seconds since the throttled call before. */
  #learn(seconds: number): void {
    const pace = this.pace();
    const isEarly = this.#acceptedSince < EARLY * this.#callsToDouble;
    this.#earlyInARow = isEarly ? this.#earlyInARow + 1 : 0;
    this.#weigh(seconds);
    const unusedAtThatPace = pace * seconds - this.#acceptedSince;
    const kept = unusedAtThatPace > this.#held / 2 ? KEPT_OF_OVERFLOWED : KEPT;
    this.#rate = Math.max(kept * pace, this.#weighedCalls / this.#weighedSeconds, LEAST_RATE);
    this.#callsToDouble = within(
      FEWEST_CALLS_TO_DOUBLE,
      this.#callsToDouble * (isEarly ? 0.5 : 2),
      within(LOWEST_MOST_TO_DOUBLE, CALLS_TO_DOUBLE_PER_HELD * this.#held, HIGHEST_MOST_TO_DOUBLE),
    );
  }

  #weigh(seconds: number): void {
    const hasChanged = this.#earlyInARow >= EARLY_OF_A_CHANGE;
    const age = 0.5 ** (this.#acceptedSince / HALF_LIFE_CALLS + (hasChanged ? 1 : 0));
    // A bucket that refuses a call holds a part of one: half of one, on average.
    const accepted = this.#throttledInARow > 0 ? 0 : this.#acceptedSince + 0.5;
    this.#weighedCalls = age * this.#weighedCalls + accepted;
    this.#weighedSeconds = age * this.#weighedSeconds + seconds;
  }

  /** Longer with each throttled call in a row. What a bucket cannot hold is not waited for. */
  #pauseMs(): number {
    const known = (this.#callsToDouble / CALLS_TO_DOUBLE_TO_SPARE_ONE) ** 2;
    const spacings = (1 + Math.min(known, this.#held - 1, MOST_SPARED)) * 2 ** (this.#throttledInARow - 1);
    // Clients that were throttled at the same moment must not come back at the same moment.
    return Math.min((spacings * 1_000) / this.#rate, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2);
  }
}

/** Calls per second to go on with after the first throttled call, as nothing better is known. */
const FIRST_RATE = 5;
const LEAST_RATE = 1 / 8;
/** An interval weighs half as much once this many calls were accepted after it. */
const HALF_LIFE_CALLS = 60;

/** The least that is kept of the pace by a throttled call: in general, and where the bucket was full in between. */
const KEPT = 0.7;
const KEPT_OF_OVERFLOWED = 0.9;

/** The pace doubles with this many accepted calls, at first and at least. */
const FEWEST_CALLS_TO_DOUBLE = 32;
/** At most with this many for each call that the bucket held, within these bounds. */
const CALLS_TO_DOUBLE_PER_HELD = 15;
const LOWEST_MOST_TO_DOUBLE = 100;
const HIGHEST_MOST_TO_DOUBLE = 400;
/** A throttled call that comes within this share of the calls to double is too early to be about the pace. */
const EARLY = 0.1;
/** This many of them in a row: what was known before counts half with each. */
const EARLY_OF_A_CHANGE = 3;

/** The pause after a throttled call: one spacing, and one more, four more, nine more at as many times these calls. */
const CALLS_TO_DOUBLE_TO_SPARE_ONE = 70;
const MOST_SPARED = 8;
const LONGEST_PAUSE_MS = 8_000;

function within(least: number, value: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
