import type { Writable } from 'node:stream';
import { Command } from 'commander';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import type { SweepView } from '../../account/sweep-view.js';
import { DEFAULT_ACCOUNT } from '../../athena/index.js';
import { configOption, effectiveSettings } from '../options/settings-options.js';
import { reportAsJson } from '../tables/report-as-json.js';
import { sessionRow } from '../tables/session-row.js';
import { sessionTable } from '../tables/session-table.js';
import { commandLine } from '../terminal/invoked-as.js';
import { type Colours, coloursFor, type Terminal, tableColumnsOf } from '../terminal/terminal.js';
import { limitsInWords } from '../text/limits-in-words.js';
import { summary } from '../text/summary.js';
import { DEMO_SETTINGS, demoSweep } from './demo-sweep.js';

/** `demo`: one sweep of the real function through an invented account, on this machine. */
export function demoCommand({ stdout, cwd }: Terminal): Command {
  return new Command('demo')
    .description(
      'Runs one sweep of the real function through an invented account, on an Athena embedded in this process. ' +
        'Needs no AWS account, and nothing leaves this machine.',
    )
    .option('--json', 'print the report as JSON, and nothing else')
    .addOption(configOption("the demo's own"))
    .action(async ({ json, config }: DemoOptions) => {
      const { settings, source } = config === undefined ? DEMO : await effectiveSettings({ config }, cwd);
      const sweep = await demoSweep(settings);
      const context = {
        accountId: DEFAULT_ACCOUNT,
        settingsSource: source,
        dpuHourPrice: settings.dpuHourPrice,
      };
      const text = json ? reportAsJson(sweep, context) : textOf(sweep, settings, source, stdout);
      stdout.write(`${text}\n`);
    });
}

const DEMO = { settings: DEMO_SETTINGS, source: "the demo's own" } as const;

interface DemoOptions {
  readonly json?: true;
  readonly config?: string;
}

function textOf(
  { report, sessions }: SweepView,
  settings: ReaperSettings,
  source: string,
  stdout: Writable,
): string {
  const rows = sessions.map((seen) => sessionRow(seen, settings.dpuHourPrice));
  const colours = coloursFor(stdout);
  const withReturnedState = report.mode === 'terminate';
  const table = sessionTable(rows, { columns: tableColumnsOf(stdout), colours, withReturnedState });
  return [introduction(settings, source, colours), table, summary(report), nextSteps(colours)].join('\n\n');
}

function introduction(settings: ReaperSettings, source: string, { bold }: Colours): string {
  const { prefix, enabled } = settings.tags;
  return [
    bold('One sweep of the real function, through an invented account on this machine'),
    `Limits (${source}): ${limitsInWords(settings)}`,
    ...(enabled ? [`Tags ${prefix}:exempt and ${prefix}:idle-minutes spare a session.`] : []),
  ].join('\n');
}

function nextSteps({ bold, cyan }: Colours): string {
  const lines = [
    [commandLine('scan'), 'your own account, read-only'],
    [commandLine('demo --json'), 'the report, as the function returns it'],
    [commandLine('--help'), 'everything else'],
  ];
  const width = Math.max(...lines.map(([command = '']) => command.length)) + 2;
  const next = lines.map(([command = '', what = '']) => `  ${cyan(command.padEnd(width))}${what}`);
  return [bold('Next'), ...next].join('\n');
}
