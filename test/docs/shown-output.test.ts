import { expect, test } from 'vitest';
import { firstLineMissing } from './shown-output.js';

const PRINTED =
  'One sweep\n\nENDED (2)\nnotes   IDLE   6 h  $1.20\ndbt     IDLE   2 h  $0.40\n\nSaved  $1.60\n';

test.each([
  ['lines in their order, with gaps', 'One sweep\n…\nnotes IDLE 6 h $1.20\n…\nSaved $1.60'],
  ['any text for a gap within a line', '…\nnotes  IDLE  …  $1.20\ndbt …'],
])('finds %s', (_what, shown) => {
  expect(firstLineMissing(shown, PRINTED)).toBeUndefined();
});

test.each([
  ['a line that was not printed', 'One sweep\n…\nFAILED (1)', 'FAILED (1)'],
  ['another order', 'dbt …\n…\nnotes …', 'notes …'],
  ['a line left out without a gap', 'ENDED (2)\ndbt …', 'dbt …'],
  ['a part of a line', 'One', 'One'],
])('misses %s', (_what, shown, missing) => {
  expect(firstLineMissing(shown, PRINTED)).toBe(missing);
});
