/** Which alarms come on when sweeps in a row look like this; `lib/alarms/` has them for CloudWatch. */
import { metricOf } from './observed.js';
import type { Observation } from './simulation.js';

const SWEEPS_IN_A_ROW = 3;

/** What a sweep has to show for an alarm, by the section of the runbook. */
const LASTING: Readonly<Record<string, (seen: Observation) => boolean>> = {
  'sweep-incomplete': (seen) => metricOf(seen, 'LeftOut') >= 1,
  'sessions-failing': (seen) => metricOf(seen, 'SessionsFailed') >= 1,
  'sessions-overdue': (seen) =>
    seen.settings.mode === 'terminate' &&
    metricOf(seen, 'OldestOverdue') >= SWEEPS_IN_A_ROW * seen.settings.sweepIntervalMinutes * 60,
  'sessions-unknown': (seen) => metricOf(seen, 'SessionsUnknown') >= 1,
  'session-tags-unreadable': (seen) => metricOf(seen, 'SessionTagsUnreadable') >= 1,
  'cap-reached': (seen) => seen.settings.mode === 'terminate' && metricOf(seen, 'SessionsDeferred') >= 1,
};

/** Alarms that one sweep is enough for. */
const IMMEDIATE: Readonly<Record<string, (seen: Observation) => boolean>> = {
  'function-errors': ({ report }) => report === undefined,
  'dead-letters': ({ report }) => report === undefined,
};

export const ALARM_NAMES: readonly string[] = [...Object.keys(LASTING), ...Object.keys(IMMEDIATE)];

/** @param sweeps in a row, the last one last. */
export function alarmsOn(sweeps: readonly Observation[]): readonly string[] {
  const last = sweeps.slice(-SWEEPS_IN_A_ROW);
  const lasting = Object.entries(LASTING).filter(
    ([, shows]) => last.length === SWEEPS_IN_A_ROW && last.every(shows),
  );
  const immediate = Object.entries(IMMEDIATE).filter(([, shows]) => sweeps.some(shows));
  return [...lasting, ...immediate].map(([name]) => name);
}
