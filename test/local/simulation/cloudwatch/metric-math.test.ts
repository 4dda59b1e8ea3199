import { expect, it } from 'vitest';
import { computeMetric } from '../../../../local/simulation/cloudwatch/metric-math.js';

it('a metric can be computed from others, at the times that all of them have', () => {
  const series = { a: [4, 6], b: [2] };
  const points = (id: string) =>
    (id === 'a' ? series.a : series.b).map((value, index) => ({ at: index, value }));
  expect(computeMetric('(a + b) / 60 * 2', points)).toEqual([{ at: 0, value: 0.2 }]);
  expect(computeMetric('a * 0.35', points).map(({ value }) => value)).toEqual([1.4, 6 * 0.35]);
});

it('an expression that is not known is refused rather than computed wrong', () => {
  expect(() => computeMetric('ANOMALY_DETECTION_BAND(a)', () => [])).toThrow(/not understood/);
});
