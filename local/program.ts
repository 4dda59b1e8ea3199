/** The command line as a whole: its commands, and what an error of each comes to. */
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { SettingsError } from '../lambda/settings/read-settings.js';
import { ConfigError } from '../lib/config/config.js';
import { AccountError } from './account/account-error.js';
import { checkCommand } from './cli/commands/check.js';
import { demoCommand } from './cli/commands/demo.js';
import { explainCommand } from './cli/commands/explain.js';
import { reapCommand } from './cli/commands/reap.js';
import { scanCommand } from './cli/commands/scan.js';
import { simulateCommand } from './cli/commands/simulate.js';
import { templateCommand } from './cli/commands/template.js';
import { CommandError, EXIT, type ExitCode } from './cli/terminal/exit-code.js';
import { coloursFor, columnsOf, type Terminal } from './cli/terminal/terminal.js';
import { CdkMissingError } from './template/load-cdk.js';

const COMMANDS: readonly ((terminal: Terminal) => Command)[] = [
  scanCommand,
  reapCommand,
  explainCommand,
  checkCommand,
  demoCommand,
  simulateCommand,
  templateCommand,
];

/**
 * Runs a command line. Writes everything there is to say, errors too.
 * @param args what follows the name of the program.
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await program(terminal).parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    // Commander has written its own errors, and help is one of them.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const { red } = coloursFor(terminal.stderr);
    const { message, exitCode } = problemOf(error);
    terminal.stderr.write(`${red('error:')} ${message}\n`);
    return exitCode;
  }
}

/** The commands and what holds for all of them. */
export function program(terminal: Terminal): Command {
  const { stdout, stderr } = terminal;
  const root = new Command('athena-session-reaper')
    .description('Finds forgotten Athena for Apache Spark sessions, says why they are due, and ends them.')
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .showHelpAfterError('(add --help for what is allowed)')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => columnsOf(stdout),
      getErrHelpWidth: () => columnsOf(stderr),
    });
  for (const command of COMMANDS) root.addCommand(command(terminal).copyInheritedSettings(root));
  return root;
}

const EXIT_CODES = `
Exit codes:
  ${EXIT.done}    done
  ${EXIT.usage}    the command line or the settings cannot be used; nothing was called
  ${EXIT.failed}    something could not be listed, looked at or ended
  ${EXIT.nothingListed}    nothing could be listed
  ${EXIT.interrupted}  stopped with Ctrl+C`;

/** What to say of an error. One that nobody foresaw is a defect, and its stack says where. */
function problemOf(error: unknown): { readonly message: string; readonly exitCode: ExitCode } {
  if (error instanceof CommandError) return error;
  if (error instanceof AccountError) return { message: error.message, exitCode: EXIT_CODE_OF[error.kind] };
  if (error instanceof ConfigError || error instanceof SettingsError || error instanceof CdkMissingError)
    return { message: error.message, exitCode: EXIT.usage };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message, exitCode: EXIT.failed };
}

const EXIT_CODE_OF = {
  usage: EXIT.usage,
  failed: EXIT.failed,
  'nothing-listed': EXIT.nothingListed,
} as const satisfies Record<AccountError['kind'], ExitCode>;

function version(): string {
  const manifest: { readonly version: string } = createRequire(import.meta.url)(
    'athena-session-reaper/package.json',
  );
  return manifest.version;
}
