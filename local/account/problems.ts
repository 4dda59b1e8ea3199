import type { Account } from '../../lambda/athena/athena-sessions.js';
import type { SweepReport } from '../../lambda/contract/report.js';
import type { ReaperSettings } from '../../lambda/contract/settings.js';
import { counted } from '../../lambda/reporting/counted.js';
import { nothingListed } from '../../lambda/reporting/counts.js';
import { AccountError } from './account-error.js';
import { partsOf } from './advice.js';
import { isNoneSelected } from './empty-answers.js';
import { describeFailures, type Failure } from './failures.js';

/**
 * What a sweep could not do, as an error that says what to do about it. That the settings select nothing is no failure.
 * @param account for resource names; undefined where STS did not say.
 * @returns undefined where all was done.
 */
export function problemsOf(
  report: SweepReport,
  account: Account | undefined,
  { maxTerminationsPerSweep: cap }: Pick<ReaperSettings, 'maxTerminationsPerSweep'>,
): AccountError | undefined {
  const failures = failuresOf(report);
  const left = leftByCap(report);
  if (failures.length + left === 0) return undefined;
  const notListed = failures.filter(({ could }) => could === 'list').length;
  const notJudged = failures.filter(({ could }) => could === 'judge').length;
  const notEnded = failures.filter(({ could }) => could === 'end').length;
  const headline = [
    ...(notListed > 0
      ? [`${counted(notListed, 'workgroup or region', 'workgroups or regions')} could not be listed`]
      : []),
    ...(notJudged > 0 ? [`${counted(notJudged, 'session')} could not be judged`] : []),
    ...(notEnded > 0 ? [`${counted(notEnded, 'session')} could not be ended`] : []),
    ...(left > 0 ? [`${counted(left, 'due session')} left for later`] : []),
  ].join(', ');
  const details = describeFailures(failures, account);
  const rest = left > 0 ? [`  maxTerminationsPerSweep is ${cap}. Run it again for the rest.`] : [];
  const kind = nothingListed(report) ? 'nothing-listed' : 'failed';
  return new AccountError(kind, [`${headline}.`, ...details, ...rest].join('\n'));
}

/** Whether a session could not be judged, because it or its tags could not be read, or could not be ended. */
export function couldNot(error: string): 'judge' | 'end' {
  return partsOf(error)?.operation === 'TerminateSession' ? 'end' : 'judge';
}

interface SweepFailure extends Failure {
  readonly could: 'list' | 'judge' | 'end';
}

function failuresOf({ notListed, sessions }: SweepReport): readonly SweepFailure[] {
  const ofSessions = sessions.flatMap(({ outcome, error = '', region, workGroup, sessionId }) =>
    outcome === 'failed' ? [{ could: couldNot(error), error, region, workGroup, sessionId }] : [],
  );
  const places = notListed.filter((place) => !isNoneSelected(place));
  return [...places.map((place) => ({ could: 'list', ...place }) as const), ...ofSessions];
}

/** Due sessions that were left although they could be judged, because no more may be ended at a time. */
function leftByCap({ mode, notListed, sessions }: SweepReport): number {
  if (mode === 'report') return 0;
  const inPart = new Set(notListed.map(({ region, workGroup }) => `${region}/${workGroup}`));
  return sessions.filter(
    ({ outcome, region, workGroup }) => outcome === 'deferred' && !inPart.has(`${region}/${workGroup}`),
  ).length;
}
