/** A simulation in words, for the terminal. */
import Table from 'cli-table3';
import { differencesInWords } from '../../simulation/page/differences.js';
import {
  dollars,
  formatNumber,
  percentOf,
  signed,
  simulatedHours,
} from '../../simulation/page/drawing/number-format.js';
import { countEndedBy, countFoundEndedBy, endedWhileBusy } from '../../simulation/run/ended-by.js';
import type { SimulatedDay } from '../../simulation/run/simulated-day.js';
import type { Study } from '../../simulation/run/study.js';
import type { Colours } from '../terminal/terminal.js';

export function dayInWords(
  { options, deployment, saved, withReaper }: SimulatedDay,
  { bold }: Colours,
): string {
  const { hours, profile, seed } = options;
  const { dpuHourPrice, idleMinutes } = deployment.settings;
  const ended = countEndedBy(withReaper);
  const found = countFoundEndedBy(withReaper);
  const differences = differencesInWords(saved).map(
    ({ dpuHours, why }) => `  ${signed(dpuHours).padStart(7)}  ${why}`,
  );
  return [
    bold(`${simulatedHours(hours)}, profile ${profile}, seed ${seed}, limit ${idleMinutes} idle minutes`),
    '',
    `${bold(`${formatNumber(saved.measured)} DPU-hours saved`)}, measured: ${dollars(saved.measured * dpuHourPrice)}, ${percentOf(saved.measured, saved.without)} of ${formatNumber(saved.without)}.`,
    `${formatNumber(ended.reaper)} of ${withReaper.lives.length} sessions ended by the reaper, ${ended['own idle timeout']} by their own idle timeout, ${ended.owner} by their owners.`,
    `${formatNumber(endedWhileBusy(withReaper).length)} ended while in use. ${formatNumber(found.reaper)} times somebody came back to one that the reaper had ended.`,
    '',
    `The reaper's own estimate is ${formatNumber(saved.estimate)} DPU-hours${differences.length > 0 ? '. From it to the measure:' : ', too.'}`,
    ...differences,
  ].join('\n');
}

export function studyInWords({ options, points, without }: Study, { bold }: Colours): string {
  const { hours, profile, seed } = options;
  const table = new Table({
    head: ['idle minutes', 'DPU-hours saved', 'of what was billed', 'sessions ended', 'found ended'],
    colAligns: ['right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { idleMinutes, saved, ended, foundEnded } of points) {
    table.push([idleMinutes, formatNumber(saved), percentOf(saved, without), ended, foundEnded].map(String));
  }
  return [
    bold(`Limits compared over ${simulatedHours(hours)}, profile ${profile}, seed ${seed}`),
    table.toString(),
    'Found ended: how often somebody came back to a session that the reaper had ended.',
  ].join('\n');
}
