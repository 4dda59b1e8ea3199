/** The day in figures: what was saved, measured and by the reaper's own estimate, and what it cost people. */

import { countEndedBy, countFoundEndedBy, endedWhileBusy } from '../run/ended-by.js';
import type { SimulatedDay } from '../run/simulated-day.js';
import { differencesInWords } from './differences.js';
import { type Html, html } from './drawing/html.js';
import { dollars, formatNumber, percentOf, signed } from './drawing/number-format.js';

export function headlineTiles({ saved, withReaper, deployment }: SimulatedDay): Html {
  const { measured, estimate, without } = saved;
  const { dpuHourPrice } = deployment.settings;
  const ended = countEndedBy(withReaper);
  const found = countFoundEndedBy(withReaper);
  const inUse = endedWhileBusy(withReaper).length;
  return html`<div class="tiles">
${tile(formatNumber(measured), 'DPU-hours saved, measured', `${dollars(measured * dpuHourPrice)}: ${percentOf(measured, without)} of the ${formatNumber(without)} billed without the reaper`)}
${tile(
  formatNumber(estimate),
  'DPU-hours saved, as the reaper estimates',
  differencesInWords(saved).length > 0
    ? `${signed(estimate - measured)} against the measure; why, see below`
    : 'the same as measured',
)}
${tile(formatNumber(ended.reaper), 'sessions ended by the reaper', `of ${withReaper.lives.length}; ${ended['own idle timeout']} ended by their own idle timeout, ${ended.owner} by their owners`)}
${tile(formatNumber(found.reaper), 'times somebody came back to find a session ended by the reaper', `and ${found['own idle timeout']} times to find it ended by its own idle timeout`)}
${tile(formatNumber(inUse), 'sessions ended while in use', inUse === 0 ? 'no calculation ran in any that was ended' : 'past a limit that is set for busy sessions')}
</div>`;
}

function tile(value: string, label: string, note: string): Html {
  return html`<div class="tile"><strong>${value}</strong><span>${label}</span><small>${note}</small></div>`;
}
