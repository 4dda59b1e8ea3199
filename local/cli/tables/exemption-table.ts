/** Exemptions as a table, as CSV and as JSON. */
import { stringify } from 'csv-stringify/sync';
import { plainText } from '../../../lambda/contract/plain-text.js';
import type { Standing, StandingExemption } from '../../exemption/standing.js';
import type { Colours } from '../terminal/terminal.js';
import { folded } from '../text/folded.js';
import { plainTable, widthOfAll } from './plain-table.js';

interface Style {
  /** Characters to a line; infinite where a record is a line, however long. */
  readonly columns: number;
  readonly colours: Colours;
}

const TITLES = ['EXEMPT UNTIL', 'STARTED', 'REGION AND WORKGROUP', 'SESSION', 'BY'];
/** Of the second line, where one is not enough. */
const INDENT = '  ';

/** One line for each exemption; where that does not fit, session and tag are on lines of their own. */
export function exemptionTable(
  exemptions: readonly StandingExemption[],
  { columns, colours }: Style,
): string {
  const lines = exemptions.map(cellsOf);
  const widths = TITLES.map((title, index) =>
    Math.max(title.length, ...lines.map((line) => (line[index] ?? '').length)),
  );
  const draw = (cells: readonly string[], count: number) =>
    plainTable(widths.slice(0, count), [cells.slice(0, count).map((content) => ({ content }))]);
  if (widthOfAll(widths) <= columns) {
    return [colours.dim(draw(TITLES, 5)), ...lines.map((line) => draw(line, 5))].join('\n');
  }
  const twoLines = lines.map(([until = '', started = '', workgroup = '', session = '', by = '']) =>
    [draw([until, started, workgroup], 3), `${INDENT}${session}`, folded(by, columns, INDENT)].join('\n'),
  );
  return [colours.dim(draw(TITLES, 3)), ...twoLines].join('\n');
}

function cellsOf({ until, startedAt, region, workGroup, sessionId, by }: StandingExemption) {
  return [
    until ? atMinute(until) : 'no end',
    startedAt ? atMinute(startedAt) : '',
    `${region} ${workGroup}`,
    sessionId === undefined ? 'every session' : plainText(sessionId),
    plainText(by),
  ];
}

function atMinute(time: Date): string {
  return Number.isNaN(time.getTime())
    ? 'no valid time'
    : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** RFC 4180, with a header; an empty `exempt_until` is no end, an empty `session_id` is every session. */
export function exemptionsAsCsv(exemptions: readonly StandingExemption[]): string {
  const records = exemptions.map((each) => ({
    until: isoOf(each.until),
    started: isoOf(each.startedAt),
    region: each.region,
    workGroup: each.workGroup,
    sessionId: plainText(each.sessionId ?? ''),
    by: plainText(each.by),
  }));
  const columns = [
    { key: 'until', header: 'exempt_until' },
    { key: 'started', header: 'started' },
    { key: 'region', header: 'region' },
    { key: 'workGroup', header: 'workgroup' },
    { key: 'sessionId', header: 'session_id' },
    { key: 'by', header: 'by' },
  ];
  return stringify(records, { header: true, columns, escape_formulas: true });
}

export function exemptionsAsJson(
  { exemptions, ...rest }: Standing,
  context: { readonly account: string | null; readonly settingsSource: string },
): string {
  const shown = exemptions.map(({ until, startedAt, ...each }) => ({
    ...each,
    startedAt: isoOf(startedAt) ?? null,
    until: isoOf(until) ?? null,
  }));
  return JSON.stringify({ ...context, exemptions: shown, ...rest }, undefined, 2);
}

/** @returns undefined for a time that is missing, or that is none. */
function isoOf(time: Date | undefined): string | undefined {
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
