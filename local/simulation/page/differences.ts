/** Why what the reaper estimates as saved is not what was measured. */
import type { Difference, Saved } from '../run/saved.js';
import type { SimulatedDay } from '../run/simulated-day.js';
import { type Html, html } from './drawing/html.js';
import { formatNumber, signed } from './drawing/number-format.js';

/** One reason why the two differ. */
export interface DifferenceInWords {
  readonly dpuHours: number;
  readonly why: string;
}

/** What leads from the estimate to the measure, the largest part first; parts that round to nothing are left out. */
export function differencesInWords({ differences }: Saved): readonly DifferenceInWords[] {
  return DIFFERENCES.map((difference) => ({ dpuHours: differences[difference], why: REASONS[difference] }))
    .filter(({ dpuHours }) => Math.abs(dpuHours) >= LEAST_SHOWN)
    .toSorted((a, b) => Math.abs(b.dpuHours) - Math.abs(a.dpuHours));
}

/** The way from the estimate to the measure, to the last DPU-hour; nothing where they are the same. */
export function differencesPanel({ saved }: SimulatedDay): Html {
  const reasons = differencesInWords(saved);
  if (reasons.length === 0) return html``;
  const rows = reasons.map(
    ({ dpuHours, why }) => html`<tr><td class="number">${signed(dpuHours)}</td><td>${why}</td></tr>`,
  );
  return html`<section class="panel"><h2>Why the reaper’s estimate is not the measure</h2><table class="differences">
<tr><td class="number">${formatNumber(saved.estimate)}</td><td>DPU-hours saved, as the reaper estimates</td></tr>
${rows}
<tr class="total"><td class="number">${formatNumber(saved.measured)}</td><td>DPU-hours saved, measured</td></tr></table></section>`;
}

const REASONS = {
  cameBack:
    'owners who came back: without the reaper they would have gone on, and with it they started another session',
  afterTheEnd: 'claimed for hours after the end of the simulation',
  notClaimed: 'ended sessions of which nothing is claimed: stuck, or without an idle timeout of their own',
  rest: 'the rest, such as the seconds that a session takes to end',
} as const satisfies Record<Difference, string>;

const DIFFERENCES = [
  'cameBack',
  'afterTheEnd',
  'notClaimed',
  'rest',
] as const satisfies readonly Difference[];

/** DPU-hours that would show as 0.0. */
const LEAST_SHOWN = 0.05;
