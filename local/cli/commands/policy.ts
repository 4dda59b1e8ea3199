/** The command `policy`. */
import { Argument, Command } from 'commander';
import { PATTERNS } from '../../../lambda/contract/settings.js';
import {
  DEPLOYED_COMMANDS,
  POLICY_COMMANDS,
  type PolicyCommand,
  type PolicyExtras,
  policyFor,
} from '../../permissions/command-policies.js';
import { collected, matching } from '../options/arguments.js';
import { DEFAULT_STACK } from '../options/stack-option.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';

interface PolicyOptions extends PolicyExtras {
  readonly region?: readonly string[];
  readonly workgroup?: readonly string[];
  readonly account?: string;
  readonly stack: string;
}

/** `policy`: the permissions that a command needs, to be pasted into IAM. */
export function policyCommand({ stdout }: Terminal): Command {
  return new Command('policy')
    .description(
      'Prints the least IAM policy for whoever runs a command, as JSON to paste. It is for every Region, account and ' +
        'workgroup unless options say otherwise. Calls nothing.',
    )
    .addArgument(new Argument('<command>', 'the command').choices(POLICY_COMMANDS))
    .option('--region <name>', 'Region to allow; repeatable', collected(matching(PATTERNS.region)))
    .option(
      '--workgroup <glob>',
      'workgroups to allow; repeatable',
      collected(matching(PATTERNS.workgroupGlob)),
    )
    .option('--account <id>', 'account to allow', matching(PATTERNS.accountId))
    .option('--stack <name>', 'stack that "status" and --deployed may read', DEFAULT_STACK)
    .option('--deployed', 'for the option --deployed of the command, too')
    .option('--dpus', 'for scan --dpus, too')
    .action((command: PolicyCommand, options: PolicyOptions) => {
      const { region = [], workgroup = ['*'], account = '*', stack } = options;
      refuseUnknown(command, options);
      const scope = { regions: region, workgroups: workgroup, account, stack };
      stdout.write(`${JSON.stringify(policyFor(command, scope, options), undefined, 2)}\n`);
    });
}

/** @throws CommandError for an option that the command does not have. */
function refuseUnknown(command: PolicyCommand, { deployed, dpus }: PolicyExtras): void {
  const refused = (option: string, allowed: readonly PolicyCommand[]) =>
    new CommandError(`${option}: found ${command}; allowed: ${allowed.join(', ')}`, EXIT.usage);
  if (deployed && !DEPLOYED_COMMANDS.includes(command)) throw refused('--deployed', DEPLOYED_COMMANDS);
  if (dpus && command !== 'scan') throw refused('--dpus', ['scan']);
}
