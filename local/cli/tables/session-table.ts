import type { Colours } from '../terminal/terminal.js';
import { type LayoutStyle, layoutFor } from './row-layout.js';
import { inOrder, type SessionRow, VERDICTS, type Verdict } from './session-row.js';

/** Sessions grouped by what became of them, those that something was done to first. */
export function sessionTable(rows: readonly SessionRow[], style: LayoutStyle): string {
  const layout = layoutFor(rows, style);
  const ordered = inOrder(rows);
  const groups = VERDICTS.map((verdict) => ({
    verdict,
    group: ordered.filter((row) => row.verdict === verdict),
  })).filter(({ group }) => group.length > 0);
  const drawn = groups.map(
    ({ verdict, group }) => `${heading(verdict, group.length, style.colours)}\n${layout.draw(group)}`,
  );
  return [layout.titles, ...drawn].join('\n\n');
}

const HEADINGS = {
  terminated: { text: 'ENDED', colour: 'green' },
  accepted: { text: 'ASKED TO END: the next sweep sees whether they went', colour: 'yellow' },
  failed: { text: 'COULD NOT BE ENDED', colour: 'red' },
  'not-judged': { text: 'COULD NOT BE JUDGED, and so was not ended', colour: 'red' },
  'would-terminate': { text: 'WOULD BE ENDED', colour: 'yellow' },
  deferred: { text: 'LEFT FOR LATER: due, and not reached', colour: 'yellow' },
  spared: { text: 'SPARED', colour: 'cyan' },
  'already-inactive': { text: 'GONE ALREADY', colour: 'dim' },
  warned: { text: 'DUE SOON', colour: 'yellow' },
  unknown: { text: 'UNKNOWN: no state or timestamp that can be used, and so kept', colour: 'magenta' },
  kept: { text: 'KEPT', colour: 'cyan' },
  'not-looked-for': { text: 'NOT SWEPT: no limit for their state', colour: 'dim' },
  over: { text: 'OVER BEFORE THE SWEEP', colour: 'dim' },
} as const satisfies Record<Verdict, { readonly text: string; readonly colour: keyof Colours }>;

function heading(verdict: Verdict, count: number, colours: Colours): string {
  const { text, colour } = HEADINGS[verdict];
  return colours.bold(colours[colour](`${text} (${count})`));
}
