import { cronTimes } from './sweep-times.js';

/** How far apart sweeps are, in minutes. Equal for a rate; a cron expression may pause overnight. */
export interface SweepGaps {
  readonly shortestMinutes: number;
  readonly longestMinutes: number;
}

/**
 * The alarm for missing sweeps looks back over this window, and CloudWatch alarms look back seven days at most.
 */
export const LONGEST_WATCH_MINUTES = 7 * 24 * 60;

export const SCHEDULE_ALLOWED =
  'an EventBridge Scheduler expression, "rate(5 minutes)" up to "rate(2 days)", or "cron(…)" with six fields ' +
  'that pauses for no more than five days; 256 characters at most';

/** Reads a schedule; `undefined` where it is none, or one too rare to be watched by an alarm. */
export function sweepGaps(expression: string, timezone = 'UTC'): SweepGaps | undefined {
  const times = sweepTimes(expression, timezone);
  return times && gapsBetween(times);
}

/**
 * The gaps of a schedule that a configuration was let pass with.
 * @param timezone counts the changes of clocks in; left out, the gaps are those of all other days.
 */
export function gapsOf(expression: string, timezone = 'UTC'): SweepGaps {
  return gapsBetween(timesOf(expression, timezone));
}

/** Minutes since the epoch at which a schedule that a configuration was let pass with starts sweeps, for a year. */
export function timesOf(expression: string, timezone: string): readonly number[] {
  const times = sweepTimes(expression, timezone);
  if (times === undefined) throw new TypeError(`${expression} is not ${SCHEDULE_ALLOWED}`);
  return times;
}

function sweepTimes(expression: string, timezone: string): readonly number[] | undefined {
  const key = `${expression} ${timezone}`;
  if (!known.has(key)) {
    const times = timesOfRate(expression) ?? timesOfCron(expression, timezone);
    // The change of clocks makes a pause an hour longer; a schedule is not refused for that.
    const allowed = LONGEST_WATCH_MINUTES + (timezone === 'UTC' ? 0 : 60);
    const watched = times.length > 1 && watchMinutes(gapsBetween(times)) <= allowed;
    known.set(key, watched ? times : undefined);
  }
  return known.get(key);
}

/** Thousands of times of a cron expression are looked at, and each metric asks. */
const known = new Map<string, readonly number[] | undefined>();

/** Minutes without a sweep that mean three were missed: three intervals, and the longest planned pause. */
export function watchMinutes({ shortestMinutes, longestMinutes }: SweepGaps): number {
  return longestMinutes + 2 * shortestMinutes;
}

const MINUTES_PER = { minute: 1, hour: 60, day: 1_440 } as const;

/** As many sweeps of a rate as show all that there is to see: each gap is the same. */
const SWEEPS_OF_RATE = 12;

/** Scheduler's reference has `minute` for 1 and `minutes` for more; EventBridge refuses the one for the other. */
function timesOfRate(expression: string): readonly number[] | undefined {
  const [, count, unit, plural] = /^rate\(([1-9]\d{0,4}) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day') return undefined;
  if ((count === '1') !== (plural === '')) return undefined;
  const minutes = Number(count) * MINUTES_PER[unit];
  return Array.from({ length: SWEEPS_OF_RATE }, (_, index) => index * minutes);
}

/** EventBridge wants a "?" in exactly one of the two day fields; the parser does not insist. */
const CRON =
  /^cron\(([0-9A-Z*,/-]+ [0-9A-Z*,/-]+ (?:\? [0-9A-Z*,/-]+ [0-9A-Z*,/#-]+|[0-9A-Z*,/-]+ [0-9A-Z*,/-]+ \?) [0-9*,/-]+)\)$/;

function timesOfCron(expression: string, timezone: string): readonly number[] {
  const fields = CRON.exec(expression)?.[1];
  if (fields === undefined) return [];
  try {
    return cronTimes(fields, timezone);
  } catch {
    // The parser throws on a number out of its range, in whatever words.
    return [];
  }
}

function gapsBetween(times: readonly number[]): SweepGaps {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return {
    shortestMinutes: gaps.reduce((least, gap) => Math.min(least, gap), Infinity),
    longestMinutes: gaps.reduce((most, gap) => Math.max(most, gap), 0),
  };
}
