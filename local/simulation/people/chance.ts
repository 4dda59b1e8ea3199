import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that a seed decides: the same seed gives the same draws in the same order. */
export class Chance {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** Evenly from `min` up to, not including, `max`. */
  between(min: number, max: number): number {
    return min + uniformFloat64(this.#generator) * (max - min);
  }

  /** Whether something with this probability happens. */
  happens(probability: number): boolean {
    return this.between(0, 1) < probability;
  }

  /** A whole number, both ends included. */
  whole(min: number, max: number): number {
    return Math.floor(this.between(min, max + 1));
  }

  /**
   * Log-normal, as the lengths of queries and pauses are: half of them below the median, a few far above.
   * @param spread standard deviation of the logarithm.
   */
  around(median: number, spread: number): number {
    // Box-Muller; 1 minus, because the logarithm of 0 is not a number to draw.
    const radius = Math.sqrt(-2 * Math.log(1 - this.between(0, 1)));
    return median * Math.exp(spread * radius * Math.cos(2 * Math.PI * this.between(0, 1)));
  }

  /** One of several, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [T, weight: number])[]): T {
    const [first, ...others] = choices;
    if (first === undefined) throw new RangeError('nothing to choose from');
    const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.between(0, total) - first[1];
    let chosen = first[0];
    for (const [choice, weight] of others) {
      if (left < 0) break;
      left -= weight;
      chosen = choice;
    }
    return chosen;
  }
}
