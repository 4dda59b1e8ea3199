import type { Account } from '../../lambda/athena/athena-sessions.js';
import type { SweepReport } from '../../lambda/contract/report.js';
import { nothingListed } from '../../lambda/reporting/counts.js';
import { AccountError } from './account-error.js';
import { adviceFor, partsOf } from './advice.js';
import { counted } from './counted.js';

/**
 * What a sweep could not do, as an error that says what to do about it.
 * @param account for resource names; undefined where STS did not say.
 * @returns undefined where all was done.
 */
export function problemsOf(report: SweepReport, account: Account | undefined): AccountError | undefined {
  const failures = failuresOf(report);
  if (failures.length === 0) return undefined;
  const { notListed, failed } = report.counts;
  const parts = [
    ...(notListed > 0
      ? [`${counted(notListed, 'workgroup or region', 'workgroups or regions')} could not be listed`]
      : []),
    ...(failed > 0 ? [`${counted(failed, 'session')} could not be ended`] : []),
  ];
  const details = alike(failures).map((group) => describe(group, account));
  const kind = nothingListed(report) ? 'nothing-listed' : 'failed';
  return new AccountError(kind, [`${parts.join(', ')}.`, ...details].join('\n'));
}

interface Failure {
  readonly error: string;
  readonly region: string;
  readonly workGroup?: string;
  readonly sessionId?: string;
}

function failuresOf({ notListed, sessions }: SweepReport): readonly Failure[] {
  const ofSessions = sessions.flatMap(({ error, region, workGroup, sessionId }) =>
    error === undefined ? [] : [{ error, region, workGroup, sessionId }],
  );
  return [...notListed, ...ofSessions];
}

/** An account in which nothing is allowed fails alike at a thousand workgroups. */
function alike(failures: readonly Failure[]): readonly (readonly [Failure, ...Failure[]])[] {
  const groups = new Map<string, [Failure, ...Failure[]]>();
  for (const failure of failures) {
    const { operation, code } = partsOf(failure.error) ?? { operation: '', code: failure.error };
    const key = [failure.region, operation, code].join(' ');
    const group = groups.get(key);
    if (group) group.push(failure);
    else groups.set(key, [failure]);
  }
  return [...groups.values()];
}

const NAMES_SHOWN = 5;

function describe(
  [first, ...others]: readonly [Failure, ...Failure[]],
  account: Account | undefined,
): string {
  const names = [first, ...others].flatMap(({ workGroup, sessionId }) => sessionId ?? workGroup ?? []);
  const more = names.length - NAMES_SHOWN;
  const where = [
    `in ${first.region}`,
    ...(names.length > 0 ? [`: ${names.slice(0, NAMES_SHOWN).join(', ')}`] : []),
    ...(more > 0 ? [` and ${more} more`] : []),
  ].join('');
  const advice = adviceFor(first.error, { ...first, ...account });
  return [`  ${first.error}`, `    ${where}`, ...(advice === undefined ? [] : [`    → ${advice}`])].join(
    '\n',
  );
}
