import { describe, expect, it } from 'vitest';
import { cronTimes } from '../../../../lib/config/schedule/sweep-times.js';

const year = new Date().getUTCFullYear();

/** The times within a day of UTC, in hours and minutes. */
function timesOn(fields: string, timezone: string, month: number, day: number): readonly string[] {
  return cronTimes(fields, timezone)
    .map((minutes) => new Date(minutes * 60_000))
    .filter((time) => Math.abs(time.getTime() - Date.UTC(year, month - 1, day, 12)) < 12 * 3_600_000)
    .map((time) => time.toISOString().slice(11, 16));
}

/** The last Sunday of a month: when clocks change in Europe. */
function lastSunday(month: number): number {
  const last = new Date(Date.UTC(year, month, 0));
  return last.getUTCDate() - last.getUTCDay();
}

describe('the times of a cron expression', () => {
  it('are those of the time zone, in winter and in summer', () => {
    expect(timesOn('0 8 * * ? *', 'Europe/Berlin', 1, 15)).toEqual(['07:00']);
    expect(timesOn('0 8 * * ? *', 'Europe/Berlin', 7, 15)).toEqual(['06:00']);
    expect(timesOn('0 8 * * ? *', 'Asia/Kolkata', 7, 15)).toEqual(['02:30']);
    expect(timesOn('0 8 * * ? *', 'America/New_York', 7, 15)).toEqual(['12:00']);
  });

  it('skip what the spring change of clocks leaves out', () => {
    expect(timesOn('30 2,3 * * ? *', 'Europe/Berlin', 3, lastSunday(3))).toEqual(['01:30']);
  });

  it('have only once what the autumn change of clocks repeats', () => {
    expect(timesOn('30 2,3 * * ? *', 'Europe/Berlin', 10, lastSunday(10))).toEqual(['00:30', '02:30']);
    expect(timesOn('30 2 * * ? *', 'Europe/Berlin', 10, lastSunday(10))).toEqual(['00:30']);
  });

  it('are the same in whatever order the expression names them', () => {
    expect(cronTimes('30,0 18,6 15,1 7,1 ? *', 'UTC')).toEqual(cronTimes('0,30 6,18 1,15 1,7 ? *', 'UTC'));
    expect(timesOn('30,0 18,6 15,1 7,1 ? *', 'UTC', 1, 1)).toEqual(['06:00', '06:30', '18:00', '18:30']);
  });

  it('begin with the first minute of the year', () => {
    expect(cronTimes('0 0/12 * * ? *', 'UTC')[0]).toBe(Date.UTC(year, 0, 1) / 60_000);
  });

  it('are refused where an hour, or a day in a list, is no number', () => {
    expect(() => cronTimes('0 L * * ? *', 'UTC')).toThrow('L,0 is no list of numbers');
    expect(() => cronTimes('0 8 1,A * ? *', 'UTC')).toThrow('1,NaN is no list of numbers');
  });

  it('are none where the expression stops firing', () => {
    expect(cronTimes(`0 8 1 1 ? ${year}`, 'UTC')).toEqual([]);
  });
});
