import type { Difference, Saving } from '../run/saving.js';

/** In words, why estimate and measure differ. */
const REASONS = {
  cameBack:
    'owners who came back: without the reaper they would have gone on, and with it they started another session',
  afterTheEnd: 'claimed for hours after the end of the simulation',
  notClaimed: 'ended sessions of which nothing is claimed: stuck, or without an idle timeout of their own',
  rest: 'the rest, such as the seconds that a session takes to end',
} as const satisfies Record<Difference, string>;

const WORTH_TELLING = 0.05;

export interface Explanation {
  readonly dpuHours: number;
  readonly why: string;
}

/** What leads from the estimate to the measure, the largest part first; parts that round to nothing are left out. */
export function explainDifferences({ differences }: Saving): readonly Explanation[] {
  return DIFFERENCES.map((difference) => ({ dpuHours: differences[difference], why: REASONS[difference] }))
    .filter(({ dpuHours }) => Math.abs(dpuHours) >= WORTH_TELLING)
    .toSorted((a, b) => Math.abs(b.dpuHours) - Math.abs(a.dpuHours));
}

const DIFFERENCES = [
  'cameBack',
  'afterTheEnd',
  'notClaimed',
  'rest',
] as const satisfies readonly Difference[];
