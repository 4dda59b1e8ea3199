/** The status of a deployed reaper on one screen. */
import { counted } from '../../../lambda/reporting/counted.js';
import { leftOut } from '../../../lambda/reporting/counts.js';
import type { LastSweep } from '../../deployment/last-sweep.js';
import type { SettingsDifference } from '../../deployment/settings-differences.js';
import type { DeploymentStatus, Read } from '../../deployment/status.js';
import type { Colours } from '../terminal/terminal.js';
import { inWords } from './duration.js';
import { folded } from './folded.js';

export interface StatusStyle {
  readonly columns: number;
  readonly colours: Colours;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Where the settings at hand come from. */
  readonly settingsSource: string;
}

const LABEL_WIDTH = 14;

/** Whether it is well, then one line for each thing that was read. */
export function statusText(
  status: DeploymentStatus,
  { columns, colours, now, settingsSource }: StatusStyle,
): string {
  const { concerns, stack, region, stackStatus } = status;
  const verdict = concerns.length === 0 ? colours.green('well') : colours.red('not well');
  const settings = ({ differences }: { readonly differences: readonly SettingsDifference[] }) =>
    differencesText(differences, settingsSource);
  const lines = [
    ['Stack', `${stack} in ${region}, ${stackStatus}`],
    [
      'Schedule',
      shown(
        status.schedule,
        ({ expression, timezone, enabled }) =>
          `${expression} in ${timezone}, ${enabled ? 'enabled' : 'disabled'}`,
      ),
    ],
    ['Last sweep', shown(status.lastSweep, (last) => lastSweepText(last, now))],
    [
      'This week',
      shown(
        status.week,
        ({ terminated, dpuHoursSaved, costSaved }) =>
          `${counted(terminated, 'session')} ended, at least ${dpuHoursSaved.toFixed(1)} DPU-hours saved, about $${costSaved.toFixed(2)}`,
      ),
    ],
    [
      'Alarms',
      shown(status.alarms, ({ count, on }) =>
        on.length === 0 ? `none of ${count} is on` : `on: ${on.join(', ')}`,
      ),
    ],
    ['Dead letters', shown(status.deadLetters, String)],
    ['Settings', shown(status.settings, settings)],
  ];
  const indent = ' '.repeat(LABEL_WIDTH);
  return [
    `The reaper is ${verdict}.`,
    ...concerns.map((concern) => folded(`- ${concern}`, columns, '  ').trimStart()),
    '',
    ...lines.map(
      ([label = '', text = '']) =>
        label.padEnd(LABEL_WIDTH) +
        text
          .split('\n')
          .map((line) => folded(line, columns, indent))
          .join('\n')
          .trimStart(),
    ),
  ].join('\n');
}

function shown<T>(read: Read<T>, text: (value: T) => string): string {
  return 'value' in read ? text(read.value) : `not known: ${read.error}`;
}

function lastSweepText(last: LastSweep | null, now: number): string {
  if (last === null) return 'none within eight days';
  const { listed, due, terminated } = last.counts;
  const ago = inWords((now - Date.parse(last.startedAt)) / 60_000);
  const ended = last.mode === 'report' ? `${due} due, in report mode` : `${terminated} ended`;
  return `${ago} ago, ${howComplete(last)}: ${counted(listed, 'session')} listed, ${ended}`;
}

function howComplete({ complete, counts }: LastSweep): string {
  if (complete) return 'complete';
  if (leftOut(counts) > 0) return 'not complete';
  return `complete but for ${counted(counts.waiting, 'workgroup')} that ${counts.waiting === 1 ? 'waits' : 'wait'} for the next`;
}

function differencesText(differences: readonly SettingsDifference[], source: string): string {
  if (differences.length === 0) return `as here (${source})`;
  const lines = differences.map(
    ({ path, deployed = 'not set', here = 'not set' }) => `${path}: ${deployed}, here ${here}`,
  );
  return [`deployed ones differ from those here (${source})`, ...lines].join('\n');
}
