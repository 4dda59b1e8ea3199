import type { Counts, SweepReport } from '../../../lambda/contract/report.js';
import { counted } from '../../../lambda/reporting/counted.js';
import { isNoneSelected } from '../../account/empty-answers.js';
import { couldNot } from '../../account/problems.js';

/** A sweep in numbers: what was seen, what became of it, what that is worth. Lines of less than 80 characters. */
export function summary(report: SweepReport): string {
  const { counts, durationMs, returnedStates } = report;
  const sessions = counted(counts.listed, 'session');
  const workgroups = counted(counts.workgroups, 'workgroup');
  const places = counts.notListed - report.notListed.filter(isNoneSelected).length;
  const returned = Object.entries(returnedStates).map(([state, count]) => `${count} ${state}`);
  const lines = [
    ['Listed', `${sessions} in ${workgroups}, in ${(durationMs / 1_000).toFixed(1)} s`],
    ...COUNT_LABELS.filter(([name]) => counts[name] > 0).map(([name, label]) => [
      label,
      String(counts[name]),
    ]),
    ...(places > 0 ? [['Not listed', String(places)]] : []),
    ...failures(report),
    ...(returned.length > 0 ? [['Returned', returned.join(', ')]] : []),
    ...(counts.terminated > 0 ? [['Saved', worth(report)]] : []),
    ...(counts.wouldTerminate > 0 ? [['To save', worth(report)]] : []),
  ];
  return lines.map(([label = '', text = '']) => inColumns(label, text)).join('\n');
}

/** A line of the summary. */
export function inColumns(label: string, text: string): string {
  return label.padEnd(LABEL_WIDTH) + text;
}

/** What failed in two parts: those that could not be judged, and those that could not be ended. */
function failures({ counts: { failed }, sessions }: SweepReport): readonly (readonly string[])[] {
  const notJudged = sessions.filter(
    ({ outcome, error = '' }) => outcome === 'failed' && couldNot(error) === 'judge',
  ).length;
  return [
    ...(failed > notJudged ? [['Not ended', String(failed - notJudged)]] : []),
    ...(notJudged > 0 ? [['Not judged', String(notJudged)]] : []),
  ];
}

const COUNT_LABELS = [
  ['terminated', 'Ended'],
  ['accepted', 'Asked to end'],
  ['wouldTerminate', 'Would be ended'],
  ['deferred', 'Left for later'],
  ['spared', 'Spared'],
  ['alreadyInactive', 'Gone already'],
  ['warned', 'Due soon'],
  ['kept', 'Kept'],
  ['unknown', 'Unknown'],
] as const satisfies readonly (readonly [keyof Counts, string])[];

const LABEL_WIDTH = 16;
const NEXT_LINE = `\n${' '.repeat(LABEL_WIDTH)}`;

function worth({ saved: { dpuHours, cost, sessionsNotCounted } }: SweepReport): string {
  const least = `at least ${dpuHours.toFixed(1)} DPU-hours, about $${cost.toFixed(2)}:`;
  const what = 'what they would still have billed by their own idle timeout';
  if (sessionsNotCounted === 0) return `${least}${NEXT_LINE}${what}`;
  return `${least}${NEXT_LINE}${what};${NEXT_LINE}${counted(sessionsNotCounted, 'session')} not counted, because that is not known`;
}
