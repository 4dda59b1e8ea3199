import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../lambda/contract/durations.js';
import { MetricStore, statistic } from '../../../../local/simulation/cloudwatch/metric-store.js';

const METRIC = { namespace: 'N', name: 'M', dimensions: { service: 's' } };

it.each([
  ['Sum', 10],
  ['Average', 2.5],
  ['Minimum', 1],
  ['Maximum', 4],
  ['SampleCount', 4],
  ['p50', 2],
  ['p90', 4],
])('a metric has the statistic %s', (stat, value) => {
  expect(statistic(stat, [4, 1, 3, 2])).toBe(value);
});

it('a metric has one value for each period in which anything was emitted, by its exact dimensions', () => {
  const store = new MetricStore();
  store.add(METRIC, 0, [1, 2]);
  store.add(METRIC, 4 * MINUTE_MS, [3]);
  store.add(METRIC, 12 * MINUTE_MS, [5]);
  store.add({ ...METRIC, dimensions: {} }, 0, [100]);
  expect(store.series(METRIC, 'Sum', 5 * MINUTE_MS, { from: 0, to: 15 * MINUTE_MS })).toEqual([
    { at: 0, value: 6 },
    { at: 10 * MINUTE_MS, value: 5 },
  ]);
});

it('a value that was emitted late is in the period of its time', () => {
  const store = new MetricStore();
  for (const minute of [0, 6, 4]) store.add(METRIC, minute * MINUTE_MS, [minute]);
  expect(store.series(METRIC, 'Sum', 5 * MINUTE_MS, { from: 0, to: 10 * MINUTE_MS })).toEqual([
    { at: 0, value: 4 },
    { at: 5 * MINUTE_MS, value: 6 },
  ]);
});

it('a statistic that is not known is refused', () => {
  expect(() => statistic('tm99', [1])).toThrow(/not understood/);
});
