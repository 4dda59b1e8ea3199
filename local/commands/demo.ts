import { Command } from 'commander';
import { DEMO_SETTINGS, demoSweep } from '../demo-sweep.js';
import { inWords } from '../duration.js';
import { commandLine } from '../invoked-as.js';
import { sessionRow } from '../session-row.js';
import { sessionTable } from '../session-table.js';
import { summary } from '../summary.js';
import { type Colours, coloursFor, columnsOf, type Terminal } from '../terminal.js';

/** `demo`: one sweep of the real function through an invented account, on this machine. */
export function demoCommand({ stdout }: Terminal): Command {
  return new Command('demo')
    .summary('one sweep through an invented account, on this machine')
    .description(
      'Runs one sweep of the real function through an invented account, on an Athena embedded in this process. ' +
        'Needs no AWS account, and nothing leaves this machine.',
    )
    .option('--json', 'print the report as JSON, and nothing else')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const { report, before } = await demoSweep();
      if (json) {
        stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
        return;
      }
      const records = new Map(report.sessions.map((record) => [record.sessionId, record]));
      const rows = before.map((judged) => sessionRow(judged, records.get(judged.session.sessionId)));
      const colours = coloursFor(stdout);
      const table = sessionTable(rows, { columns: columnsOf(stdout), colours, withReturnedState: true });
      const parts = [introduction(colours), table, summary(report), whatNext(colours)];
      stdout.write(`${parts.join('\n\n')}\n`);
    });
}

function introduction({ bold }: Colours): string {
  const { idleMinutes, rules, stuck, tags } = DEMO_SETTINGS;
  const [dbt] = rules.flatMap((rule) => ('idleMinutes' in rule ? [inWords(rule.idleMinutes)] : []));
  return `${bold('One sweep of the real function, through an invented account on this machine')}
Limits: idle ${inWords(idleMinutes)}, dbt sessions ${dbt} (rules[0]), degraded ${inWords(stuck.degradedMinutes ?? 0)}, creating ${inWords(stuck.creatingMinutes ?? 0)}.
Tags ${tags.prefix}:exempt and ${tags.prefix}:idle-minutes spare a session.`;
}

function whatNext({ bold, cyan }: Colours): string {
  const lines = [
    [commandLine('scan'), 'your own account, read-only'],
    [commandLine('demo --json'), 'the report, as the function returns it'],
    [commandLine('--help'), 'everything else'],
  ];
  const width = Math.max(...lines.map(([command = '']) => command.length)) + 2;
  const next = lines.map(([command = '', what = '']) => `  ${cyan(command.padEnd(width))}${what}`);
  return [bold('Next'), ...next].join('\n');
}
