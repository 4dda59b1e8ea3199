/** What `exempt` and `extend` have in common: the settings, the change, and what is said of it. */
import type { Command } from 'commander';
import { failureOf } from '../../../lambda/athena/errors.js';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { adviceFor } from '../../account/advice.js';
import type { Connection } from '../../account/connection.js';
import { type ExemptionResult, exempt, type Wish } from '../../exemption/exempt.js';
import type { ExemptionTarget } from '../../exemption/target.js';
import { addProfileOption, addSourceOptions } from '../options/settings-options.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { type Terminal, tableColumnsOf } from '../terminal/terminal.js';
import { exemptionText } from '../text/exemption-text.js';
import { folded } from '../text/folded.js';
import { connectFor } from './connect-for.js';
import {
  addDeployedOption,
  type JudgingOptions,
  type JudgingSettings,
  judgingSettings,
} from './judging-settings.js';

export type ExemptingOptions = Pick<
  JudgingOptions,
  'config' | 'defaults' | 'region' | 'profile' | 'deployed'
>;

export function addExemptingOptions(command: Command): Command {
  return addDeployedOption(addSourceOptions(addProfileOption(command)));
}

/**
 * Finds the target, makes the change and says what came of it. Ctrl+C before the change leaves everything as it was;
 * a change that is begun is carried through, read back and said.
 */
export async function exemptAndSay(
  find: (connection: Connection, signal: AbortSignal) => Promise<ExemptionTarget>,
  wish: Wish,
  options: ExemptingOptions,
  terminal: Terminal,
): Promise<void> {
  const { interrupted, stdout } = terminal;
  const judging = await judgingSettings(sourceOf(options), terminal);
  const { settings } = judging;
  const { prefix, maxExemptDays } = tagsIn(judging);
  const connection = await connectFor(options, settings.regions, terminal, judging.readWith);
  const target = await find(connection, interrupted).catch(stoppedOr(terminal));
  const outcome = await exempt(target, wish, settings, interrupted)
    .catch(stoppedOr(terminal))
    .catch((error) => refused(error, target));
  const columns = tableColumnsOf(stdout);
  stdout.write(
    `${exemptionText(outcome, { columns, prefix, prefixSource: judging.source, maxExemptDays })}\n`,
  );
  if (!judging.isChosen) stdout.write(`\n${folded(DOUBTFUL_PREFIX, columns, '')}\n`);
  if (interrupted.aborted) {
    throw new CommandError('Stopped, after what is said above was done.', EXIT.interrupted);
  }
  throwUnconfirmed(outcome);
}

/** A workgroup that a command names is no glob that narrows the settings. */
function sourceOf({ config, defaults, region, profile, deployed }: ExemptingOptions): ExemptingOptions {
  return {
    ...(config !== undefined && { config }),
    ...(defaults && { defaults }),
    ...(region && { region }),
    ...(profile !== undefined && { profile }),
    ...(deployed !== undefined && { deployed }),
  };
}

const DOUBTFUL_PREFIX =
  'No settings were found here. If the reaper has another tag prefix, name its settings with --config or --deployed.';

/** @throws CommandError where tags are off: one would spare nothing. */
function tagsIn({ settings: { tags }, source }: JudgingSettings): ReaperSettings['tags'] {
  if (tags.enabled) return tags;
  throw new CommandError(
    `tags.enabled: found false (${source}); allowed: true, because the reaper reads no tags otherwise`,
    EXIT.usage,
  );
}

/** What Ctrl+C keeps from being done fails in its own way, and is not what there is to say. */
function stoppedOr({ interrupted }: Terminal) {
  return (error: unknown): never => {
    if (interrupted.aborted) throw new CommandError('Stopped. Nothing was changed.', EXIT.interrupted);
    throw error;
  };
}

/** Says which right is missing, and where sessions take no tags. */
function refused(error: unknown, { resource, session }: ExemptionTarget): never {
  const failure = failureOf('TagResource', error);
  if (failure !== error) throw error;
  const { region } = resource.service;
  const { workGroup } = resource.name;
  const advice =
    session && (failure.kind === 'invalid' || failure.kind === 'not-found')
      ? `Athena takes no tag for this session. Tag its workgroup: exempt --workgroup ${workGroup}.`
      : failure.kind === 'denied' && adviceFor(failure.message, { region, workGroup })
        ? `Allow athena:${failure.operation} on ${resource.arn} to the identity that runs this.`
        : adviceFor(failure.message, { region, workGroup });
  const lines = ['Nothing was changed.', `  ${failure.message}`, ...(advice ? [`    → ${advice}`] : [])];
  throw new CommandError(lines.join('\n'), EXIT.failed);
}

/** A script that relies on an exemption has to know whether it stands. */
function throwUnconfirmed({ changed }: ExemptionResult): void {
  if (!changed || changed.readBack.kind === 'seen') return;
  throw new CommandError('Athena did not show that the change was made.', EXIT.failed);
}
