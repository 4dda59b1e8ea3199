/** Compares the output that a page shows, shortened and aligned by hand, with what was really printed. */

const GAP = '…';

/**
 * The first shown line that is not among those printed after the one before; undefined where all are. A line `…` is
 * for any number of lines, without it the next printed line is meant. Within a line `…` is for any text, and blanks
 * count as one.
 */
export function firstLineMissing(shown: string, printed: string): string | undefined {
  const lines = printed.split('\n').map(inOneForm);
  let next = 0;
  let anywhere = true;
  for (const line of shown.split('\n').map(inOneForm)) {
    if (line === GAP) {
      anywhere = true;
      continue;
    }
    const pattern = patternOf(line);
    const found = lines.findIndex((candidate, index) => index >= next && pattern.test(candidate));
    if (found < 0 || (!anywhere && found !== next)) return line;
    next = found + 1;
    anywhere = false;
  }
  return undefined;
}

function inOneForm(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}

function patternOf(line: string): RegExp {
  const parts = line.split(GAP).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
