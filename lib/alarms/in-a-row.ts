/**
 * Over which periods an alarm looks for bad sweeps in a row. CloudWatch knows periods and no sweeps: a period
 * without a sweep interrupts what would be a row, so it must be long enough that one surely falls into it, or
 * that enough of them do between two pauses of the schedule.
 */

export interface InARow {
  readonly periodMinutes: number;
  readonly evaluationPeriods: number;
  /** How many of these periods must be bad. */
  readonly datapointsToAlarm: number;
  /** At the latest this long after the first bad sweep, if all that follow are bad, the alarm is on. */
  readonly delayMinutes: number;
}

/** Sweeps in a row that must show a problem that a single sweep may shrug off. */
const SWEEPS_IN_A_ROW = 3;

const DAY = 1_440;
/** CloudWatch looks back over a week at most, by periods of a day at most. */
const LONGEST_LOOK_BACK = 7 * DAY;

/**
 * @param times minutes at which sweeps start, in order; enough of them to see every gap.
 * @param gapsInPeriod for problems that may last for longer, how many gaps between sweeps a period has.
 */
export function inARow(times: readonly number[], gapsInPeriod = 1): InARow {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const periods = [...new Set(gaps)].map((gap) => gapsInPeriod * gap).filter((period) => period <= DAY);
  const shortestGap = gaps.reduce((least, gap) => Math.min(least, gap), Infinity);
  const rows = periods.map((periodMinutes) => ({
    periodMinutes,
    evaluationPeriods: SWEEPS_IN_A_ROW,
    datapointsToAlarm: SWEEPS_IN_A_ROW,
    delayMinutes: longestDelay(times, periodMinutes, shortestGap),
  }));
  const soonest = rows.toSorted(
    (a, b) => a.delayMinutes - b.delayMinutes || a.periodMinutes - b.periodMinutes,
  )[0];
  return soonest && soonest.delayMinutes <= LONGEST_LOOK_BACK ? soonest : withinAWeek(times);
}

/**
 * From any sweep to the end of three periods in a row that each have one, however CloudWatch cuts time into
 * periods: sweeps no more than a period apart, over two periods, fall into three of them. Where a period can have
 * more than one, the first bad sweep may share its period with a good one, so that it does not count.
 */
function longestDelay(times: readonly number[], period: number, shortestGap: number): number {
  const periods = period > shortestGap ? SWEEPS_IN_A_ROW + 1 : SWEEPS_IN_A_ROW;
  let longest = 0;
  // When the row of sweeps that a sweep is in ends, and when the next row that is long enough begins: looked at
  // from the end, each sweep once. The last row goes on, for all that is known.
  let [rowEnds, nextRow, after] = [Infinity, Infinity, Infinity];
  for (const time of times.toReversed()) {
    if (after !== Infinity && after - time > period) rowEnds = time;
    if (rowEnds - time >= (periods - 1) * period) nextRow = time;
    longest = Math.max(longest, nextRow + periods * period - time);
    after = time;
  }
  return longest;
}

/** For sweeps too rare for three periods in a row: as many of the days of a week as surely have one, three at most. */
function withinAWeek(times: readonly number[]): InARow {
  const days = onDifferentDays(times);
  const last = days.at(-1) ?? 0;
  const counts = days
    .filter((day) => day + LONGEST_LOOK_BACK <= last)
    .map((from) => days.filter((day) => day > from && day <= from + LONGEST_LOOK_BACK).length);
  return {
    periodMinutes: DAY,
    evaluationPeriods: LONGEST_LOOK_BACK / DAY,
    datapointsToAlarm: counts.reduce((least, count) => Math.min(least, count), SWEEPS_IN_A_ROW),
    delayMinutes: LONGEST_LOOK_BACK + DAY,
  };
}

/** Sweeps that no day of CloudWatch's can hold two of. */
function onDifferentDays(times: readonly number[]): readonly number[] {
  const kept: number[] = [];
  for (const time of times) if (time - (kept.at(-1) ?? -Infinity) >= DAY) kept.push(time);
  return kept;
}
