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
 * @throws Error in whatever words, where a number is none, or is out of its range.
 */
export function cronTimes(fields: string, timezone: string): readonly number[] {
  const parsed = cron.parse(fields);
  const timesOfDay = ascending(parsed.hours).flatMap((hour) =>
    ascending(parsed.minutes).map((minute) => hour * 60 + minute),
  );
  const toUtc = wallClock(timezone);
  return daysOf(parsed).flatMap((day) => toUtc(day, timesOfDay));
}

type Parsed = ReturnType<typeof cron.parse>;
type Rule = Parsed['hours'];

/**
 * The parser keeps the order of a list such as "18,6", and then finds only some of its times.
 * @throws RangeError where something else than numbers is in it, which the parser lets pass.
 */
function ascending(rule: Rule): number[] {
  const numbers = [...new Set(rule.map(Number))];
  if (numbers.some(Number.isNaN)) throw new RangeError(`${rule.join()} is no list of numbers`);
  return numbers.sort((a, b) => a - b);
}

/** What is no list stays as it is, e.g. the last day of a month. */
function inOrder(rule: Rule): Rule {
  return rule.every((value) => typeof value === 'number') ? ascending(rule) : rule;
}

/** Minutes at the midnights of days with sweeps: the parser is asked for some hundred days, not for each time. */
function daysOf(parsed: Parsed): readonly number[] {
  const midnights = {
    ...parsed,
    ...{ daysOfMonth: inOrder(parsed.daysOfMonth), months: inOrder(parsed.months) },
    ...{ years: inOrder(parsed.years), hours: [0], minutes: [0] },
  };
  const start = Date.UTC(new Date().getUTCFullYear(), 0, 1);
  const end = start + DAYS_LOOKED_AT * DAY * 60_000;
  const days: number[] = [];
  // The parser looks for what comes after.
  let at = cron.next(midnights, new Date(start - 60_000));
  while (at !== null && at.getTime() < end) {
    days.push(at.getTime() / 60_000);
    at = cron.next(midnights, at);
  }
  return at === null ? [] : days;
}

/** Turns what a clock on the wall shows on a day, as if it were UTC, into UTC, but for what no clock ever shows. */
function wallClock(timezone: string): (midnight: number, timesOfDay: readonly number[]) => readonly number[] {
  const format = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' });
  const offsetAt = (minutes: number) => offsetIn(format, minutes);
  // Two days ask for each.
  const offsets = new Map<number, number>();
  const offsetOfDay = (day: number) => {
    const offset = offsets.get(day) ?? offsetAt(day * DAY);
    offsets.set(day, offset);
    return offset;
  };
  return (midnight, timesOfDay) => {
    const day = midnight / DAY;
    const [before, after] = [offsetOfDay(day - 1), offsetOfDay(day + 2)];
    // On almost every day.
    if (before === after) return timesOfDay.map((time) => midnight + time - before);
    return timesOfDay.flatMap((time) => {
      const instants = [before, after].map((offset) => midnight + time - offset);
      return instants.find((utc) => utc + offsetAt(utc) === midnight + time) ?? [];
    });
  };
}

/** How many minutes a time zone is ahead of UTC. */
function offsetIn(format: Intl.DateTimeFormat, minutes: number): number {
  const name =
    format.formatToParts(minutes * 60_000).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', rest = '0'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest));
}
