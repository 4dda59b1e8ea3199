/** Exemptions as a table, as CSV and as JSON. */
import { stringify } from 'csv-stringify/sync';
import { plainText, shortened } from '../../../lambda/contract/plain-text.js';
import type { Standing, StandingExemption } from '../../exemption/standing.js';
import type { Colours } from '../terminal/terminal.js';
import { folded } from '../text/folded.js';
import { plainTable, WIDE, widthOfAll } from './plain-table.js';

interface Style {
  /** Characters to a line; infinite where a record is a line, however long. */
  readonly columns: number;
  readonly colours: Colours;
}

/** What an exemption shows. */
const TITLES = {
  until: 'EXEMPT UNTIL',
  started: 'STARTED',
  place: 'REGION AND WORKGROUP',
  session: 'SESSION',
  by: 'BY',
} as const;
type Key = keyof typeof TITLES;
type Cells = Readonly<Record<Key, string>>;
type Widths = Readonly<Record<Key, number>>;
const KEYS: readonly Key[] = ['until', 'started', 'place', 'session', 'by'];

/** So narrow on one line, and no narrower: with dates, and an id as Athena makes them, that is 100 columns. */
const NARROWEST_PLACE = 18;
const NARROWEST_BY = 20;
/** Of the second line, where one is not enough. */
const INDENT = '  ';

/**
 * One line for each exemption. What does not fit on a wide terminal is left out or shortened, and never the id; on a
 * narrow one session and tag are on lines of their own.
 */
export function exemptionTable(
  exemptions: readonly StandingExemption[],
  { columns, colours }: Style,
): string {
  const lines = exemptions.map(cellsOf);
  const widths = widthsOf([TITLES, ...lines]);
  if (columns >= WIDE || widthOfAll(KEYS.map((key) => widths[key])) <= columns) {
    const { keys, widths: fitted } = onOneLine(widths, columns);
    const draw = (cells: Cells) => drawn(keys, fitted, cells);
    return [colours.dim(draw(TITLES)), ...lines.map(draw)].join('\n');
  }
  const above = (cells: Cells) => drawn(['until', 'started', 'place'], widths, cells);
  const several = lines.map((cells) =>
    [above(cells), `${INDENT}${cells.session}`, folded(cells.by, columns, INDENT)].join('\n'),
  );
  return [colours.dim(above(TITLES)), ...several].join('\n');
}

function widthsOf(lines: readonly Cells[]): Widths {
  const widest = (key: Key) => Math.max(...lines.map((cells) => cells[key].length));
  return {
    until: widest('until'),
    started: widest('started'),
    place: widest('place'),
    session: widest('session'),
    by: widest('by'),
  };
}

/** The start is left out first, then the tag or rule is shortened, then the place. */
function onOneLine(
  widths: Widths,
  columns: number,
): { readonly keys: readonly Key[]; readonly widths: Widths } {
  const narrowest = {
    ...widths,
    place: Math.min(widths.place, NARROWEST_PLACE),
    by: Math.min(widths.by, NARROWEST_BY),
  };
  const widthWith = (of: Widths, keys: readonly Key[]) => widthOfAll(keys.map((key) => of[key]));
  const keys = widthWith(narrowest, KEYS) <= columns ? KEYS : KEYS.filter((key) => key !== 'started');
  const over = Math.max(0, widthWith(widths, keys) - columns);
  const by = Math.max(widths.by - over, narrowest.by);
  const place = Math.max(widths.place - (over - (widths.by - by)), narrowest.place);
  return { keys, widths: { ...widths, by, place } };
}

function drawn(keys: readonly Key[], widths: Widths, cells: Cells): string {
  const fitted = (key: Key) => (key === 'session' ? cells[key] : shortened(cells[key], widths[key]));
  return plainTable(
    keys.map((key) => widths[key]),
    [keys.map((key) => ({ content: fitted(key) }))],
  );
}

function cellsOf({ until, startedAt, region, workGroup, sessionId, by }: StandingExemption): Cells {
  return {
    until: until ? atMinute(until) : 'no end',
    started: startedAt ? atMinute(startedAt) : '',
    place: `${region} ${workGroup}`,
    session: sessionId === undefined ? 'every session' : plainText(sessionId),
    by: plainText(by),
  };
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
