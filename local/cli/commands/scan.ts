import { Command } from 'commander';
import { addProfileOption, addSettingsOptions, effectiveSettings } from '../options/settings-options.js';
import { addFormatOptions, type FormatOptions, isForPeople, writeView } from '../tables/output-format.js';
import { commandLine } from '../terminal/invoked-as.js';
import type { Terminal } from '../terminal/terminal.js';
import { contextOf, headerOf, type ScanOptions, scanAccount, throwProblems } from './scan-account.js';

/** `scan`: what is due now, and why. */
export function scanCommand(terminal: Terminal): Command {
  const command = new Command('scan')
    .summary('what is due now, and why; ends nothing')
    .description(
      'Lists the sessions of your account as the function does, and says what would become of each and why. ' +
        'Read-only: it never calls TerminateSession.',
    )
    .action(async (options: ScanOptions & FormatOptions) => {
      const effective = await effectiveSettings(options, terminal.cwd);
      const found = await scanAccount(options, effective, terminal);
      if (isForPeople(options)) terminal.stdout.write(`${headerOf(found)}\n\n`);
      writeView(found.view, contextOf(found), options, terminal);
      if (isForPeople(options) && found.view.due.length > 0) {
        terminal.stdout.write(`\nNothing was changed. To end what is due: ${commandLine('reap')}\n`);
      }
      await throwProblems(found, options, terminal);
    });
  addSettingsOptions(addProfileOption(command));
  return addFormatOptions(command).addHelpText('after', EXAMPLES);
}

const EXAMPLES = `
Examples:
  $ athena-session-reaper scan
  $ athena-session-reaper scan --profile prod --region eu-west-1
  $ athena-session-reaper scan --workgroup 'dbt-*' --idle-minutes 60
  $ athena-session-reaper scan --csv > sessions.csv`;
