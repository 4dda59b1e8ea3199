/** The settings that `scan`, `reap` and `explain` judge by: those of files, or those of the deployed function. */
import { type Command, Option } from 'commander';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { parseSettings } from '../../../lambda/settings/read-settings.js';
import type { Connection } from '../../account/connection.js';
import type { Place } from '../../deployment/place.js';
import { type DeployedReaper, readDeployedReaper } from '../../deployment/stack.js';
import {
  type EffectiveSettings,
  effectiveSettings,
  type SettingsOptions,
} from '../options/settings-options.js';
import { DEFAULT_STACK } from '../options/stack-option.js';
import type { Terminal } from '../terminal/terminal.js';
import { connectFor } from './connect-for.js';

/** Settings, where they come from, and whether somebody chose them. */
export interface JudgingSettings extends Pick<EffectiveSettings, 'settings' | 'source' | 'isChosen'> {
  /** What the deployed settings were read with; missing where they are those of files. */
  readonly readWith?: Connection;
  /** Whose settings they are; missing where they are those of files. */
  readonly deployed?: { readonly reaper: DeployedReaper; readonly place: Place };
}

export interface JudgingOptions extends SettingsOptions {
  readonly profile?: string | undefined;
  /** The name of a stack, or the usual one. */
  readonly deployed?: string | true;
}

export function addDeployedOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--deployed [stack]',
      `judge by the settings of the deployed function, of this stack or of ${DEFAULT_STACK}`,
    ).conflicts(['config', 'defaults']),
  );
}

/**
 * @throws CommandError or SettingsError for settings that cannot be used.
 * @throws AccountError where no reaper is deployed.
 */
export async function judgingSettings(options: JudgingOptions, terminal: Terminal): Promise<JudgingSettings> {
  const { deployed } = options;
  if (deployed === undefined) return effectiveSettings(options, terminal.cwd);
  const stack = deployed === true ? DEFAULT_STACK : deployed;
  const readWith = await connectFor(options, options.region?.slice(0, 1) ?? [], terminal);
  const [region = ''] = readWith.regions;
  const place = { stack, region, clientConfig: readWith.clientConfig, signal: terminal.interrupted };
  const reaper = await readDeployedReaper(place);
  const { settingsJson, functionName } = reaper;
  const settings = parseSettings(JSON.parse(settingsJson), `The settings of ${functionName}`);
  return {
    settings: narrowedBy(options, settings, region),
    source: `deployed in ${stack}`,
    isChosen: true,
    readWith,
    deployed: { reaper, place },
  };
}

/** The options go over the deployed settings as over those of a file. */
function narrowedBy(options: JudgingOptions, deployed: ReaperSettings, ownRegion: string): ReaperSettings {
  const { region, workgroup, exclude = [], idleMinutes } = options;
  const { include, exclude: excluded } = deployed.workgroups;
  const regions = deployed.regions.length > 0 ? deployed.regions : [ownRegion];
  return {
    ...deployed,
    regions: region ?? regions,
    workgroups: { include: workgroup ?? include, exclude: [...new Set([...excluded, ...exclude])] },
    idleMinutes: idleMinutes ?? deployed.idleMinutes,
  };
}
