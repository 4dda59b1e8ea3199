/** The command `explain`. */
import { Command } from 'commander';
import { failureOf } from '../../../lambda/athena/errors.js';
import { adviceFor } from '../../account/advice.js';
import { findSession } from '../../account/find-session.js';
import { explain } from '../../explanation/explanation.js';
import { addProfileOption, addSettingsOptions } from '../options/settings-options.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { coloursFor, type Terminal } from '../terminal/terminal.js';
import { explanationText } from '../text/explanation-text.js';
import { connectFor } from './connect-for.js';
import { addDeployedOption, judgingSettings } from './judging-settings.js';
import type { ScanOptions } from './scan-account.js';

interface ExplainOptions extends ScanOptions {
  readonly json?: true;
}

/** `explain`: what is decided of one session, and from what. */
export function explainCommand(terminal: Terminal): Command {
  const { stdout } = terminal;
  const command = new Command('explain')
    .description(
      'Shows a session, each rule in turn and why it matches or not, its tags, its limits, and when it is due. ' +
        'Read-only.',
    )
    .argument('<session-id>', 'as scan or the Athena console shows it')
    .action(async (sessionId: string, options: ExplainOptions) => {
      const { settings, source, readWith } = await judgingSettings(options, terminal);
      const connection = await connectFor(options, settings.regions, terminal, readWith);
      const { interrupted } = terminal;
      const { session, service } = await findSession(sessionId, connection.services, interrupted).catch(
        notFound,
      );
      const explanation = await explain(session, service, settings, interrupted).catch(tagsUnread);
      const text = explanationText(explanation, settings, source, coloursFor(stdout));
      stdout.write(
        `${options.json ? JSON.stringify({ settingsSource: source, ...explanation }, undefined, 2) : text}\n`,
      );

      function notFound(error: unknown): never {
        if (interrupted.aborted) throw new CommandError('Stopped.', EXIT.interrupted);
        throw error;
      }

      function tagsUnread(error: unknown): never {
        const { message } = failureOf('ListTagsForResource', error);
        const advice = adviceFor(message, session);
        throw new CommandError(
          [
            `The tags of session ${sessionId} could not be read; a sweep would not end it now.`,
            `  ${message}`,
            ...(advice === undefined ? [] : [`    → ${advice}`]),
          ].join('\n'),
          EXIT.failed,
        );
      }
    });
  addDeployedOption(addSettingsOptions(addProfileOption(command)));
  return command.option('--json', 'print all of it as JSON');
}
