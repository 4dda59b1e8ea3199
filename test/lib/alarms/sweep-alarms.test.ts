import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sweepAlarms } from '../../../lib/alarms/sweep-alarms.js';
import { alarm, sweepAlarm } from '../../support/alarms.js';
import { CONFIGURATIONS } from '../../support/configurations.js';
import { runs } from '../../support/property-share.js';

test('sessions stay overdue in report mode, so nothing alarms about that', () => {
  expect(alarm('sessions-overdue', { mode: 'report' })).toBeUndefined();
  expect(alarm('cap-reached', { mode: 'report' })).toBeUndefined();
  expect(alarm('sessions-failing', { mode: 'report' })).toBeDefined();
});

test('no sweep for three intervals raises the alarm', () => {
  expect(alarm('no-sweep-completed')).toMatchObject({
    MetricName: 'SweepComplete',
    Statistic: 'SampleCount',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    Period: 300,
    EvaluationPeriods: 3,
  });
});

test('a session that is overdue for three intervals raises the alarm', () => {
  expect(sweepAlarm('sessions-overdue', { schedule: 'rate(10 minutes)' })).toMatchObject({
    MetricName: 'OldestOverdue',
    Statistic: 'Minimum',
    Threshold: 1_800,
    Period: 600,
    EvaluationPeriods: 3,
  });
});

test('CloudWatch accepts the periods over which missing sweeps are looked for, whatever the gaps', () => {
  const longestPause = (interval: number) => 7 * 1_440 - 2 * interval;
  const gaps = fc
    .integer({ min: 1, max: 2_880 })
    .chain((interval) =>
      fc.tuple(fc.constant(interval), fc.integer({ min: interval, max: longestPause(interval) })),
    );
  fc.assert(
    fc.property(gaps, ([interval, pause]) => {
      const [missing] = sweepAlarms({
        config: { mode: 'report', maxTerminationsPerSweep: 1, stuck: {} },
        deployment: 'd',
        timing: {
          interval: Duration.minutes(interval),
          times: [0, interval, interval + pause],
          watch: Duration.minutes(pause + 2 * interval),
          timeout: Duration.minutes(1),
        },
      });
      const period = missing?.metric.toMetricConfig().metricStat?.period.toSeconds() ?? 0;
      const together = period * (missing?.evaluationPeriods ?? 0);

      expect(period % 60).toBe(0);
      expect(period).toBeLessThanOrEqual(86_400);
      expect(together).toBeLessThanOrEqual(period < 3_600 ? 86_400 : 604_800);
      expect(together).toBeGreaterThanOrEqual(pause * 60);
    }),
    { numRuns: runs(100) },
  );
});

test.each([
  ['sessions-unknown', 'SessionsUnknown'],
  ['session-tags-unreadable', 'SessionTagsUnreadable'],
])('%s comes after three sweeps in a row with one, in report mode too', (section, MetricName) => {
  for (const mode of ['terminate', 'report'] as const) {
    const expected = { MetricName, Statistic: 'Minimum', Threshold: 1, EvaluationPeriods: 3 };
    expect(alarm(section, { mode })).toMatchObject(expected);
  }
});

test('each alarm says how soon it comes', () => {
  const text = (section: string, schedule: string) => alarm(section, { schedule })?.AlarmDescription;

  expect(text('sweep-incomplete', 'rate(5 minutes)')).toMatch(
    /^At least three sweeps in a row left out regions, workgroups or sessions. CloudWatch says so within 20 minutes of the first\. What to do: /,
  );
  expect(text('sessions-failing', 'rate(2 days)')).toMatch(
    /^Three sweeps within a week could not .* within 9 days of the first\./,
  );
  expect(text('no-sweep-completed', 'rate(5 minutes)')).toMatch(
    /^No sweep has completed for 15 minutes, .* within 35 minutes of the last sweep\./,
  );
});

test.each([
  ['rate(1 minute)', 60, 3],
  ['rate(2 days)', 86_400, 6],
  ['rate(12 hours)', 43_200, 3],
  // Nights of 13 hours 10 minutes and weekends of 61: looked back over by the hour.
  [CONFIGURATIONS['office hours'].schedule, 3_600, 62],
  ['cron(0 8 ? * MON-FRI *)', 86_400, 5],
])(
  'missing sweeps of %s are looked for over periods of %i seconds, %i of them',
  (schedule, period, periods) => {
    const { Period, EvaluationPeriods } = sweepAlarm('no-sweep-completed', { schedule }) ?? {};

    expect({ Period, EvaluationPeriods }).toEqual({ Period: period, EvaluationPeriods: periods });
  },
);
