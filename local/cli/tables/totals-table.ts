/** Sessions counted by workgroup and by owner: what `--summary` prints instead of a line for each session. */
import { shortened } from '../../../lambda/contract/plain-text.js';
import type { Colours } from '../terminal/terminal.js';
import { inWords } from '../text/duration.js';
import { plainTable, widthOfAll } from './plain-table.js';
import type { SessionRow, Verdict } from './session-row.js';

/** A group of sessions in numbers. Dollars are lower bounds. */
export interface Totals {
  readonly name: string;
  readonly sessions: number;
  /** Due, and not ended yet. */
  readonly due: number;
  readonly ended: number;
  readonly failed: number;
  readonly longestIdleMinutes: number;
  readonly dollarsBilled: number;
  readonly dollarsToBill: number;
  readonly dollarsSaved: number;
  /** Missing where nobody asked, or Athena does not say of any. */
  readonly dpus?: number;
}

/** Those with most that is due first. */
export function totalsByWorkgroup(rows: readonly SessionRow[]): readonly Totals[] {
  return totalsBy(rows, ({ region, workGroup }) => `${region} ${workGroup}`);
}

/** Owners whose sessions billed most first; what has no owner, or was not asked for one, last. */
export function totalsByOwner(rows: readonly SessionRow[]): readonly Totals[] {
  const owned = totalsBy(rows, ({ owner }) => owner);
  const without = totalsBy(rows, ({ owner, isOwnerKnown }) => {
    if (owner !== undefined) return undefined;
    return isOwnerKnown ? '(no owner known)' : '(not asked: --owners)';
  });
  return [...owned.toSorted((a, b) => b.dollarsBilled - a.dollarsBilled), ...without];
}

interface Style {
  /** Characters to a line; infinite where a name is never shortened. */
  readonly columns: number;
  readonly colours: Colours;
  /** Whether sessions were ended, so that there is something saved. */
  readonly isAfterEnding: boolean;
}

/** So much is left of a long name, however narrow the terminal is. */
const SHORTEST_NAME = 20;

/** A line for each group. Where it does not fit, the name is shortened. */
export function totalsTable(
  title: string,
  totals: readonly Totals[],
  { columns: width, colours: { dim }, isAfterEnding }: Style,
): string {
  const columns = COLUMNS.filter(({ when }) => when === undefined || when({ totals, isAfterEnding }));
  const titles = [title, ...columns.map((column) => column.title)];
  const lines = totals.map((each) => [each.name, ...columns.map(({ text }) => text(each))]);
  const [nameWidth = 0, ...numberWidths] = titles.map((text, index) =>
    Math.max(text.length, ...lines.map((line) => (line[index] ?? '').length)),
  );
  const room = width - widthOfAll([0, ...numberWidths]);
  const widths = [Math.min(nameWidth, Math.max(room, SHORTEST_NAME)), ...numberWidths];
  const draw = ([name = '', ...numbers]: readonly string[]) =>
    plainTable(widths, [
      [
        { content: shortened(name, widths[0] ?? 0) },
        ...numbers.map((content) => ({ content, hAlign: 'right' as const })),
      ],
    ]);
  return [dim(draw(titles)), ...lines.map(draw)].join('\n');
}

interface Column {
  readonly title: string;
  readonly text: (totals: Totals) => string;
  /** Missing: always. */
  readonly when?: (shown: { readonly totals: readonly Totals[]; readonly isAfterEnding: boolean }) => boolean;
}

const COLUMNS: readonly Column[] = [
  { title: 'DUE', text: ({ due }) => String(due) },
  { title: 'ENDED', text: ({ ended }) => String(ended), when: ({ isAfterEnding }) => isAfterEnding },
  { title: 'FAILED', text: ({ failed }) => String(failed) },
  { title: 'OTHERS', text: ({ sessions, due, ended, failed }) => String(sessions - due - ended - failed) },
  { title: 'LONGEST IDLE', text: ({ longestIdleMinutes }) => inWords(longestIdleMinutes) },
  {
    title: 'DPUS',
    text: ({ dpus }) => (dpus === undefined ? '' : String(dpus)),
    when: ({ totals }) => totals.some(({ dpus }) => dpus !== undefined),
  },
  {
    title: 'BILLED',
    text: ({ dollarsBilled }) => inDollars(dollarsBilled),
    when: ({ isAfterEnding }) => !isAfterEnding,
  },
  {
    title: 'TO BILL',
    text: ({ dollarsToBill }) => inDollars(dollarsToBill),
    when: ({ isAfterEnding }) => !isAfterEnding,
  },
  {
    title: 'SAVES',
    text: ({ dollarsSaved }) => inDollars(dollarsSaved),
    when: ({ isAfterEnding }) => isAfterEnding,
  },
];

function inDollars(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}

/** @param nameOf the group of a session; undefined for one that is in none. */
function totalsBy(
  rows: readonly SessionRow[],
  nameOf: (row: SessionRow) => string | undefined,
): readonly Totals[] {
  const groups = new Map<string, SessionRow[]>();
  for (const row of rows) {
    const name = nameOf(row);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups]
    .map(([name, group]) => totalsOf(name, group))
    .toSorted((a, b) => b.due - a.due || a.name.localeCompare(b.name));
}

const DUE: readonly Verdict[] = ['would-terminate', 'deferred'];
const ENDED: readonly Verdict[] = ['terminated', 'accepted'];
const FAILED: readonly Verdict[] = ['failed', 'not-judged'];

function totalsOf(name: string, group: readonly SessionRow[]): Totals {
  const countOf = (verdicts: readonly Verdict[]) =>
    group.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const sumOf = (key: 'dollarsBilled' | 'dollarsToBill' | 'dollarsSaved' | 'dpus') =>
    group.reduce((sum, row) => sum + (row[key] ?? 0), 0);
  return {
    name,
    sessions: group.length,
    due: countOf(DUE),
    ended: countOf(ENDED),
    failed: countOf(FAILED),
    longestIdleMinutes: Math.max(0, ...group.map(({ idleMinutes = 0 }) => idleMinutes)),
    dollarsBilled: sumOf('dollarsBilled'),
    dollarsToBill: sumOf('dollarsToBill'),
    dollarsSaved: sumOf('dollarsSaved'),
    ...(group.some(({ dpus }) => dpus !== undefined) && { dpus: sumOf('dpus') }),
  };
}
