/** What a digest is about: whom to write to once, though nothing is remembered between sweeps. */
import type { SessionRecord } from '../contract/report.js';

/** A sweep as far as it decides what is new in it. */
export interface SweepMoment {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly sweepIntervalMinutes: number;
}

const DAY = 1_440;

/**
 * Whether a digest is to be sent because of a session. That it ended, or is due soon, is said once. What does not go
 * away (a session that could not be looked at or ended, or that Athena does not end) comes back at each sweep, and
 * is said once a day: by the sweep in which another whole day past its limit has just begun. What is not due to be
 * ended here, was spared, or is left to the next sweep needs no mail.
 */
export function isNews(record: SessionRecord, sweep: SweepMoment): boolean {
  switch (record.outcome) {
    case 'warned':
      return true;
    case 'terminated':
      return record.again ? isDaily(record, sweep) : true;
    case 'accepted':
    case 'failed':
      return isDaily(record, sweep);
    default:
      return false;
  }
}

/** As with warnings, sweeps at even intervals find each day begun exactly once. */
function isDaily({ minutes, limitMinutes }: SessionRecord, sweep: SweepMoment): boolean {
  const { startedAt, sweepIntervalMinutes } = sweep;
  if (sweepIntervalMinutes >= DAY) return true;
  const overdue = minutes - limitMinutes;
  // Where no time is known to count from, it is the day of the calendar that has just begun, in UTC.
  const intoDay = overdue < 0 ? (Date.parse(startedAt) / 60_000) % DAY : overdue % DAY;
  return intoDay > 0 && intoDay <= sweepIntervalMinutes;
}
