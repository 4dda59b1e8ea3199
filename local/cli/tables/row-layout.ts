/** How a session is laid out over the columns of a terminal. */
import type { CellOptions } from 'cli-table3';
import { shortened } from '../../../lambda/contract/plain-text.js';
import type { Colours } from '../terminal/terminal.js';
import { inWords } from '../text/duration.js';
import { GAP, plainTable, WIDE, widthOfAll, wrapped } from './plain-table.js';
import type { SessionRow } from './session-row.js';

export interface LayoutStyle {
  /** Characters to a line; infinite where a record is a line, however long. */
  readonly columns: number;
  readonly colours: Colours;
  /** Whether sessions were ended, so that there are states that the service answered with. */
  readonly withReturnedState: boolean;
}

/** How sessions are drawn: titles and groups of rows line up. */
export interface RowLayout {
  readonly titles: string;
  draw(rows: readonly SessionRow[]): string;
}

/**
 * The layout for some sessions: one line for each, but for narrow terminals, where ids are whole on a second line. What
 * does not fit on a wide terminal is left out column by column, and then shortened.
 */
export function layoutFor(rows: readonly SessionRow[], style: LayoutStyle): RowLayout {
  const manyRegions = new Set(rows.map(({ region }) => region)).size > 1;
  const cells = (row: SessionRow) => cellsOf(row, manyRegions);
  const elsewhere = style.withReturnedState ? BEFORE_ENDING : AFTER_ENDING;
  const keys = KEYS.filter((key) => !elsewhere.includes(key) && isUsed(key, rows.map(cells)));
  const all = [TITLES, ...rows.map(cells)];
  const widthOf = (key: Key) => Math.max(...all.map((line) => line[key].length));
  const layout =
    style.columns >= WIDE
      ? oneWideLine(keys, widthOf, style.columns)
      : (oneLine(keys, widthOf, style.columns) ?? twoLines(keys.filter(isEssential), widthOf, style.columns));
  const { dim, bold } = style.colours;
  return {
    titles: dim(plainTable(layout.widths, layout.linesOf(TITLES, String))),
    draw: (group) =>
      plainTable(
        layout.widths,
        group.flatMap((row) => layout.linesOf(cells(row), bold)),
      ),
  };
}

/** What a session shows. */
const TITLES = {
  workGroup: 'WORKGROUP',
  sessionId: 'SESSION',
  state: 'STATE',
  idle: 'IDLE FOR',
  limit: 'LIMIT',
  returned: 'RETURNED',
  dpus: 'DPUS',
  billed: 'BILLED',
  toBill: 'TO BILL',
  dollars: 'SAVES',
  owner: 'OWNER',
  why: 'WHY',
} as const;
type Key = keyof typeof TITLES;
type Cells = Readonly<Record<Key, string>>;
const KEYS: readonly Key[] = [
  'workGroup',
  'sessionId',
  'state',
  'idle',
  'limit',
  'returned',
  'dpus',
  'billed',
  'toBill',
  'dollars',
  'owner',
  'why',
];

/** What a wide line leaves out where there is no room, the first first. */
const LEFT_OUT: readonly Key[] = ['billed', 'owner', 'returned', 'toBill', 'dollars', 'limit'];

/** Shown only where some session has it; what two lines have no room for, but for the DPUs that were asked for. */
const OPTIONAL: readonly Key[] = ['dpus', 'billed', 'toBill', 'dollars', 'owner'];

/** What a sweep that ended sessions shows, and one that ended none. */
const AFTER_ENDING: readonly Key[] = ['returned', 'dollars'];
const BEFORE_ENDING: readonly Key[] = ['billed', 'toBill'];

function isUsed(key: Key, lines: readonly Cells[]): boolean {
  return !OPTIONAL.includes(key) || lines.some((cells) => cells[key] !== '');
}

/** What two lines have room for. */
function isEssential(key: Key): boolean {
  return key === 'dpus' || !OPTIONAL.includes(key);
}

function cellsOf(row: SessionRow, manyRegions: boolean): Cells {
  const { idleMinutes, limitMinutes, lowerBound } = row;
  const idle = idleMinutes === undefined ? '' : inWords(idleMinutes);
  return {
    workGroup: manyRegions ? `${row.region} ${row.workGroup}` : row.workGroup,
    sessionId: row.sessionId,
    state: row.state,
    idle: lowerBound ? `≥ ${idle}` : idle,
    limit: limitMinutes === undefined ? '' : inWords(limitMinutes),
    returned: row.returnedState ?? '',
    dpus: row.dpus === undefined ? '' : String(row.dpus),
    billed: inDollars(row.dollarsBilled),
    toBill: inDollars(row.dollarsToBill),
    dollars: inDollars(row.dollarsSaved),
    owner: row.owner ?? '',
    why: row.why,
  };
}

function inDollars(dollars: number | undefined): string {
  return dollars === undefined ? '' : `$${dollars.toFixed(2)}`;
}

/** Column widths, and the lines of the table that a session takes. */
interface Lines {
  readonly widths: readonly number[];
  readonly linesOf: (cells: Cells, paint: Paint) => CellOptions[][];
}
/** Of the workgroup. */
type Paint = (text: string) => string;
type WidthOf = (key: Key) => number;

/** Of the second line. */
const INDENT = '  ';
const NARROWEST_WORKGROUP = 20;
const NARROWEST_REASON = 30;
/** On a line that may not be broken the reason of most is whole; where even that has no room, the workgroup makes it. */
const NARROWEST_WIDE_REASON = 'idle past its limit'.length;

/** Every session on one line: columns are left out, and reason and workgroup shortened, until it fits. */
function oneWideLine(allKeys: readonly Key[], widthOf: WidthOf, columns: number): Lines {
  const keys = keysThatFit(allKeys, widthOf, columns);
  const widthOfOthers = (workGroup: number) =>
    keys
      .filter((key) => key !== 'why')
      .reduce((sum, key) => sum + (key === 'workGroup' ? workGroup : widthOf(key)) + GAP, 0);
  const reason = Math.min(widthOf('why'), NARROWEST_REASON);
  const missing = widthOfOthers(widthOf('workGroup')) + reason - columns;
  const natural = widthOf('workGroup');
  const narrow = Math.max(natural - Math.max(0, missing), Math.min(natural, NARROWEST_WORKGROUP));
  const least = Math.min(widthOf('why'), NARROWEST_WIDE_REASON);
  const over = Math.max(0, widthOfOthers(narrow) + least - columns);
  const workGroup = Math.max(1, narrow - over);
  const room = Math.max(columns - widthOfOthers(workGroup), least);
  const widths = { workGroup, why: Math.min(widthOf('why'), room) };
  const fitted = (key: Key, text: string) =>
    key === 'workGroup' || key === 'why' ? shortened(text, widths[key]) : text;
  return {
    widths: keys.map((key) => (key === 'workGroup' || key === 'why' ? widths[key] : widthOf(key))),
    linesOf: (cells, paint) => [
      keys.map((key) => {
        const content = fitted(key, cells[key]);
        return key === 'workGroup' ? { content: paint(content) } : { ...aligned(key, cells), content };
      }),
    ],
  };
}

function keysThatFit(keys: readonly Key[], widthOf: WidthOf, columns: number): readonly Key[] {
  const least = (key: Key) =>
    key === 'why'
      ? NARROWEST_WIDE_REASON
      : key === 'workGroup'
        ? Math.min(widthOf(key), NARROWEST_WORKGROUP)
        : widthOf(key);
  return LEFT_OUT.reduce<readonly Key[]>(
    (left, key) => (widthOfAll(left.map(least)) > columns ? left.filter((one) => one !== key) : left),
    keys,
  );
}

function oneLine(keys: readonly Key[], widthOf: WidthOf, columns: number): Lines | undefined {
  const others = keys.filter((key) => key !== 'why').map(widthOf);
  const left = columns - others.reduce((sum, width) => sum + width + GAP, 0);
  const why = Math.min(widthOf('why'), Math.max(left, NARROWEST_REASON));
  if (why > left) return undefined;
  return {
    widths: [...others, why],
    linesOf: (cells, paint) => [
      keys.map((key) => {
        if (key === 'workGroup') return { content: paint(cells[key]) };
        return key === 'why' ? wrapped(cells[key], why) : aligned(key, cells);
      }),
    ],
  };
}

/** Id and reason go below the rest; the id takes as many of the columns above it as it needs. */
function twoLines(allKeys: readonly Key[], widthOf: WidthOf, columns: number): Lines {
  const keys = allKeys.filter((key) => key !== 'sessionId' && key !== 'why');
  const idWidth = INDENT.length + widthOf('sessionId');
  const widths = widthsAbove(keys.map(widthOf), idWidth, columns);
  const span = Math.max(
    1,
    widths.findIndex((_, index) => widthOfAll(widths.slice(0, index + 1)) >= idWidth) + 1,
  );
  const [workGroupWidth = 0] = widths;
  const whyWidth = widthOfAll(widths.slice(span));
  return {
    widths,
    linesOf: (cells, paint) => [
      [wrapped(cells.workGroup, workGroupWidth, paint), ...keys.slice(1).map((key) => aligned(key, cells))],
      [
        { content: `${INDENT}${cells.sessionId}`, colSpan: span },
        { ...wrapped(cells.why, whyWidth), colSpan: widths.length - span },
      ],
    ],
  };
}

/**
 * What the columns need, and then the whole line: the workgroup has room for the id below it where it can be,
 * the state for the reason. All but the last are wide enough for an id of any length.
 */
function widthsAbove(natural: readonly number[], idWidth: number, columns: number): readonly number[] {
  const [workGroup = 0, state = 0, ...others] = natural;
  const left = columns - widthOfAll([state, ...others]) - GAP;
  const missing = idWidth - widthOfAll([left, state, ...others.slice(0, -1)]);
  const first = Math.max(Math.min(left, Math.max(workGroup, idWidth)), NARROWEST_WORKGROUP, left + missing);
  return [first, state + Math.max(0, left - first), ...others];
}

const NUMBERS: readonly Key[] = ['idle', 'limit', 'dpus', 'billed', 'toBill', 'dollars'];

function aligned(key: Key, cells: Cells): CellOptions {
  return {
    content: cells[key],
    hAlign: NUMBERS.includes(key) ? 'right' : 'left',
  };
}
