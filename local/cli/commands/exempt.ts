/** The command `exempt`. */
import { Command, Option } from 'commander';
import type { Wish } from '../../exemption/exempt.js';
import { sessionTarget, workgroupTarget } from '../../exemption/target.js';
import { duration, exemptionEnd, matching } from '../options/arguments.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';
import { addExemptingOptions, type ExemptingOptions, exemptAndSay } from './exempting.js';

interface ExemptOptions extends ExemptingOptions {
  readonly workgroup?: string;
  readonly until?: string;
  /** Minutes. */
  readonly for?: number;
  readonly remove?: true;
}

/** By the service's model. */
const WORKGROUP_NAME = {
  regex: /^[a-zA-Z0-9._-]{1,128}$/,
  allowed: 'a workgroup name of 1 to 128 letters, digits, ".", "_", "-"; one, without wildcards',
} as const;

/** `exempt`: a session, or all sessions of a workgroup, are not ended by the reaper. */
export function exemptCommand(terminal: Terminal): Command {
  const command = new Command('exempt')
    .description(
      'Exempts a session, or every session of a workgroup, from the reaper: sets the tag <prefix>:exempt with your own ' +
        'credentials, reads it back, and says until when it holds. Without --until or --for it has no end.',
    )
    .argument('[session-id]', 'the session, or the beginning of its id where no other begins like it')
    .option('--workgroup <name>', 'the workgroup, instead of one session', matching(WORKGROUP_NAME))
    .option(
      '--until <date>',
      'ISO date or time; a date holds until that day is over everywhere on earth',
      exemptionEnd,
    )
    .addOption(
      new Option('--for <duration>', 'from now on: 90m, 2h, 3d or 1w').argParser(duration).conflicts('until'),
    )
    .addOption(new Option('--remove', 'remove the exemption').conflicts(['until', 'for']))
    .action(async (session: string | undefined, options: ExemptOptions) => {
      const { workgroup } = options;
      if ((session === undefined) === (workgroup === undefined)) throw notOne(session);
      await exemptAndSay(
        (connection, signal) =>
          workgroup === undefined
            ? sessionTarget(session ?? '', connection, signal)
            : workgroupTarget(workgroup, connection, signal),
        wishOf(options),
        options,
        terminal,
      );
    });
  return addExemptingOptions(command).addHelpText('after', EXAMPLES);
}

const EXAMPLES = `
Exit code 2 where Athena did not show the tag afterwards.

Examples:
  $ athena-session-reaper exempt 3f2504e0 --for 3d
  $ athena-session-reaper exempt --workgroup notebooks --until 2026-12-24
  $ athena-session-reaper exempt 3f2504e0 --remove
  $ athena-session-reaper policy exempt`;

function wishOf({ until, for: minutes, remove }: ExemptOptions): Wish {
  if (remove) return { kind: 'remove' };
  if (until !== undefined) return { kind: 'until', text: until };
  return minutes === undefined ? { kind: 'without end' } : { kind: 'for', minutes };
}

function notOne(session: string | undefined): CommandError {
  const found = session === undefined ? 'neither a session nor --workgroup' : 'a session and --workgroup';
  return new CommandError(`exempt: found ${found}; allowed: one of them`, EXIT.usage);
}
