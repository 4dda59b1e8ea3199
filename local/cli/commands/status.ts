/** The command `status`. */
import { Command } from 'commander';
import { PATTERNS } from '../../../lambda/contract/settings.js';
import { readStatus } from '../../deployment/status.js';
import { matching } from '../options/arguments.js';
import { addProfileOption, configOption, effectiveSettings } from '../options/settings-options.js';
import { DEFAULT_STACK } from '../options/stack-option.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { coloursFor, columnsOf, type Terminal } from '../terminal/terminal.js';
import { statusText } from '../text/status-text.js';
import { connectFor } from './connect-for.js';

interface StatusOptions {
  readonly stack: string;
  readonly region?: string;
  readonly profile?: string;
  readonly config?: string;
  readonly json?: true;
}

/** `status`: whether a deployed reaper is well. */
export function statusCommand(terminal: Terminal): Command {
  const command = new Command('status')
    .description(
      'Reads the stack, its schedule, the last sweep in the log, alarms, dead letters, metrics and deployed settings, ' +
        'and says whether the reaper is well, what it ended and saved this week, and where the deployed settings ' +
        'differ from those here. Read-only.',
    )
    .option('--stack <name>', 'stack that the reaper is in', DEFAULT_STACK)
    .option('--region <name>', 'Region of the stack', matching(PATTERNS.region))
    .addOption(configOption())
    .option('--json', 'print all of it as JSON, and nothing else')
    .action((options: StatusOptions) => status(options, terminal));
  return addProfileOption(command).addHelpText('after', EXAMPLES);
}

const EXAMPLES = `
Exit code 2 where the reaper is not well, 3 where there is no reaper to read of.

Examples:
  $ athena-session-reaper status
  $ athena-session-reaper status --stack DataPlatform --region eu-west-1 --json
  $ athena-session-reaper policy status`;

async function status(options: StatusOptions, terminal: Terminal): Promise<void> {
  const { stdout, cwd, interrupted } = terminal;
  const { stack, region: asked, config } = options;
  const { settings, source } = await effectiveSettings(config === undefined ? {} : { config }, cwd);
  const connection = await connectFor(options, asked === undefined ? [] : [asked], terminal);
  const [region = ''] = connection.regions;
  const { clientConfig } = connection;
  const now = Date.now();
  const read = await readStatus({ stack, region, clientConfig, signal: interrupted }, settings, now);
  const style = { columns: columnsOf(stdout), colours: coloursFor(stdout), now, settingsSource: source };
  stdout.write(`${options.json ? JSON.stringify(read, undefined, 2) : statusText(read, style)}\n`);
  if (interrupted.aborted) throw new CommandError('Stopped.', EXIT.interrupted);
  if (read.concerns.length > 0) throw new CommandError('The reaper is not well.', EXIT.failed);
}
