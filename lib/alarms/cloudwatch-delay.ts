/** How much later than its periods say an alarm of CloudWatch comes. */

/**
 * Where data points are missing, CloudWatch looks at more of them than the evaluation periods: at the last ones
 * that exist, as long as its evaluation range has any. Its documentation shows two more, and does not promise it.
 */
export const EXTRA_PERIODS = 2;

const DAY = 1_440;

/** Until a metric has arrived and is looked at: minutes, or an hour for alarms that look back over more than a day. */
export function evaluationDelayMinutes(lookBackMinutes: number): number {
  return lookBackMinutes > DAY ? 60 : 5;
}
