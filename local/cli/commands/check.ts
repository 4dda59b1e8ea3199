/** The command `check`. */
import { Command } from 'commander';
import { addSettingsOptions, effectiveSettings, type SettingsOptions } from '../options/settings-options.js';
import { settingsTable } from '../options/settings-table.js';
import { coloursFor, columnsOf, type Terminal } from '../terminal/terminal.js';

interface CheckOptions extends SettingsOptions {
  readonly json?: true;
}

/** `check`: whether the settings can be used, and what they come to. */
export function checkCommand({ stdout, cwd }: Terminal): Command {
  const command = new Command('check')
    .description(
      'Checks the settings under "reaper" in the context of the nearest cdk.json, as a deployment does, and prints ' +
        'what holds. Lists every mistake at once. Calls nothing.',
    )
    .action(async (options: CheckOptions) => {
      const effective = await effectiveSettings(options, cwd);
      const style = { columns: columnsOf(stdout), colours: coloursFor(stdout) };
      const { config, source } = effective;
      stdout.write(
        options.json
          ? `${JSON.stringify(config, undefined, 2)}\n`
          : `Settings: ${source}\n\n${settingsTable(effective, style)}\n`,
      );
    });
  return addSettingsOptions(command).option('--json', 'print the settings as JSON, and nothing else');
}
