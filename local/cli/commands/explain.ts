/** The command `explain`. */
import { Command } from 'commander';
import { failureOf } from '../../../lambda/athena/errors.js';
import { plainText } from '../../../lambda/contract/plain-text.js';
import { isInactive } from '../../../lambda/policy/limits-by-state.js';
import type { SessionDetail } from '../../../lambda/policy/session.js';
import { AccountError } from '../../account/account-error.js';
import { adviceFor } from '../../account/advice.js';
import { findSession } from '../../account/find-session.js';
import { type LoggedEnding, readEnding } from '../../deployment/session-ending.js';
import type { Read } from '../../deployment/status.js';
import { type Explanation, explain } from '../../explanation/explanation.js';
import { addProfileOption, addSettingsOptions } from '../options/settings-options.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { coloursFor, type Terminal } from '../terminal/terminal.js';
import { endedText } from '../text/ending-text.js';
import { explanationText } from '../text/explanation-text.js';
import { connectFor } from './connect-for.js';
import { addDeployedOption, type JudgingSettings, judgingSettings } from './judging-settings.js';
import type { ScanOptions } from './scan-account.js';

interface ExplainOptions extends ScanOptions {
  readonly json?: true;
}

/** `explain`: what is decided of one session, and from what. */
export function explainCommand(terminal: Terminal): Command {
  const command = new Command('explain')
    .description(
      'Shows a session, each rule in turn and why it matches or not, its tags, its limits, and when it is due; of one ' +
        "that has ended, when and why, and with --deployed what the reaper's log says of it. Read-only.",
    )
    .argument(
      '<session-id>',
      'as scan or the Athena console shows it, or its beginning where no other begins like it',
    )
    .action((sessionId: string, options: ExplainOptions) => explainSession(sessionId, options, terminal));
  addDeployedOption(addSettingsOptions(addProfileOption(command)));
  return command.option('--json', 'print all of it as JSON');
}

async function explainSession(given: string, options: ExplainOptions, terminal: Terminal): Promise<void> {
  const { interrupted, stdout } = terminal;
  const judging = await judgingSettings(options, terminal);
  const { settings, source } = judging;
  const connection = await connectFor(options, settings.regions, terminal, judging.readWith);
  const found = await findSession(given, connection.services, interrupted).catch(async (error: unknown) => {
    if (interrupted.aborted) throw new CommandError('Stopped.', EXIT.interrupted);
    return forgotten(given, error, judging);
  });
  if (typeof found === 'string') {
    stdout.write(`${found}\n`);
    return;
  }
  const { session, service } = found;
  const ending = isInactive(session) ? await loggedEnding(session, judging) : undefined;
  const explanation: Explanation = {
    ...(await explain(session, service, settings, interrupted).catch((error) => tagsUnread(error, session))),
    ...(ending && { ending }),
  };
  const text = explanationText(explanation, settings, source, coloursFor(stdout));
  const json = () => JSON.stringify({ settingsSource: source, ...explanation }, undefined, 2);
  stdout.write(`${options.json ? json() : text}\n`);
  if (ending && 'error' in ending) {
    throw new CommandError("The reaper's log could not be read.", EXIT.failed);
  }
}

async function loggedEnding(
  session: SessionDetail,
  { deployed }: JudgingSettings,
): Promise<Read<LoggedEnding> | undefined> {
  if (deployed === undefined) return undefined;
  const { reaper, place } = deployed;
  try {
    return { value: await readEnding(session, reaper, place, Date.now()) };
  } catch (error) {
    return { error: plainText(failureOf('FilterLogEvents', error).message) };
  }
}

/**
 * What the log says of a session that Athena does not know any more.
 * @throws the error that says so, where the log has no end of it.
 */
async function forgotten(sessionId: string, error: unknown, judging: JudgingSettings): Promise<string> {
  if (!(error instanceof AccountError) || error.kind !== 'failed') throw error;
  const ending = await loggedEnding({ sessionId, workGroup: '', region: '', state: undefined }, judging);
  if (ending === undefined || 'error' in ending || ending.value.kind !== 'ended') throw error;
  return `Athena does not know session ${sessionId} any more. The reaper ${plainText(endedText(ending.value.record))}.`;
}

function tagsUnread(error: unknown, session: SessionDetail): never {
  const { message } = failureOf('ListTagsForResource', error);
  const advice = adviceFor(message, session);
  const lines = [
    `The tags of session ${session.sessionId} could not be read; a sweep would not end it now.`,
    `  ${message}`,
    ...(advice === undefined ? [] : [`    → ${advice}`]),
  ];
  throw new CommandError(lines.join('\n'), EXIT.failed);
}
