import { expect, test } from 'vitest';
import { inWords } from '../../../../local/cli/text/duration.js';

test.each([
  [0, '0 min'],
  [0.2, '< 1 min'],
  [29.99, '29 min'],
  [60, '1 h'],
  [192, '3 h 12 min'],
  [1_440, '1 d'],
  [3_120, '2 d 4 h'],
])('%d minutes are %s', (minutes, words) => {
  expect(inWords(minutes)).toBe(words);
});
