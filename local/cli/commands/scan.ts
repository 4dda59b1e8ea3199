import { Command } from 'commander';
import { addProfileOption, addSettingsOptions, typedAgain } from '../options/settings-options.js';
import { addFormatOptions, type FormatOptions, isForPeople, writeView } from '../tables/output-format.js';
import { commandLine } from '../terminal/invoked-as.js';
import type { Terminal } from '../terminal/terminal.js';
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
    .action(async (options: ScanOptions & FormatOptions) => {
      const effective = await judgingSettings(options, terminal);
      const found = await scanAccount(options, effective, terminal);
      if (isForPeople(options)) terminal.stdout.write(`${headerOf(found)}\n\n`);
      writeView(found.view, contextOf(found), options, terminal);
      if (isForPeople(options)) terminal.stdout.write(whatNext(found, options));
      await throwProblems(found, options, terminal);
    });
  addDeployedOption(addSettingsOptions(addProfileOption(command)));
  return addFormatOptions(command).addHelpText('after', EXAMPLES);
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
  $ athena-session-reaper scan --csv > sessions.csv`;
