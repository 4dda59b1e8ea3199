import type { Writable } from 'node:stream';
import { type Command, Option } from 'commander';
import { nothingListed } from '../../../lambda/reporting/counts.js';
import type { SweepReport } from '../../../lambda/contract/report.js';
import type { SweepView } from '../../account/sweep-view.js';
import { coloursFor, columnsOf, type Terminal } from '../terminal/terminal.js';
import { summary } from '../text/summary.js';
import { type ReportContext, reportAsJson } from './report-as-json.js';
import type { LayoutStyle } from './row-layout.js';
import { sessionRow } from './session-row.js';
import { sessionTable } from './session-table.js';
import { sessionsAsCsv } from './sessions-as-csv.js';

/** What the options of {@link addFormatOptions} parse to. */
export interface FormatOptions {
  readonly json?: true;
  readonly csv?: true;
}

export function addFormatOptions(command: Command): Command {
  return command
    .option('--json', 'print the report as JSON, in the shape that the function returns, and nothing else')
    .addOption(new Option('--csv', 'print a line for each session, and nothing else').conflicts('json'));
}

/** Writes a sweep in the chosen form: for people a table with totals, for programs JSON or CSV. */
export function writeView(
  view: SweepView,
  context: ReportContext,
  { json, csv }: FormatOptions,
  { stdout }: Terminal,
): void {
  const rows = view.sessions.map(sessionRow);
  if (json) stdout.write(`${reportAsJson(view, context)}\n`);
  else if (csv) stdout.write(sessionsAsCsv(rows));
  // There is an error then, and a table of nothing would bury it.
  else if (!nothingListed(view.report)) {
    const table = rows.length > 0 ? [sessionTable(rows, styleOf(view.report, stdout))] : [];
    stdout.write(`${[...table, summary(view.report)].join('\n\n')}\n`);
  }
}

/** What would be ended, and nothing else: what a person is asked about. */
export function dueTable({ sessions, report }: SweepView, { stdout }: Terminal): string {
  const rows = sessions.map(sessionRow).filter(({ verdict }) => verdict === 'would-terminate');
  return `${sessionTable(rows, styleOf(report, stdout))}\n\n${summary(report)}`;
}

function styleOf({ mode }: SweepReport, stdout: Writable): LayoutStyle {
  return { columns: columnsOf(stdout), colours: coloursFor(stdout), withReturnedState: mode === 'terminate' };
}

export function isForPeople({ json, csv }: FormatOptions): boolean {
  return !json && !csv;
}
