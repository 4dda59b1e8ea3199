import { expect, test } from 'vitest';
import { DUE_OUTCOMES, REPORT_ORDER } from '../../../lambda/contract/outcomes.js';

const traits = Object.entries(DUE_OUTCOMES).map(([outcome, row]) => ({ outcome, ...row }));

test('each outcome has a count and a place in the report of its own', () => {
  expect(new Set(traits.map(({ count }) => count)).size).toBe(traits.length);
  const places = Object.values(REPORT_ORDER).toSorted((one, other) => one - other);
  expect(places).toEqual(Array.from({ length: traits.length + 1 }, (_, index) => index + 1));
});

test('only an end that is sure, or would be, counts as saved', () => {
  const saving = traits.filter(({ saves }) => saves).map(({ outcome }) => outcome);
  expect(saving).toEqual(['terminated', 'would-terminate']);
});

test('a sweep that leaves a due session over is not complete', () => {
  const left = traits.filter(({ incomplete }) => incomplete).map(({ outcome }) => outcome);
  expect(left).toEqual(['deferred', 'failed']);
});
