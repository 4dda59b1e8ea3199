/** The command `reap`. */
import { Command } from 'commander';
import { counted } from '../../../lambda/reporting/counted.js';
import { mergedView } from '../../account/merged-view.js';
import { onlyConfirmed } from '../../account/narrowed-services.js';
import { type SweepView, viewSweep } from '../../account/sweep-view.js';
import { addProfileOption, addSettingsOptions } from '../options/settings-options.js';
import {
  addFormatOptions,
  dueTable,
  type FormatOptions,
  isForPeople,
  writeView,
} from '../tables/output-format.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { endingProgress } from '../terminal/progress.js';
import { confirmed } from '../terminal/questions.js';
import type { Terminal } from '../terminal/terminal.js';
import { limitsInWords } from '../text/limits-in-words.js';
import { addDeployedOption, type JudgingSettings, judgingSettings } from './judging-settings.js';
import {
  contextOf,
  headerOf,
  type ScannedAccount,
  type ScanOptions,
  scanAccount,
  throwProblems,
} from './scan-account.js';

interface ReapOptions extends ScanOptions, FormatOptions {
  readonly yes?: true;
  readonly dryRun?: true;
}

/** `reap`: `scan`, and after a question the end of what it showed. */
export function reapCommand(terminal: Terminal): Command {
  const command = new Command('reap')
    .description(
      'Shows what is due as scan does, asks, and ends what it showed and nothing else. Each session is looked at once ' +
        'more right before: one that is in use again, or exempt by now, is spared.',
    )
    .option('-y, --yes', 'do not ask; for scripts')
    .option('--dry-run', 'show what would be ended, and end nothing, whatever else is said')
    .action((options: ReapOptions) => reap(options, terminal));
  addDeployedOption(addSettingsOptions(addProfileOption(command)));
  return addFormatOptions(command).addHelpText('after', EXAMPLES);
}

const EXAMPLES = `
Ends no more than maxTerminationsPerSweep sessions at a time, as the function
does. The "mode" of the settings is the function's: reap ends sessions in
"report" mode, too, because you ask it to.

Examples:
  $ athena-session-reaper reap
  $ athena-session-reaper reap --config prod/cdk.json --workgroup 'sandbox-*' --yes --json`;

async function reap(options: ReapOptions, terminal: Terminal): Promise<void> {
  const asks = !options.yes && !options.dryRun;
  if (asks && !terminal.canAsk) {
    throw new CommandError(
      'There is no terminal to ask on. To end sessions without a question, say --yes.',
      EXIT.usage,
    );
  }
  const effective = await judgingSettings(options, terminal);
  if (options.yes && !options.dryRun && !effective.isChosen) throw nobodyChose(effective);
  const found = await scanAccount(options, effective, terminal);
  if (isForPeople(options)) terminal.stdout.write(`${headerOf(found)}\n\n`);
  const { view, isShown } = await endWhatIsDue(found, options, terminal);
  if (!isShown) writeView(view, contextOf(found), options, terminal);
  if (view !== found.view && terminal.interrupted.aborted) throw stopped(view);
  await throwProblems({ ...found, view }, options, terminal);
}

function nobodyChose({ source, settings }: JudgingSettings): CommandError {
  return new CommandError(
    `reap --yes found no settings (${source}), and ends nothing by limits that nobody chose. Name them:\n` +
      '  --config FILE   those of a file\n' +
      '  --deployed      those of the deployed function\n' +
      `  --defaults      the defaults: ${limitsInWords(settings)}, in every workgroup`,
    EXIT.usage,
  );
}

interface EndedSessions {
  readonly view: SweepView;
  /** The person has seen it already. */
  readonly isShown?: true;
}

async function endWhatIsDue(
  found: ScannedAccount,
  options: ReapOptions,
  terminal: Terminal,
): Promise<EndedSessions> {
  const { view } = found;
  if (view.due.length === 0 || options.dryRun || terminal.interrupted.aborted) return { view };
  if (!options.yes) {
    const { stdout, stderr } = terminal;
    if (isForPeople(options)) stdout.write(`${dueTable(view, contextOf(found), terminal)}\n`);
    if (!(await confirmed(question(found), terminal))) {
      stderr.write('Nothing was ended.\n');
      return { view, ...(isForPeople(options) && { isShown: true }) };
    }
    if (isForPeople(options)) stdout.write('\n');
  }
  return { view: mergedView(view, await endConfirmed(found, terminal)) };
}

function question({ view: { due }, effective, accountFound, connection }: ScannedAccount): string {
  const workgroups = new Set(due.map(({ region, workGroup }) => `${region}/${workGroup}`)).size;
  const cap = effective.settings.maxTerminationsPerSweep;
  const how = due.length > cap ? `${cap} of ${due.length} sessions` : counted(due.length, 'session');
  const whose = accountFound.kind === 'known' ? ` of account ${accountFound.account.accountId}` : '';
  return `End ${how} in ${counted(workgroups, 'workgroup')}${whose} (${connection.regions.join(', ')})?`;
}

async function endConfirmed(
  { view, effective, connection }: ScannedAccount,
  terminal: Terminal,
): Promise<SweepView> {
  const progress = endingProgress(terminal.stderr, view.due.length);
  // A region without any workgroup would be taken for a wrong answer.
  const regions = connection.regions.filter((region) => view.due.some((due) => due.region === region));
  const services = connection.services.filter(({ region }) => regions.includes(region));
  try {
    return await viewSweep(
      services.map((service) => onlyConfirmed(service, view.due)),
      {
        settings: {
          ...effective.settings,
          mode: 'terminate',
          regions,
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
