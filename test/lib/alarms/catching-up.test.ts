import { expect, test } from 'vitest';
import { sweepsToCatchUp } from '../../../lib/alarms/catching-up.js';
import { readReaperConfig } from '../../../lib/config/config.js';
import { sweepTiming } from '../../../lib/schedule/sweep-timing.js';
import { alarm, sweepAlarm } from '../../support/alarms.js';

test.each([
  ['rate(5 minutes)', {}, 5],
  ['rate(15 minutes)', {}, 2],
  ['rate(1 hour)', {}, 1],
  ['rate(5 minutes)', { degradedMinutes: 30, busyMinutes: 60 }, 14],
  ['rate(5 minutes)', { maxAgeMinutes: 600 }, 23],
])('with %s and %o, 1,000 workgroups are caught up with in %i sweeps', (schedule, stuck, sweeps) => {
  const config = readReaperConfig({ schedule, stuck });

  expect(sweepsToCatchUp(config, sweepTiming(config))).toBe(sweeps);
});

test.each([
  ['for two hours', 'rate(5 minutes)', {}, 40],
  ['for two hours', 'rate(1 minute)', {}, 40],
  [
    'for three times as long as catching up takes, where that is longer',
    'rate(5 minutes)',
    { maxAgeMinutes: 600 },
    115,
  ],
  ['at three sweeps where they are rare', 'rate(2 hours)', {}, 120],
])('no sweep that reaches every workgroup %s raises the alarm', (_, schedule, stuck, minutes) => {
  expect(sweepAlarm('not-catching-up', { schedule, stuck })).toMatchObject({
    MetricName: 'WorkgroupsWaiting',
    Statistic: 'Minimum',
    Threshold: 1,
    Period: 60 * minutes,
    EvaluationPeriods: 3,
  });
});

test('the alarm says for how long', () => {
  const text = (schedule: string) => alarm('not-catching-up', { schedule })?.AlarmDescription;

  expect(text('rate(5 minutes)')).toMatch(
    /^No sweep has reached every workgroup for 120 minutes, .* within 3 hours of the first\./,
  );
  expect(text('rate(2 days)')).toMatch(/^No sweep has reached every workgroup on 3 days of a week, /);
});

test('workgroups that wait are no reason for the alarm on incomplete sweeps', () => {
  expect(alarm('sweep-incomplete')).toMatchObject({
    MetricName: 'LeftOut',
    Statistic: 'Minimum',
    Threshold: 1,
  });
});
