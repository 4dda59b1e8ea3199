import { expect, test } from 'vitest';
import { timeInWords } from '../../../lib/alarms/time-in-words.js';

test.each([
  [15, '15 minutes'],
  [120, '120 minutes'],
  [121, '3 hours'],
  [72 * 60, '72 hours'],
  [72 * 60 + 1, '4 days'],
])('%i minutes are %s, rounded up', (minutes, words) => {
  expect(timeInWords(minutes)).toBe(words);
});
