/** The command line as a whole: its commands, and what an error of each comes to. */
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { AccountError } from './account/account-error.js';
import { CommandError, EXIT, type ExitCode } from './cli/terminal/exit-code.js';
import { coloursFor, columnsOf, type Terminal } from './cli/terminal/terminal.js';

/** A command that is loaded only when it is asked for: nobody waits for the AWS SDK to read a version. */
interface LazyCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<(terminal: Terminal) => Command>;
}

const COMMANDS: readonly LazyCommand[] = [
  {
    name: 'scan',
    summary: 'what is due now, and why; ends nothing',
    load: async () => (await import('./cli/commands/scan.js')).scanCommand,
  },
  {
    name: 'reap',
    summary: 'ends what is due now, after asking',
    load: async () => (await import('./cli/commands/reap.js')).reapCommand,
  },
  {
    name: 'explain',
    summary: 'what is decided of one session, and from what',
    load: async () => (await import('./cli/commands/explain.js')).explainCommand,
  },
  {
    name: 'exempt',
    summary: 'keeps a session, or those of a workgroup, from being ended',
    load: async () => (await import('./cli/commands/exempt.js')).exemptCommand,
  },
  {
    name: 'extend',
    summary: 'keeps a session from being ended for some hours or days',
    load: async () => (await import('./cli/commands/extend.js')).extendCommand,
  },
  {
    name: 'exemptions',
    summary: 'every exemption that stands, and until when',
    load: async () => (await import('./cli/commands/exemptions.js')).exemptionsCommand,
  },
  {
    name: 'verify',
    summary: 'finds out with one session how your Athena behaves',
    load: async () => (await import('./cli/commands/verify.js')).verifyCommand,
  },
  {
    name: 'status',
    summary: 'whether the deployed reaper is well, and what it did',
    load: async () => (await import('./cli/commands/status.js')).statusCommand,
  },
  {
    name: 'policy',
    summary: 'the IAM policy that a command needs',
    load: async () => (await import('./cli/commands/policy.js')).policyCommand,
  },
  {
    name: 'check',
    summary: 'whether the settings can be used, and what they come to',
    load: async () => (await import('./cli/commands/check.js')).checkCommand,
  },
  {
    name: 'demo',
    summary: 'one sweep through an invented account, on this machine',
    load: async () => (await import('./cli/commands/demo.js')).demoCommand,
  },
  {
    name: 'simulate',
    summary: 'a day of an invented account, and the dashboard that it gives',
    load: async () => (await import('./cli/commands/simulate.js')).simulateCommand,
  },
  {
    name: 'template',
    summary: 'the stack as a CloudFormation template, for a deployment without the CDK',
    load: async () => (await import('./cli/commands/template.js')).templateCommand,
  },
];

/**
 * Runs a command line. Writes everything there is to say, errors too.
 * @param args what follows the name of the program.
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const root = await program(args, terminal);
    await root.parseAsync(args, { from: 'user' });
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

/** The commands and what holds for all of them; only those that `args` ask for are whole. */
async function program(args: readonly string[], terminal: Terminal): Promise<Command> {
  const root = rootCommand(terminal);
  const isCompletion = args[0] === 'complete' || args[0] === 'completion';
  const askedFor = commandIn(args);
  for (const { name, summary, load } of COMMANDS) {
    const command = name === askedFor ? (await load())(terminal) : new Command(name).description(summary);
    root.addCommand(command.summary(summary).copyInheritedSettings(root));
  }
  if (isCompletion)
    (await import('@bomb.sh/tab/commander')).default(root, { completionCommandName: 'completion' });
  // For help and suggestions; the library's own takes its place when it is asked for.
  else
    root.command('completion <shell>').summary('a script that completes commands and options in your shell');
  return root;
}

/** The name of the command that a command line is about: that it runs, asks help for, or is being completed. */
function commandIn([first, second, third]: readonly string[]): string | undefined {
  if (first === 'help') return second;
  return first === 'complete' ? third : first;
}

function rootCommand({ stdout, stderr }: Terminal): Command {
  return new Command('athena-session-reaper')
    .description('Finds forgotten Athena for Apache Spark sessions, says why they are due, and ends them.')
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .showHelpAfterError('(add --help for what is allowed)')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => columnsOf(stdout),
      getErrHelpWidth: () => columnsOf(stderr),
    });
}

const EXIT_CODES = `
Exit codes:
  ${EXIT.done}    done
  ${EXIT.usage}    the command line or the settings cannot be used; nothing was called
  ${EXIT.failed}    something could not be listed, looked at or ended, was left for later, or
       nothing is selected
  ${EXIT.nothingListed}    nothing could be listed
  ${EXIT.interrupted}  stopped with Ctrl+C`;

/** What to say of an error. One that nobody foresaw is a defect, and its stack says where. */
function problemOf(error: unknown): { readonly message: string; readonly exitCode: ExitCode } {
  if (error instanceof CommandError) return error;
  if (error instanceof AccountError) return { message: error.message, exitCode: EXIT_CODE_OF[error.kind] };
  if (error instanceof Error && MISTAKES.includes(error.name))
    return { message: error.message, exitCode: EXIT.usage };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message, exitCode: EXIT.failed };
}

/** By name, because their modules are loaded only with the commands that raise them. */
const MISTAKES: readonly string[] = ['ConfigError', 'SettingsError'];

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
