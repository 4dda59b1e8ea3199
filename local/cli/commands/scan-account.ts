/** What `scan` and `reap` have in common: a look at the account, its header, and its problems. */
import type { Account } from '../../../lambda/athena/athena-sessions.js';
import { type Connection, connect } from '../../account/connection.js';
import { problemsOf } from '../../account/problems.js';
import { type SweepView, viewSweep } from '../../account/sweep-view.js';
import type { EffectiveSettings, SettingsOptions } from '../options/settings-options.js';
import type { ReportContext } from '../tables/report-as-json.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { listingProgress } from '../terminal/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import { limitsInWords } from '../text/limits-in-words.js';

export interface ScanOptions extends SettingsOptions {
  readonly profile?: string;
}

/** What there is in the chosen regions, and what is due of it. */
export interface ScannedAccount {
  readonly view: SweepView;
  readonly effective: EffectiveSettings;
  readonly connection: Connection;
  /** Undefined where STS did not say. */
  readonly account: Account | undefined;
}

/**
 * A sweep in report mode. Everything due is looked at: the cap is for end.
 * @throws AccountError where no region is known.
 */
export async function scanAccount(
  { profile }: ScanOptions,
  effective: EffectiveSettings,
  terminal: Terminal,
): Promise<ScannedAccount> {
  const { settings } = effective;
  const connection = await connect({ ...(profile !== undefined && { profile }), regions: settings.regions });
  const progress = listingProgress(terminal.stderr);
  try {
    const view = await viewSweep(connection.services, {
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
    const account = await connection.account.catch(() => undefined);
    return { view, effective, connection, account };
  } finally {
    progress.stop();
  }
}

/** What a report of it is about. */
export function contextOf({ account, effective }: ScannedAccount): ReportContext {
  return { accountId: account?.accountId, settingsSource: effective.source };
}

/** Whose sessions these are, where, and by which limits they are judged. */
export function headerOf({ account, connection, effective }: ScannedAccount): string {
  const whose = account ? `Account ${account.accountId}` : 'Account not known';
  return [
    `${whose}, ${connection.regions.join(', ')}`,
    `Limits (${effective.source}): ${limitsInWords(effective.settings)}`,
  ].join('\n');
}

/** Says what could not be seen, if anything. @throws CommandError */
export function throwProblems({ view, account, effective }: ScannedAccount, terminal: Terminal): void {
  if (terminal.interrupted.aborted) {
    throw new CommandError(
      'Stopped. What is shown was seen before that; nothing was ended.',
      EXIT.interrupted,
    );
  }
  const problems = problemsOf(view.report, account, effective.settings);
  if (problems) throw problems;
}
