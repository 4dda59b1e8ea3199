import { Duration } from 'aws-cdk-lib';
import type { ReaperConfig } from '../config/config.js';
import {
  gapsOf,
  LONGEST_WATCH_MINUTES,
  timesOf,
  watchMinutes,
} from '../config/schedule/schedule-expression.js';

/** How long things take, as it follows from the schedule. */
export interface SweepTiming {
  /** Between two sweeps; the shortest gap where they vary. */
  readonly interval: Duration;
  /** When sweeps start, over a year: minutes since the epoch, or since the first sweep of a rate. */
  readonly times: readonly number[];
  /** Without a sweep, this long means that three were missed. */
  readonly watch: Duration;
  /** Of the function. */
  readonly timeout: Duration;
}

/**
 * A sweep may take a fifth of the interval, but at least a minute. That bounds the bill whatever the number
 * of workgroups; one cut short is continued by the next, which begins with those that have waited longest.
 */
const SHARE_OF_INTERVAL = 1 / 5;
const SHORTEST_TIMEOUT_SECONDS = 60;
/** Lambda's own. */
const LONGEST_TIMEOUT = Duration.minutes(15);

/** @param longest the longest timeout that the function may have; Lambda's own unless something else is shorter. */
export function sweepTiming(
  { schedule, timezone }: Pick<ReaperConfig, 'schedule' | 'timezone'>,
  longest: Duration = LONGEST_TIMEOUT,
): SweepTiming {
  const { shortestMinutes } = gapsOf(schedule);
  // The hour that autumn adds to a night is no sweep missed.
  const { longestMinutes } = gapsOf(schedule, timezone);
  const watch = Math.min(watchMinutes({ shortestMinutes, longestMinutes }), LONGEST_WATCH_MINUTES);
  const share = Math.floor(shortestMinutes * 60 * SHARE_OF_INTERVAL);
  const timeout = Math.min(Math.max(share, SHORTEST_TIMEOUT_SECONDS), longest.toSeconds());
  return {
    interval: Duration.minutes(shortestMinutes),
    times: timesOf(schedule, timezone),
    watch: Duration.minutes(watch),
    timeout: Duration.seconds(timeout),
  };
}

/** CloudWatch takes no longer period than a day, for alarms and graphs. */
export function atMostADay(duration: Duration): Duration {
  return duration.toSeconds() > 86_400 ? Duration.days(1) : duration;
}
