/** The section of `docs/configuration.md` on the limits of each state, from the table by which a sweep decides. */
import type { Clock } from '../lambda/contract/report.js';
import { DEFAULT_SETTINGS } from '../lambda/contract/settings.js';
import { LIMITS_BY_STATE } from '../lambda/policy/limits-by-state.js';

type Row = (typeof LIMITS_BY_STATE)[keyof typeof LIMITS_BY_STATE];

export function limitsTable(): string {
  return [
    '## Limits by state',
    '',
    'A sweep lists the states that have a limit, and decides each session by the limit of its state. A session that has',
    'several limits is due as soon as it has passed one of them. With `trust.lastModified`, `LastModifiedDateTime` stands in',
    'for an `IdleSinceDateTime` that Athena does not show.',
    '',
    '| State | Limit | By default | Counted from | `stuck.maxAgeMinutes`, from `StartDateTime` |',
    '| --- | --- | --- | --- | --- |',
    ...Object.entries(LIMITS_BY_STATE).map(([state, row]) => `| ${state} | ${cellsOf(row)} |`),
    '',
  ].join('\n');
}

function cellsOf(row: Row): string {
  if (row === 'inactive') return 'none: the session has ended, or is about to | – | – | does not hold';
  const setting = row.setting === 'idleMinutes' ? 'idleMinutes' : `stuck.${row.setting}`;
  const minutes = row.setting === 'idleMinutes' ? `${DEFAULT_SETTINGS.idleMinutes} minutes` : 'not set';
  return `\`${setting}\` | ${minutes} | ${INSTANTS[row.clock]} | holds too`;
}

/** The member of a session's status that each clock reads. */
const INSTANTS: Readonly<Record<Clock, string>> = {
  'idle-since': '`IdleSinceDateTime`',
  'last-modified': '`LastModifiedDateTime`',
  started: '`StartDateTime`',
};
