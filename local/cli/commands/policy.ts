/** The command `policy`. */
import { Argument, Command } from 'commander';
import { PATTERNS } from '../../../lambda/contract/settings.js';
import { POLICY_COMMANDS, type PolicyCommand, policyFor } from '../../permissions/command-policies.js';
import { collected, matching } from '../options/arguments.js';
import { DEFAULT_STACK } from '../options/stack-option.js';
import type { Terminal } from '../terminal/terminal.js';

interface PolicyOptions {
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
    .option('--stack <name>', 'stack that "status" may read', DEFAULT_STACK)
    .action(
      (command: PolicyCommand, { region = [], workgroup = ['*'], account = '*', stack }: PolicyOptions) => {
        const policy = policyFor(command, { regions: region, workgroups: workgroup, account, stack });
        stdout.write(`${JSON.stringify(policy, undefined, 2)}\n`);
      },
    );
}
