/** What a sweep said of itself: its log lines, its counts and its metrics. */
import assert from 'node:assert/strict';
import { COUNT_NAMES, type SessionRecord, type SweepReport } from '../../../lambda/contract/report.js';
import { LOG_MESSAGES, type MetricName } from '../../../lambda/contract/telemetry.js';
import type { LogLine, Observation } from './simulation.js';

export type LoggedSession = Pick<
  SessionRecord,
  'sessionId' | 'workGroup' | 'region' | 'outcome' | 'kind' | 'returnedState' | 'error'
>;

/** The lines of sessions, due or warned: all of them, where the report has 200 at most. */
export function sessionLines(seen: Pick<Observation, 'lines'>): readonly LoggedSession[] {
  return linesOf(seen, LOG_MESSAGES.session).map(({ fields }) => Object(fields));
}

/** The lines of places that were not listed: a region, a workgroup, or all that the globs were to select. */
export function notListedLines(seen: Pick<Observation, 'lines'>): readonly LogLine[] {
  return [...linesOf(seen, LOG_MESSAGES.regionNotListed), ...linesOf(seen, LOG_MESSAGES.workgroupNotListed)];
}

/** The counts, which the log has even where the invocation throws. */
export function countsOf(seen: Pick<Observation, 'lines'>): SweepReport['counts'] {
  const counts = Object(linesOf(seen, LOG_MESSAGES.sweep)[0]?.fields.counts);
  for (const name of COUNT_NAMES) assert.equal(typeof counts[name], 'number', `count of ${name}`);
  return counts;
}

/** The one value of a metric that no sweep leaves out. */
export function metricOf(seen: Pick<Observation, 'metrics'>, name: MetricName): number {
  const [value] = seen.metrics.get(name) ?? [];
  assert(value !== undefined, `no value of ${name}`);
  return value;
}

export function linesOf(seen: Pick<Observation, 'lines'>, message: string): readonly LogLine[] {
  return seen.lines.filter((line) => line.message === message);
}
