/** When EventBridge Scheduler starts the sweeps of a `cron(…)` schedule, in the time zone of the schedule. */
import cron from 'aws-cron-parser';

const DAY = 1_440;
/** A year, and what it takes to see the last of its pauses end. */
const DAYS_LOOKED_AT = 400;

/**
 * By Scheduler's documentation, a time that the spring change of clocks leaves out is skipped, and one that the
 * autumn change repeats counts once.
 * @param fields the six fields of a cron expression, without `cron(` and `)`.
 * @returns minutes since the epoch, over more than a year from the beginning of this one, in order; none where the
 * expression stops firing within that time.
 * @throws Error in the parser's words, where a number is out of its range.
 */
export function cronTimes(fields: string, timezone: string): readonly number[] {
  const toUtc = wallClock(timezone);
  return shownTimes(fields).flatMap((minutes) => toUtc(minutes) ?? []);
}

/** The same in every time zone, and to find them takes most of the time. */
const known = new Map<string, readonly number[]>();

/** What a clock on the wall shows when sweeps start, as if it were UTC. */
function shownTimes(fields: string): readonly number[] {
  const times = known.get(fields) ?? parsedTimes(fields);
  known.set(fields, times);
  return times;
}

function parsedTimes(fields: string): readonly number[] {
  const parsed = cron.parse(fields);
  const start = new Date(Date.UTC(new Date().getUTCFullYear(), 0, 1));
  const end = start.getTime() + DAYS_LOOKED_AT * DAY * 60_000;
  const times: number[] = [];
  let at = cron.next(parsed, start);
  while (at !== null && at.getTime() < end) {
    times.push(at.getTime() / 60_000);
    at = cron.next(parsed, at);
  }
  return at === null ? [] : times;
}

/** Turns what a clock on the wall shows, as if it were UTC, into UTC; undefined where no clock ever shows it. */
function wallClock(timezone: string): (minutes: number) => number | undefined {
  const format = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' });
  const offsetAt = (minutes: number) => offsetIn(format, minutes);
  // Asked for each of thousands of times, and almost always the same.
  const offsets = new Map<number, number>();
  const offsetOfDay = (day: number) => {
    const offset = offsets.get(day) ?? offsetAt(day * DAY);
    offsets.set(day, offset);
    return offset;
  };
  return (minutes) => {
    const day = Math.floor(minutes / DAY);
    const [before, after] = [offsetOfDay(day - 1), offsetOfDay(day + 2)];
    if (before === after) return minutes - before;
    return [before, after].map((offset) => minutes - offset).find((utc) => utc + offsetAt(utc) === minutes);
  };
}

/** How many minutes a time zone is ahead of UTC. */
function offsetIn(format: Intl.DateTimeFormat, minutes: number): number {
  const name =
    format.formatToParts(minutes * 60_000).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', rest = '0'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest));
}
