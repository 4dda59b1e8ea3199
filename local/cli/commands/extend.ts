/** The command `extend`. */
import { Command } from 'commander';
import { sessionTarget } from '../../exemption/target.js';
import { duration } from '../options/arguments.js';
import type { Terminal } from '../terminal/terminal.js';
import { addExemptingOptions, type ExemptingOptions, exemptAndSay } from './exempting.js';

/** `extend`: a session is exempt for some time from now on. */
export function extendCommand(terminal: Terminal): Command {
  const command = new Command('extend')
    .description(
      "Exempts a session from now on for some time, by Athena's clock. One that is exempt for longer already stays so. " +
        'Sets the tag <prefix>:exempt with your own credentials, and reads it back.',
    )
    .argument('<session-id>', 'the session, or the beginning of its id where no other begins like it')
    .argument('<duration>', '90m, 2h, 3d or 1w', duration)
    .action((session: string, minutes: number, options: ExemptingOptions) =>
      exemptAndSay(
        (connection, signal) => sessionTarget(session, connection, signal),
        { kind: 'at least for', minutes },
        options,
        terminal,
      ),
    );
  return addExemptingOptions(command).addHelpText('after', EXAMPLES);
}

const EXAMPLES = `
Examples:
  $ athena-session-reaper extend 3f2504e0 2h
  $ athena-session-reaper policy extend`;
