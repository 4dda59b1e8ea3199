import { describe, expect, it } from 'vitest';
import { inARow } from '../../../lib/alarms/in-a-row.js';
import { timesOf } from '../../../lib/config/schedule/schedule-expression.js';

const rowOf = (schedule: string, timezone = 'UTC') => inARow(timesOf(schedule, timezone));
const MINUTES_OF_DAY = 1_440;

describe('bad sweeps in a row are looked for', () => {
  it('over three intervals where all gaps are the same', () => {
    expect(rowOf('rate(5 minutes)')).toEqual({
      periodMinutes: 5,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      delayMinutes: 15,
    });
  });

  it('over periods of the longest gap where no shorter ones follow each other', () => {
    expect(rowOf('cron(0 7,8,18 * * ? *)')).toMatchObject({ periodMinutes: 13 * 60, datapointsToAlarm: 3 });
  });

  it('over the short gaps of the working hours where nights and weekends are long', () => {
    const { periodMinutes, delayMinutes } = rowOf('cron(0/10 8-18 ? * MON-FRI *)');

    expect(periodMinutes).toBe(10);
    // Bad from Friday's last sweep but one on: 61 hours and 20 minutes until Monday's first, and three periods.
    expect(delayMinutes).toBe(61 * 60 + 20 + 30);
  });

  it('over periods of several gaps, where they have to last for longer', () => {
    const row = (schedule: string, gaps: number) => inARow(timesOf(schedule, 'UTC'), gaps);

    expect(row('rate(5 minutes)', 8)).toMatchObject({ periodMinutes: 40, datapointsToAlarm: 3 });
    expect(row('cron(0/10 8-18 ? * MON-FRI *)', 4)).toMatchObject({
      periodMinutes: 40,
      datapointsToAlarm: 3,
    });
    expect(row('rate(1 day)', 2)).toMatchObject({ evaluationPeriods: 7, datapointsToAlarm: 3 });
  });

  it('within a week where sweeps are more than a day apart', () => {
    expect(rowOf('rate(2 days)')).toEqual({
      periodMinutes: MINUTES_OF_DAY,
      evaluationPeriods: 7,
      datapointsToAlarm: 3,
      delayMinutes: 8 * MINUTES_OF_DAY,
    });
    expect(rowOf('cron(0 8 1,6,11,16,21,26,31 * ? *)')).toMatchObject({ datapointsToAlarm: 1 });
  });
});
