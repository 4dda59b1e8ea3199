/**
 * How much of what is drawn at random, or is one of very many cases, a run of the tests plays: a fifth, or the share
 * that the environment variable PROPERTY_SHARE names, above 0 and up to 1. `.ci/run` plays all of it.
 */
const SHARE = shareIn(process.env.PROPERTY_SHARE ?? '0.2');

/** @param all How often a property is to be tried. @returns how often it is tried here: whole times, at least once. */
export function runs(all: number): number {
  return Math.ceil(all * SHARE);
}

/**
 * The first case and some of the others, the same ones in each run. They are spread by the golden ratio, so that a
 * list made of several dimensions never gives one answer of a dimension alone, as each fifth of its cases could.
 */
export function someOf<T>(cases: readonly T[]): readonly T[] {
  return cases.filter((_, n) => (n * GOLDEN_RATIO) % 1 < SHARE);
}

const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** @throws Error where the text is no number above 0 and up to 1: a property that is never tried holds. */
function shareIn(text: string): number {
  const share = Number(text);
  if (share > 0 && share <= 1) return share;
  throw new Error(`PROPERTY_SHARE is ${JSON.stringify(text)}, and must be a number above 0 and up to 1.`);
}
