import { expect, test } from 'vitest';
import {
  axisNumber,
  clockTime,
  dollars,
  formatNumber,
  percentOf,
  signed,
} from '../../../../../local/simulation/page/drawing/number-format.js';

test.each([
  [0, '0'],
  [0.125, '0.13'],
  [7.25, '7.3'],
  [12, '12'],
  [1_234.56, '1,235'],
  [-0.5, '-0.50'],
])('%d is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('figures have the form that people read', () => {
  expect(dollars(1_234.5)).toBe('$1,234.50');
  expect([percentOf(1, 3), percentOf(0, 0)]).toEqual(['33%', '0%']);
  expect([signed(12.34), signed(-3)]).toEqual(['+12.3', '−3']);
  expect([axisNumber(9_999), axisNumber(120_000)]).toEqual(['9,999', '120K']);
  expect(clockTime(Date.UTC(2026, 2, 2, 14, 5, 59))).toBe('14:05');
});
