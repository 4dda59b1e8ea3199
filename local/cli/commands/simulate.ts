/** The command `simulate`. */
import { access, constants, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { Presets, SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError, Option } from 'commander';
import { RANGES } from '../../../lambda/contract/settings.js';
import { PROFILES, type ProfileName } from '../../simulation/people/profiles.js';
import type { DayOptions } from '../../simulation/run/simulated-day.js';
import { wholeNumber } from '../options/arguments.js';
import { configOption, effectiveSettings } from '../options/settings-options.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { type Colours, coloursFor, isTerminal, type Terminal } from '../terminal/terminal.js';

interface SimulateOptions {
  readonly hours: number;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly study?: readonly number[];
  readonly config?: string;
  readonly page?: string;
}

/** `simulate`: a day of an invented account, with the reaper and without, and the dashboard that it gives. */
export function simulateCommand({ stdout, stderr, cwd }: Terminal): Command {
  return new Command('simulate')
    .description(
      'Lets invented people use an Athena embedded in this process for a day, once with the real function on its ' +
        'schedule and once without, measures what was saved, and draws the dashboard of the stack on one page. ' +
        'Needs no AWS account, and nothing leaves this machine.',
    )
    .option('--hours <hours>', 'simulated hours', wholeNumber({ min: 1, max: 168 }), 24)
    .option(
      '--seed <number>',
      'the same seed gives the same day',
      wholeNumber({ min: 0, max: 2 ** 31 - 1 }),
      7,
    )
    .addOption(new Option('--profile <name>', 'who is there').choices(Object.keys(PROFILES)).default('team'))
    .option('--study <limits>', 'compare limits instead, e.g. idle-minutes=10,20,30', limits)
    .addOption(configOption("the profile's own"))
    .option('--page <file>', 'where to write the page (default: among the temporary files)')
    .addHelpText('after', `\nProfiles:\n${profiles()}`)
    .action(async (options: SimulateOptions) => {
      const file = path.resolve(cwd, options.page ?? path.join(tmpdir(), nameOf(options)));
      // Before the simulation, which takes a while.
      await access(path.dirname(file), constants.W_OK).catch((error) => unwritable(file, error));
      const { text, page } = await simulation(options, cwd, stderr, coloursFor(stdout));
      await writeFile(file, page).catch((error) => unwritable(file, error));
      stdout.write(`${text}\n\nSettings: ${options.config ?? "the profile's own"}\nPage: ${file}\n`);
    });
}

function unwritable(file: string, { code }: NodeJS.ErrnoException): never {
  const allowed = 'a file in a folder that there is and that can be written to';
  throw new CommandError(
    `--page: found ${file}, which cannot be written (${code}); allowed: ${allowed}`,
    EXIT.usage,
  );
}

async function simulation(
  { study, config: file, ...rest }: SimulateOptions,
  cwd: string,
  stderr: Writable,
  colours: Colours,
): Promise<{ readonly text: string; readonly page: string }> {
  const config = file === undefined ? undefined : (await effectiveSettings({ config: file }, cwd)).config;
  const bar = progressBar(stderr);
  const options: DayOptions = { ...rest, config, onProgress: (share) => bar.update(Math.round(100 * share)) };
  try {
    return study ? await studied(options, study, colours) : await simulatedDay(options, colours);
  } finally {
    bar.stop();
  }
}

// Each loads what it draws with only now: no other command has to wait for a chart library.

async function simulatedDay(options: DayOptions, colours: Colours) {
  const { simulateDay } = await import('../../simulation/run/simulated-day.js');
  const { dayInWords } = await import('../text/simulation-text.js');
  const { dayPage } = await import('../../simulation/page/page.js');
  const day = await simulateDay(options);
  return { text: dayInWords(day, colours), page: dayPage(day) };
}

async function studied(options: DayOptions, idleMinutes: readonly number[], colours: Colours) {
  const { studyLimits } = await import('../../simulation/run/study.js');
  const { studyInWords } = await import('../text/simulation-text.js');
  const { studyPage } = await import('../../simulation/page/study-page.js');
  const study = await studyLimits(options, idleMinutes);
  return { text: studyInWords(study, colours), page: studyPage(study) };
}

function progressBar(stream: Writable): SingleBar {
  const format = 'Simulating {bar} {percentage}%';
  const bar = new SingleBar({ format, stream, clearOnComplete: true, barsize: 30 }, Presets.shades_classic);
  if (isTerminal(stream)) bar.start(100, 0);
  return bar;
}

function nameOf({ profile, seed, hours, study }: SimulateOptions): string {
  return `athena-session-reaper-${study ? 'study-' : ''}${profile}-${seed}-${hours}h.html`;
}

function profiles(): string {
  return Object.entries(PROFILES)
    .map(([name, { description }]) => `  ${name.padEnd(8)}${description}`)
    .join('\n');
}

/** `idle-minutes=10,20,30` */
function limits(argument: string): readonly number[] {
  const { min, max } = RANGES.limitMinutes;
  const values = /^idle-minutes=(\d+(?:,\d+)*)$/.exec(argument)?.[1]?.split(',').map(Number);
  if (values?.every((value) => value >= min && value <= max)) return values;
  throw new InvalidArgumentError(
    `Allowed: idle-minutes= and whole numbers from ${min} to ${max} with commas.`,
  );
}
