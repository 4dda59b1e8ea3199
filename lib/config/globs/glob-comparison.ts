/**
 * Questions about globs (`*` any text, `?` one character) that are answered without a text to match: where the
 * configuration contradicts itself, and what can be denied in IAM without denying too much.
 */

/** Whether some text matches both globs. Exact. */
export function overlap(left: string, right: string): boolean {
  return walk(left, right, (a, b, step) => {
    if (a === '*') return step(1, 0) || (b !== undefined && step(0, 1));
    if (b === '*') return step(0, 1) || (a !== undefined && step(1, 0));
    if (a === undefined || b === undefined) return a === b;
    return (a === '?' || b === '?' || a === b) && step(1, 1);
  });
}

/**
 * Whether every text that matches `narrow` matches `wide` too. Never wrongly true; wrongly false for a few
 * pairs that cannot be compared from left to right, such as `*?` and `?*`.
 */
export function covers(wide: string, narrow: string): boolean {
  return walk(wide, narrow, (a, b, step) => {
    if (a === '*') return step(1, 0) || (b !== undefined && step(0, 1));
    if (a === undefined || b === undefined) return a === b;
    return b !== '*' && (a === '?' || a === b) && step(1, 1);
  });
}

type Step = (inLeft: 0 | 1, inRight: 0 | 1) => boolean;
type Compare = (left: string | undefined, right: string | undefined, step: Step) => boolean;

/** Compares two globs character by character; remembers each pair of positions, or many stars would take for ever. */
function walk(left: string, right: string, compare: Compare): boolean {
  const known = new Map<number, boolean>();
  const at = (i: number, j: number): boolean => {
    const key = i * (right.length + 1) + j;
    const answer = known.get(key) ?? compare(left[i], right[j], (di, dj) => at(i + di, j + dj));
    known.set(key, answer);
    return answer;
  };
  return at(0, 0);
}
