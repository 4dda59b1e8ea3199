import { expect, test } from 'vitest';
import { alarm } from '../../support/alarms.js';

test('dead letters raise the alarm when they arrive, not for as long as they are kept', () => {
  expect(alarm('dead-letters')).toMatchObject({
    MetricName: 'NumberOfMessagesSent',
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  });
});

test('sweeps that take nearly all of their time raise the alarm', () => {
  expect(alarm('sweep-near-timeout', { schedule: 'rate(20 minutes)' })).toMatchObject({
    MetricName: 'Duration',
    Statistic: 'Maximum',
    Threshold: 0.85 * 240_000,
    Period: 1_200,
    EvaluationPeriods: 3,
  });
});
