/** Sessions counted by workgroup: what `--summary` prints instead of a line for each session. */
import type { Colours } from '../terminal/terminal.js';
import { inWords } from '../text/duration.js';
import { plainTable } from './plain-table.js';
import type { SessionRow, Verdict } from './session-row.js';

/** Workgroups with most that is due first. */
export function workgroupTable(rows: readonly SessionRow[], { dim }: Colours): string {
  const groups = new Map<string, SessionRow[]>();
  for (const row of rows) {
    const name = `${row.region} ${row.workGroup}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const lines = [...groups]
    .map(([name, group]) => ({ name, group, due: countOf(group, DUE) }))
    .toSorted((a, b) => b.due - a.due || a.name.localeCompare(b.name))
    .map(({ name, group, due }) => cellsOf(name, group, due));
  const widths = TITLES.map((title, index) =>
    Math.max(title.length, ...lines.map((line) => (line[index] ?? '').length)),
  );
  const draw = (cells: readonly string[]) =>
    plainTable(widths, [
      cells.map((content, index) => ({ content, hAlign: index === 0 ? 'left' : 'right' })),
    ]);
  return [dim(draw(TITLES)), ...lines.map(draw)].join('\n');
}

const TITLES = ['REGION AND WORKGROUP', 'DUE', 'ENDED', 'FAILED', 'OTHERS', 'LONGEST IDLE', 'SAVES'];

/** Due, and not ended yet. */
const DUE: readonly Verdict[] = ['would-terminate', 'deferred'];
const ENDED: readonly Verdict[] = ['terminated', 'accepted'];
const FAILED: readonly Verdict[] = ['failed', 'not-judged'];

function cellsOf(name: string, group: readonly SessionRow[], due: number): readonly string[] {
  const [ended, failed] = [countOf(group, ENDED), countOf(group, FAILED)];
  const longest = Math.max(0, ...group.map(({ idleMinutes = 0 }) => idleMinutes));
  const dollars = group.reduce((sum, { dollarsSaved = 0 }) => sum + dollarsSaved, 0);
  const others = group.length - due - ended - failed;
  return [name, ...[due, ended, failed, others].map(String), inWords(longest), `$${dollars.toFixed(2)}`];
}

function countOf(group: readonly SessionRow[], verdicts: readonly Verdict[]): number {
  return group.filter(({ verdict }) => verdicts.includes(verdict)).length;
}
