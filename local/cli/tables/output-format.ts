import type { Writable } from 'node:stream';
import { type Command, Option } from 'commander';
import type { SweepReport } from '../../../lambda/contract/report.js';
import { nothingListed } from '../../../lambda/reporting/counts.js';
import type { SweepView } from '../../account/sweep-view.js';
import { coloursFor, type Terminal, tableColumnsOf } from '../terminal/terminal.js';
import { costLines } from '../text/cost-lines.js';
import { summary } from '../text/summary.js';
import { type ReportContext, reportAsJson } from './report-as-json.js';
import type { LayoutStyle } from './row-layout.js';
import { type SessionRow, sessionRow } from './session-row.js';
import { sessionTable } from './session-table.js';
import { sessionsAsCsv } from './sessions-as-csv.js';
import { totalsByOwner, totalsByWorkgroup, totalsTable } from './totals-table.js';

/** What the options of {@link addFormatOptions} parse to. */
export interface FormatOptions {
  readonly json?: true;
  readonly csv?: true;
  readonly summary?: true;
}

export function addFormatOptions(command: Command): Command {
  return command
    .option('--json', 'print the report as JSON, in the shape that the function returns, and nothing else')
    .addOption(new Option('--csv', 'print a line for each session, and nothing else').conflicts('json'))
    .addOption(
      new Option(
        '--summary',
        'print a line for each workgroup and each owner instead of each session',
      ).conflicts(['json', 'csv']),
    );
}

/** Writes a sweep in the chosen form: for people a table with totals, for programs JSON or CSV. */
export function writeView(
  view: SweepView,
  context: ReportContext,
  { json, csv, summary: isShort }: FormatOptions,
  { stdout }: Terminal,
): void {
  if (json) {
    stdout.write(`${reportAsJson(view, context)}\n`);
    return;
  }
  const rows = rowsOf(view, context);
  if (csv) stdout.write(sessionsAsCsv(rows));
  // There is an error then, and a table of nothing would bury it.
  else if (!nothingListed(view.report)) {
    const isAfterEnding = view.report.mode === 'terminate';
    const style = { columns: tableColumnsOf(stdout), colours: coloursFor(stdout), isAfterEnding };
    const tables = isShort
      ? [
          totalsTable('REGION AND WORKGROUP', totalsByWorkgroup(rows), style),
          totalsTable('OWNER', totalsByOwner(rows), style),
        ]
      : [sessionTable(rows, styleOf(view.report, stdout))];
    const costs = isAfterEnding ? [] : costLines(rows);
    const numbers = [summary(view.report), ...costs].join('\n');
    stdout.write(`${[...(rows.length > 0 ? tables : []), numbers].join('\n\n')}\n`);
  }
}

/** What would be ended, and nothing else: what a person is asked about. */
export function dueTable(view: SweepView, context: ReportContext, { stdout }: Terminal): string {
  const { report } = view;
  const rows = rowsOf(view, context).filter(({ verdict }) => verdict === 'would-terminate');
  return `${sessionTable(rows, styleOf(report, stdout))}\n\n${summary(report)}`;
}

function rowsOf({ sessions }: SweepView, { dpuHourPrice }: ReportContext): readonly SessionRow[] {
  return sessions.map((seen) => sessionRow(seen, dpuHourPrice));
}

function styleOf({ mode }: SweepReport, stdout: Writable): LayoutStyle {
  return {
    columns: tableColumnsOf(stdout),
    colours: coloursFor(stdout),
    withReturnedState: mode === 'terminate',
  };
}

export function isForPeople({ json, csv }: FormatOptions): boolean {
  return !json && !csv;
}
