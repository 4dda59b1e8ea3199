import { describe, expect, it, test } from 'vitest';
import { readReaperConfig, toReaperSettings } from '../../../../lib/config/config.js';
import { gapsOf, sweepGaps } from '../../../../lib/config/schedule/schedule-expression.js';
import { mistakesBy } from '../../../support/mistakes.js';

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

describe('a rate', () => {
  it.each([
    'rate(1 minute)',
    'rate(2 minutes)',
    'rate(1 hour)',
    'rate(36 hours)',
    'rate(1 day)',
    'rate(2 days)',
  ])('%s is understood', (expression) => {
    expect(sweepGaps(expression)).toBeDefined();
  });

  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(1 hours)',
    'rate(2 day)',
    'rate(0 minutes)',
    'rate(3 days)',
  ])('%s is refused', (expression) => {
    expect(sweepGaps(expression)).toBeUndefined();
  });
});

describe('the gaps of a cron expression', () => {
  it('have the hour that the autumn change of clocks adds, where a time zone is given', () => {
    expect(gapsOf('cron(0/5 * * * ? *)')).toEqual({ shortestMinutes: 5, longestMinutes: 5 });
    expect(gapsOf('cron(0/5 * * * ? *)', 'Europe/Berlin')).toMatchObject({ longestMinutes: 65 });
    expect(gapsOf('cron(0/5 * * * ? *)', 'Asia/Kolkata')).toMatchObject({ longestMinutes: 5 });
  });

  it('are seen over the whole year', () => {
    expect(gapsOf('cron(0 8 1,4,7,10,13,16,19,22,25,28 * ? *)')).toEqual({
      shortestMinutes: 24 * 60,
      longestMinutes: 4 * 24 * 60,
    });
  });
});
