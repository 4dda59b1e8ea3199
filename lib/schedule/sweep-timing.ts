import { Duration } from 'aws-cdk-lib';
import type { ReaperConfig } from '../config/config.js';
import { gapsOf, watchMinutes } from '../config/schedule-expression.js';

/** How long things take, as it follows from the schedule. */
export interface SweepTiming {
  /** Between two sweeps; the shortest gap where they vary. */
  readonly interval: Duration;
  /** Without a sweep, this long means that three were missed. */
  readonly watch: Duration;
  /** Of the function. */
  readonly timeout: Duration;
}

/**
 * A sweep may take a fifth of the interval, but at least a minute. That bounds the bill whatever the number
 * of workgroups; one cut short is continued by the next, for each takes the workgroups in another order.
 */
const SHARE_OF_INTERVAL = 1 / 5;
const SHORTEST_TIMEOUT_SECONDS = 60;
/** Lambda's own. */
const LONGEST_TIMEOUT = Duration.minutes(15);

/** @param longest the longest timeout that the function may have; Lambda's own unless something else is shorter. */
export function sweepTiming(
  { schedule }: Pick<ReaperConfig, 'schedule'>,
  longest: Duration = LONGEST_TIMEOUT,
): SweepTiming {
  const gaps = gapsOf(schedule);
  const share = Math.floor(gaps.shortestMinutes * 60 * SHARE_OF_INTERVAL);
  const timeout = Math.min(Math.max(share, SHORTEST_TIMEOUT_SECONDS), longest.toSeconds());
  return {
    interval: Duration.minutes(gaps.shortestMinutes),
    watch: Duration.minutes(watchMinutes(gaps)),
    timeout: Duration.seconds(timeout),
  };
}

/** CloudWatch takes no longer period than a day, for alarms and graphs. */
export function atMostADay(duration: Duration): Duration {
  return duration.toSeconds() > 86_400 ? Duration.days(1) : duration;
}
