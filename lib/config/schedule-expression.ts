import cron from 'aws-cron-parser';

/** How far apart sweeps are, in minutes. Equal for a rate; a cron expression may pause over night. */
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
  'that pauses for no more than five days';

/** Reads a schedule; `undefined` where it is none, or one too rare to be watched by an alarm. */
export function sweepGaps(expression: string): SweepGaps | undefined {
  if (!known.has(expression)) {
    const gaps = gapsOfRate(expression) ?? gapsOfCron(expression);
    const watched = gaps !== undefined && watchMinutes(gaps) <= LONGEST_WATCH_MINUTES;
    known.set(expression, watched ? gaps : undefined);
  }
  return known.get(expression);
}

/** Thousands of fires of a cron expression are looked at, and each metric asks. */
const known = new Map<string, SweepGaps | undefined>();

/** The gaps of a schedule that a configuration was let pass with. */
export function gapsOf(expression: string): SweepGaps {
  const gaps = sweepGaps(expression);
  if (gaps === undefined) throw new TypeError(`${expression} is not ${SCHEDULE_ALLOWED}`);
  return gaps;
}

/** Minutes without a sweep that mean three were missed: three intervals, and the longest planned pause. */
export function watchMinutes({ shortestMinutes, longestMinutes }: SweepGaps): number {
  return longestMinutes + 2 * shortestMinutes;
}

const MINUTES_PER = { minute: 1, hour: 60, day: 1_440 } as const;

function gapsOfRate(expression: string): SweepGaps | undefined {
  const [, count, unit] = /^rate\(([1-9]\d{0,4}) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day') return undefined;
  const minutes = Number(count) * MINUTES_PER[unit];
  return { shortestMinutes: minutes, longestMinutes: minutes };
}

/** EventBridge wants a "?" in exactly one of the two day fields; the parser does not insist. */
const CRON =
  /^cron\(([0-9A-Z*,/-]+ [0-9A-Z*,/-]+ (?:\? [0-9A-Z*,/-]+ [0-9A-Z*,/#-]+|[0-9A-Z*,/-]+ [0-9A-Z*,/-]+ \?) [0-9*,/-]+)\)$/;

/** Enough fires to see a whole week of a sweep every minute. */
const FIRES_LOOKED_AT = 12_000;
const DAYS_LOOKED_AT = 400;

function gapsOfCron(expression: string): SweepGaps | undefined {
  const fields = CRON.exec(expression)?.[1];
  if (fields === undefined) return undefined;
  try {
    return gapsBetween(firesOf(fields));
  } catch {
    // The parser throws on a number out of its range, in whatever words.
    return undefined;
  }
}

/** @returns the coming fires in minutes since the epoch; none where the expression stops firing. */
function firesOf(fields: string): readonly number[] {
  const parsed = cron.parse(fields);
  const end = Date.now() + DAYS_LOOKED_AT * 86_400_000;
  const fires: number[] = [];
  let at = cron.next(parsed, new Date());
  while (at !== null && at.getTime() < end && fires.length < FIRES_LOOKED_AT) {
    fires.push(at.getTime() / 60_000);
    at = cron.next(parsed, at);
  }
  return at === null ? [] : fires;
}

function gapsBetween(fires: readonly number[]): SweepGaps | undefined {
  const gaps = fires.slice(1).map((fire, index) => fire - (fires[index] ?? fire));
  if (gaps.length === 0) return undefined;
  return {
    shortestMinutes: gaps.reduce((least, gap) => Math.min(least, gap)),
    longestMinutes: gaps.reduce((most, gap) => Math.max(most, gap)),
  };
}
