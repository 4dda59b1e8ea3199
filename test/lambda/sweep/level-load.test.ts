import { expect, it } from 'vitest';
import { ahead } from '../../../lambda/sweep/level-load.js';

const times = (count: number, sweeps: number) => Array.from({ length: count }, () => sweeps);

it.each([
  ['none where few can wait', 0, times(3, 5), 0],
  ['an even share of those that come due together', 0, times(600, 5), 100],
  ['less where some are to be listed in any case', 60, times(600, 5), 50],
  ['none where more are to be listed in any case', 200, times(600, 5), 0],
  ['the share of those that are needed soonest', 0, [...times(90, 1), ...times(30, 5)], 45],
  ['none of those that never come due', 0, times(1_000, Number.POSITIVE_INFINITY), 0],
])('listed ahead of time is %s', (_, needed, sweepsAhead, expected) => {
  expect(ahead(needed, sweepsAhead)).toBe(expected);
});
