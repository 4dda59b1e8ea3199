/** The command `reap`. */
import { Command } from 'commander';
import { onlyConfirmed } from '../../account/confirmed-sessions.js';
import { counted } from '../../account/counted.js';
import { type SweepView, viewSweep } from '../../account/sweep-view.js';
import { addProfileOption, addSettingsOptions } from '../options/settings-options.js';
import { addFormatOptions, type FormatOptions, isForPeople, writeView } from '../tables/output-format.js';
import { confirmed } from '../terminal/confirmation.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { endingProgress } from '../terminal/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import {
  headerOf,
  type ScannedAccount,
  type ScanOptions,
  scanAccount,
  throwProblems,
} from './scan-account.js';

interface ReapOptions extends ScanOptions, FormatOptions {
  readonly yes?: true;
}

/** `reap`: `scan`, and after a question the end of what it showed. */
export function reapCommand(terminal: Terminal): Command {
  const command = new Command('reap')
    .summary('ends what is due now, after asking')
    .description(
      'Shows what is due as scan does, asks, and ends what it showed and nothing else. Each session is looked at once ' +
        'more right before: one that is in use again, or exempt by now, is spared.',
    )
    .option('-y, --yes', 'do not ask; for scripts')
    .action((options: ReapOptions) => reap(options, terminal));
  addSettingsOptions(addProfileOption(command));
  return addFormatOptions(command).addHelpText('after', EXAMPLES);
}

const EXAMPLES = `
Ends no more than maxTerminationsPerSweep sessions at a time, as the function
does. The "mode" of the settings is the function's: reap ends sessions in
"report" mode, too, because you ask it to.

Examples:
  $ athena-session-reaper reap
  $ athena-session-reaper reap --workgroup 'sandbox-*' --yes --json`;

async function reap(options: ReapOptions, terminal: Terminal): Promise<void> {
  if (!options.yes && !terminal.canAsk) {
    throw new CommandError(
      'There is no terminal to ask on. To end sessions without a question, say --yes.',
      EXIT.usage,
    );
  }
  const found = await scanAccount(options, terminal);
  const nothingDue = found.view.due.length === 0;
  if (isForPeople(options)) terminal.stdout.write(`${headerOf(found)}\n\n`);
  if (isForPeople(options) || nothingDue) writeView(found.view, options, terminal);
  if (nothingDue || terminal.interrupted.aborted) return throwProblems(found, terminal);
  if (!options.yes && !(await confirmed(question(found), terminal))) {
    terminal.stderr.write('Nothing was ended.\n');
    return throwProblems(found, terminal);
  }
  const ended = await endShown(found, terminal);
  if (isForPeople(options)) terminal.stdout.write('\n');
  writeView(ended, options, terminal);
  if (terminal.interrupted.aborted) throw stopped(ended);
  throwProblems({ ...found, view: ended }, terminal);
  throwProblems(found, terminal);
}

function question({ view: { due }, effective, account, connection }: ScannedAccount): string {
  const workgroups = new Set(due.map(({ region, workGroup }) => `${region}/${workGroup}`)).size;
  const cap = effective.settings.maxTerminationsPerSweep;
  const how = due.length > cap ? `${cap} of ${due.length} sessions` : counted(due.length, 'session');
  const whose = account ? ` of account ${account.accountId}` : '';
  return `End ${how} in ${counted(workgroups, 'workgroup')}${whose} (${connection.regions.join(', ')})?`;
}

async function endShown(
  { view, effective, connection }: ScannedAccount,
  terminal: Terminal,
): Promise<SweepView> {
  const progress = endingProgress(terminal.stderr, view.due.length);
  try {
    return await viewSweep(
      connection.services.map((service) => onlyConfirmed(service, view.due)),
      {
        settings: {
          ...effective.settings,
          mode: 'terminate',
          regions: connection.regions,
          onlyWorkgroups: ['*'],
        },
        stop: terminal.interrupted,
        progress: progress.observer,
      },
    );
  } finally {
    progress.stop();
  }
}

function stopped({ report: { counts } }: SweepView): CommandError {
  const gone = counts.terminated + counts.accepted;
  return new CommandError(
    `Stopped. ${counted(gone, 'session')} ended, ${counts.deferred} of those shown not reached.`,
    EXIT.interrupted,
  );
}
