import Table, { type CellOptions } from 'cli-table3';

/** Characters between two columns. */
export const GAP = 2;

/** Columns from which on a record is always one line. */
export const WIDE = 100;

/** Lines of cells in columns, without borders and without blanks at the ends of lines. */
export function plainTable(widths: readonly number[], lines: readonly CellOptions[][]): string {
  const table = new Table({
    // Half of the gap is padding, the other half is the character between two columns.
    colWidths: widths.map((width) => width + GAP / 2),
    chars: { ...NO_BORDER, middle: ' ' },
    style: { 'padding-left': 0, 'padding-right': GAP / 2, head: [], border: [] },
  });
  table.push(...lines);
  return table.toString().replaceAll(/ +$/gm, '');
}

/** Wrapped between words; where a word alone is too long, anywhere, and then without the colour it would cut. */
export function wrapped(text: string, width: number, paint: (text: string) => string = String): CellOptions {
  const fits = text.split(' ').every((word) => word.length <= width);
  return { content: fits ? paint(text) : text, wordWrap: true, wrapOnWordBoundary: fits };
}

/** The width of columns side by side. */
export function widthOfAll(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP, -GAP);
}

const NO_BORDER = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) =>
    ['', '-left', '-mid', '-right'].map((corner) => [`${side}${corner}`, '']),
  ),
);
