/** The day in figures: what was saved, measured and by the reaper's own estimate, and what it cost people. */

import { endedInUse, endings, foundEndedBy } from '../run/ended-by.js';
import type { SimulatedDay } from '../run/simulated-day.js';
import { explainDifferences } from './differences.js';
import { type Html, html } from './html.js';
import { dollars, figure, percentOf, signed } from './number-format.js';

export function keyFigures({ saving, withReaper, deployment }: SimulatedDay): Html {
  const { measured, estimate, without } = saving;
  const { dpuHourPrice } = deployment.settings;
  const ended = endings(withReaper);
  const found = foundEndedBy(withReaper);
  const inUse = endedInUse(withReaper).length;
  return html`<div class="tiles">
${tile(figure(measured), 'DPU-hours saved, measured', `${dollars(measured * dpuHourPrice)}: ${percentOf(measured, without)} of the ${figure(without)} billed without the reaper`)}
${tile(
  figure(estimate),
  'DPU-hours saved, as the reaper estimates',
  explainDifferences(saving).length > 0
    ? `${signed(estimate - measured)} against the measure; why, see below`
    : 'the same as measured',
)}
${tile(figure(ended.reaper), 'sessions ended by the reaper', `of ${withReaper.lives.length}; ${ended['own idle timeout']} ended by their own idle timeout, ${ended.owner} by their owners`)}
${tile(figure(found.reaper), 'times somebody came back to find a session ended by the reaper', `and ${found['own idle timeout']} times to find it ended by its own idle timeout`)}
${tile(figure(inUse), 'sessions ended while in use', inUse === 0 ? 'no calculation ran in any that was ended' : 'past a limit that is set for busy sessions')}
</div>`;
}

/** Why measure and estimate differ, to the last DPU-hour; nothing where they do not. */
export function differencesPanel({ saving }: SimulatedDay): Html {
  const explanations = explainDifferences(saving);
  if (explanations.length === 0) return html``;
  const rows = explanations.map(
    ({ dpuHours, why }) => html`<tr><td class="number">${signed(dpuHours)}</td><td>${why}</td></tr>`,
  );
  return html`<section class="panel"><h2>Why the reaper’s estimate is not the measure</h2><table class="differences">
<tr><td class="number">${figure(saving.estimate)}</td><td>DPU-hours saved, as the reaper estimates</td></tr>
${rows}
<tr class="total"><td class="number">${figure(saving.measured)}</td><td>DPU-hours saved, measured</td></tr></table></section>`;
}

function tile(value: string, label: string, note: string): Html {
  return html`<div class="tile"><strong>${value}</strong><span>${label}</span><small>${note}</small></div>`;
}
