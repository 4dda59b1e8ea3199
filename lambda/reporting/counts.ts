/** The counts of a sweep: made, added up, and what they say of the sweep as a whole. */
import { DUE_OUTCOMES } from '../contract/outcomes.js';
import { COUNT_NAMES, type CountName, type Counts, type SweepReport } from '../contract/report.js';

export type MutableCounts = { -readonly [K in CountName]: number };

/** Every count, each as the function gives it for its name. */
export function countsBy(count: (name: CountName) => number): MutableCounts {
  const counts: Partial<MutableCounts> = {};
  for (const name of COUNT_NAMES) counts[name] = count(name);
  if (!hasEveryName(counts)) throw new TypeError('COUNT_NAMES leaves a count out');
  return counts;
}

export function sumOfCounts(all: readonly Counts[]): Counts {
  return countsBy((name) => all.reduce((sum, counts) => sum + counts[name], 0));
}

/** Whether everything selected was listed to its last page and no due session was left over. */
export function isComplete(counts: Counts): boolean {
  const leftOver = Object.values(DUE_OUTCOMES).filter(({ incomplete }) => incomplete);
  return counts.notListed === 0 && leftOver.every(({ count }) => counts[count] === 0);
}

/** What a sweep left out for another reason than that workgroups wait for their turn. */
export function leftOut({
  notListed,
  waiting,
  deferred,
  failed,
}: Pick<Counts, 'notListed' | 'waiting' | 'deferred' | 'failed'>): number {
  return notListed - waiting + deferred + failed;
}

/** Whether no region could be listed at all; where the settings select nothing, all was listed. */
export function nothingListed({ regions, notListed }: Pick<SweepReport, 'regions' | 'notListed'>): boolean {
  if (notListed.some(({ kind }) => kind === 'none-selected')) return false;
  return regions.every(({ counts }) => counts.workgroups === 0 && counts.notListed > 0);
}

/** To a hundredth of a cent or of a DPU-hour, so that sums do not show binary fractions. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function hasEveryName(counts: Partial<MutableCounts>): counts is MutableCounts {
  return COUNT_NAMES.every((name) => name in counts);
}
