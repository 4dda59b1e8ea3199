import { type Command, Option } from 'commander';
import { PATTERNS, RANGES, type ReaperSettings } from '../../../lambda/contract/settings.js';
import {
  ConfigError,
  type ReaperConfig,
  readReaperContext,
  toReaperSettings,
} from '../../../lib/config/config.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { collected, matching, wholeNumber } from './arguments.js';
import { readAppContext, type SettingsPlace } from './settings-file.js';

/** What the options of {@link addSettingsOptions} parse to. */
export interface SettingsOptions extends SettingsPlace {
  readonly region?: readonly string[];
  readonly workgroup?: readonly string[];
  readonly exclude?: readonly string[];
  readonly idleMinutes?: number;
}

/** The settings that a command works by. */
export interface EffectiveSettings {
  readonly config: ReaperConfig;
  readonly settings: ReaperSettings;
  /** For people: the file they come from, or why they are the defaults. */
  readonly source: string;
  /** Whether somebody chose them: in a file, or the defaults by name. */
  readonly isChosen: boolean;
  /** Of the CDK app, as written in the file. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Dotted paths below `reaper` that options set, with the option. */
  readonly setByOption: ReadonlyMap<string, string>;
}

/** `--config` and the options that go over what the file says. */
export function addSettingsOptions(command: Command): Command {
  return addWorkgroupOptions(addSourceOptions(command)).option(
    '--idle-minutes <minutes>',
    'idle limit where no rule has another',
    wholeNumber(RANGES.limitMinutes),
  );
}

/** Which workgroups a command is about. */
export function addWorkgroupOptions(command: Command): Command {
  return command
    .option(
      '--workgroup <glob>',
      'workgroups to look in, instead of workgroups.include; repeatable',
      collected(matching(PATTERNS.workgroupGlob)),
    )
    .option(
      '--exclude <glob>',
      'workgroups to leave out, besides workgroups.exclude; repeatable',
      collected(matching(PATTERNS.workgroupGlob)),
    );
}

/** Where the settings come from, and where to look: for commands that are about one thing, not about limits. */
export function addSourceOptions(command: Command): Command {
  return command
    .addOption(configOption())
    .addOption(
      new Option('--defaults', 'take the default settings, whatever files there are').conflicts('config'),
    )
    .option('--region <name>', 'Region to look in; repeatable', collected(matching(PATTERNS.region)));
}

/** For the commands that talk to AWS. */
export function addProfileOption(command: Command): Command {
  return command.option('--profile <name>', 'profile of your AWS configuration');
}

/** @param usual where the settings come from without the option. */
export function configOption(usual = 'the nearest cdk.json'): Option {
  return new Option(
    '--config <file>',
    `read the settings from this file, in the form of cdk.json, instead of ${usual}`,
  );
}

/** The options as a person would type them again, for a command that acts on the same sessions. */
export function typedAgain(options: TypedOptions): string {
  const {
    config,
    defaults,
    profile,
    region = [],
    workgroup = [],
    exclude = [],
    idleMinutes,
    deployed,
  } = options;
  const values: readonly (readonly [string, string | number | undefined])[] = [
    ['--profile', profile],
    ['--config', config],
    ...region.map((name) => ['--region', name] as const),
    ...workgroup.map((glob) => ['--workgroup', glob] as const),
    ...exclude.map((glob) => ['--exclude', glob] as const),
    ['--idle-minutes', idleMinutes],
  ];
  const typed = values.flatMap(([option, value]) =>
    value === undefined ? [] : [`${option} ${quoted(value)}`],
  );
  return [
    ...(defaults ? ['--defaults'] : []),
    ...typed,
    ...(deployed === undefined ? [] : [deployed === true ? '--deployed' : `--deployed ${quoted(deployed)}`]),
  ].join(' ');
}

interface TypedOptions extends SettingsOptions {
  readonly profile?: string | undefined;
  readonly deployed?: string | true;
}

/** For a shell: in quotes where it has more than letters. */
function quoted(value: string | number): string {
  const text = String(value);
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * The settings of the file with the options over them.
 * @throws CommandError that lists every mistake at once.
 */
export async function effectiveSettings(options: SettingsOptions, cwd: string): Promise<EffectiveSettings> {
  const { context, source, isChosen } = await readAppContext(options, cwd);
  try {
    const { workgroups } = readReaperContext(context);
    const set = overridesBy(options, workgroups.exclude);
    const values = Object.fromEntries(set.map(({ path, value }) => [path, value]));
    const config = readReaperContext(context, values);
    const setByOption = new Map(set.map(({ path, option }) => [path, option]));
    return { config, settings: toReaperSettings(config), source, isChosen, context, setByOption };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new CommandError(`${source}: ${error.message}`, EXIT.usage);
  }
}

interface Override {
  readonly option: string;
  /** Below `reaper`, dotted. */
  readonly path: string;
  readonly value: unknown;
}

function overridesBy(options: SettingsOptions, excluded: readonly string[]): readonly Override[] {
  const { region, workgroup, exclude, idleMinutes } = options;
  const all: readonly Override[] = [
    { option: '--region', path: 'regions', value: region },
    { option: '--workgroup', path: 'workgroups.include', value: workgroup },
    // What is excluded for good reason stays so, whatever else is left out.
    {
      option: '--exclude',
      path: 'workgroups.exclude',
      value: exclude && [...new Set([...excluded, ...exclude])],
    },
    { option: '--idle-minutes', path: 'idleMinutes', value: idleMinutes },
  ];
  return all.filter(({ value }) => value !== undefined);
}
