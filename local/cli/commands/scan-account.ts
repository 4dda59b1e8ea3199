/** What `scan` and `reap` have in common: a look at the account, its header, and its problems. */
import type { AccountFound, Connection } from '../../account/connection.js';
import { emptyAnswers, isNoneSelected, withNoneSelected } from '../../account/empty-answers.js';
import { problemsOf } from '../../account/problems.js';
import { configuredRegions } from '../../account/profile.js';
import { type SweepView, viewSweep } from '../../account/sweep-view.js';
import { type FormatOptions, isForPeople } from '../tables/output-format.js';
import type { ReportContext } from '../tables/report-as-json.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { listingProgress } from '../terminal/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import { limitsInWords } from '../text/limits-in-words.js';
import { connectFor } from './connect-for.js';
import type { JudgingOptions, JudgingSettings } from './judging-settings.js';

export type ScanOptions = JudgingOptions;

/** What there is in the chosen regions, and what is due of it. */
export interface ScannedAccount {
  readonly view: SweepView;
  readonly effective: JudgingSettings;
  readonly connection: Connection;
  readonly accountFound: AccountFound;
}

/**
 * A sweep in report mode. Everything due is looked at: the cap is for end.
 * @throws AccountError where no region is known.
 */
export async function scanAccount(
  options: ScanOptions,
  effective: JudgingSettings,
  terminal: Terminal,
): Promise<ScannedAccount> {
  const { settings } = effective;
  const connection = await connectFor(options, settings.regions, terminal, effective.readWith);
  const progress = listingProgress(terminal.stderr);
  try {
    const swept = await viewSweep(connection.services, {
      settings: {
        ...settings,
        regions: connection.regions,
        onlyWorkgroups: ['*'],
        mode: 'report',
        maxTerminationsPerSweep: Number.POSITIVE_INFINITY,
      },
      stop: terminal.interrupted,
      progress: progress.observer,
    });
    const view = withNoneSelected(swept, settings.workgroups);
    return { view, effective, connection, accountFound: await connection.accountFound };
  } finally {
    progress.stop();
  }
}

/** What a report of it is about. */
export function contextOf({ accountFound, effective }: ScannedAccount): ReportContext {
  return {
    accountId: accountFound.kind === 'known' ? accountFound.account.accountId : undefined,
    settingsSource: effective.source,
    dpuHourPrice: effective.settings.dpuHourPrice,
  };
}

/** Whose sessions these are, where, and by which limits they are judged. */
export function headerOf({ accountFound, connection, effective }: ScannedAccount): string {
  const whose =
    accountFound.kind === 'known' ? `Account ${accountFound.account.accountId}` : 'Account not known';
  return [
    `${whose}, ${connection.regions.join(', ')}`,
    ...(accountFound.kind === 'known' ? [] : [`  ${accountFound.why}`]),
    `Limits (${effective.source}): ${limitsInWords(effective.settings)}`,
  ].join('\n');
}

/**
 * Says what could not be seen, and where nothing was found that was perhaps meant to be.
 * @throws CommandError or AccountError where not all was done.
 */
export async function throwProblems(
  { view, accountFound, effective }: ScannedAccount,
  options: ScanOptions & FormatOptions,
  terminal: Terminal,
): Promise<void> {
  if (terminal.interrupted.aborted) {
    throw new CommandError(
      'Stopped. What is shown was seen before that; nothing was ended.',
      EXIT.interrupted,
    );
  }
  const account = accountFound.kind === 'known' ? accountFound.account : undefined;
  const problems = problemsOf(view.report, account, effective.settings);
  const { report, workgroups } = view;
  const looked = {
    regions: report.regions.map(({ region }) => region),
    notListed: report.notListed,
    workgroups,
  };
  const notes = emptyAnswers(looked, {
    include: effective.settings.workgroups.include,
    exclude: options.exclude ?? [],
    configuredRegions: await configuredRegions(),
  });
  if (!problems && report.notListed.some(isNoneSelected)) throw nothingSelected(notes);
  const { stdout, stderr } = terminal;
  if (notes.length > 0) (isForPeople(options) ? stdout : stderr).write(`\n${notes.join('\n')}\n`);
  if (problems) throw problems;
}

/** @param notes what may be meant. */
export function nothingSelected(notes: readonly string[]): CommandError {
  return new CommandError(['The settings select no workgroup.', ...notes].join('\n  '), EXIT.failed);
}
