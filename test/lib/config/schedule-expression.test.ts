import { expect, test } from 'vitest';
import { readReaperConfig, toReaperSettings } from '../../../lib/config/config.js';
import { mistakesBy } from '../../support/mistakes.js';

function mistakesIn(written: unknown): readonly string[] {
  return mistakesBy(() => readReaperConfig(written));
}

test.each([
  'rate(5 minutes',
  'rate(0 minutes)',
  'every 5 minutes',
  'rate(3 days)',
  'at(2026-01-01T00:00:00)',
  'cron(* * * * *)',
  'cron(0 8 * * * *)',
  'cron(61 * * * ? *)',
  'cron(0 8 1 * ? *)',
  'cron(0 8 ? * FRI *)',
  'cron(0 8 * * ? 2019)',
])('the schedule %s is refused', (schedule) => {
  expect(mistakesIn({ schedule })).toEqual([expect.stringContaining('reaper.schedule: found')]);
});

test.each([
  ['rate(1 minute)', 1],
  ['rate(90 minutes)', 90],
  ['rate(2 hours)', 120],
  ['cron(0/15 8-18 ? * MON-FRI *)', 15],
  ['cron(0 6,7 * * ? *)', 60],
  ['cron(0 0 ? * * *)', 1_440],
])('sweeps of %s are %i minutes apart', (schedule, minutes) => {
  expect(toReaperSettings(readReaperConfig({ schedule })).sweepIntervalMinutes).toBe(minutes);
});
