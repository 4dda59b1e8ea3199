import { Command } from 'commander';
import { addProfileOption, addSettingsOptions, typedAgain } from '../options/settings-options.js';
import { addFormatOptions, type FormatOptions, isForPeople, writeView } from '../tables/output-format.js';
import { commandLine } from '../terminal/invoked-as.js';
import type { Terminal } from '../terminal/terminal.js';
import { type InquiryOptions, inquireFor, inquiryText, throwUnasked } from './inquiry.js';
import { addDeployedOption, judgingSettings } from './judging-settings.js';
import {
  contextOf,
  headerOf,
  type ScannedAccount,
  type ScanOptions,
  scanAccount,
  throwProblems,
} from './scan-account.js';

/** `scan`: what is due now, and why. */
export function scanCommand(terminal: Terminal): Command {
  const command = new Command('scan')
    .description(
      'Lists the sessions of your account as the function does, and says what would become of each and why. ' +
        'Read-only: it never calls TerminateSession.',
    )
    .action((options: ScanCommandOptions) => scan(options, terminal));
  addDeployedOption(addSettingsOptions(addProfileOption(command)));
  return addFormatOptions(command)
    .option('--owners', 'look at every session for its owner and what it costs: two calls for each')
    .option('--dpus', 'ask every session for the DPUs that it holds now: a call for each')
    .addHelpText('after', EXAMPLES);
}

type ScanCommandOptions = ScanOptions & FormatOptions & InquiryOptions;

async function scan(options: ScanCommandOptions, terminal: Terminal): Promise<void> {
  const { stdout } = terminal;
  const effective = await judgingSettings(options, terminal);
  const listed = await scanAccount(options, effective, terminal);
  const inquired = await inquireFor(listed, options, terminal);
  const found = { ...listed, view: inquired.view };
  if (isForPeople(options)) stdout.write(`${headerOf(found)}\n\n`);
  writeView(found.view, contextOf(found), options, terminal);
  if (isForPeople(options)) {
    stdout.write(inquiryText(inquired, options));
    stdout.write(whatNext(found, options));
  }
  await throwProblems(found, options, terminal);
  throwUnasked(inquired);
}

/** What is due needs an end, and a long table a shorter one. */
function whatNext({ view: { due, sessions } }: ScannedAccount, options: ScanOptions & FormatOptions): string {
  const typed = typedAgain(options);
  const again = (command: string) => commandLine([command, typed].filter(Boolean).join(' '));
  const [first] = due;
  const isLong = sessions.length > LONG_TABLE;
  const lines = [
    ...(first ? [`Nothing was changed. To end what is due: ${again('reap')}`] : []),
    ...(isLong && !options.summary ? [`For a line for each workgroup: ${again('scan --summary')}`] : []),
    ...(isLong && first ? [`For why one is due: ${again(`explain ${first.sessionId}`)}`] : []),
  ];
  return lines.length === 0 ? '' : `\n${lines.join('\n')}\n`;
}

/** More sessions than fit on a screen. */
const LONG_TABLE = 20;

const EXAMPLES = `
Examples:
  $ athena-session-reaper scan
  $ athena-session-reaper scan --profile prod --region eu-west-1
  $ athena-session-reaper scan --workgroup 'dbt-*' --idle-minutes 60
  $ athena-session-reaper scan --csv > sessions.csv
  $ athena-session-reaper scan --summary --owners --dpus`;
