/** A sweep in log lines and CloudWatch metrics (EMF), as `telemetry.ts` names them. */
import { DUE_OUTCOMES } from '../contract/outcomes.js';
import type { NotListed, SessionRecord, SweepReport } from '../contract/report.js';
import { LOG_MESSAGES, METRICS, type MetricName, metricNames } from '../contract/telemetry.js';
import { leftOut } from './counts.js';
import type { SweepObserver } from './observer.js';
import type { SweepResult } from './tally.js';

/** As much of a logger, and of a collector of metrics, as a sweep needs. */
export interface LineWriter {
  debug(message: string, fields: Record<string, unknown>): void;
  info(message: string, fields: Record<string, unknown>): void;
  warn(message: string, fields: Record<string, unknown>): void;
  error(message: string, fields: Record<string, unknown>): void;
}
export interface MetricWriter {
  setTimestamp(at: Date): unknown;
  addMetric(name: MetricName, unit: (typeof METRICS)[MetricName], value: number): unknown;
  publishStoredMetrics(): unknown;
}

/** This many overdue sessions are named in the log at each sweep, whatever came of them: a bill with a bound. */
const OVERDUE_NAMED = 20;

/**
 * Writes a line for each session touched and each place not listed, while one sweep runs.
 * @param saidToday whether a text was given to it before on the same day.
 */
export function logTo(logger: LineWriter, saidToday: (text: string) => boolean): SweepObserver {
  let overdueNamed = 0;
  return {
    session: (record: SessionRecord) => {
      const level = levelOf(record, saidToday);
      const isNamed = record.overdueMinutes !== undefined && overdueNamed < OVERDUE_NAMED;
      if (isNamed) overdueNamed += 1;
      logger[isNamed && level === 'debug' ? 'info' : level](LOG_MESSAGES.session, { ...record });
    },
    clocksApart: (item) => {
      logger.warn(LOG_MESSAGES.clocksApart, { ...item });
    },
    notListed: (item: NotListed) => {
      const message =
        item.workGroup === undefined ? LOG_MESSAGES.regionNotListed : LOG_MESSAGES.workgroupNotListed;
      // Any number can wait at every sweep: their lines would be a bill without a bound.
      logger[item.kind === 'waiting' ? 'debug' : 'error'](message, { ...item });
    },
  };
}

/** A session may be spared at every sweep for as long as it lives: one line a day says so. */
function levelOf(
  { outcome, sessionId, kind, rule }: SessionRecord,
  saidToday: (text: string) => boolean,
): keyof LineWriter {
  if (outcome === 'warned') return 'info';
  if (outcome === 'spared' && saidToday(`${sessionId} ${kind} ${rule}`)) return 'debug';
  return DUE_OUTCOMES[outcome].logLevel;
}

/** Writes the summary line: the report without its lists. */
export function logSummary(
  report: SweepReport,
  logger: LineWriter,
  message: string = LOG_MESSAGES.sweep,
): void {
  const { mode, startedAt, durationMs, complete, counts, returnedStates, saved, calls, throttledCalls } =
    report;
  const { oldestListingSeconds } = report;
  logger.info(message, {
    mode,
    startedAt,
    durationMs,
    complete,
    counts,
    oldestListingSeconds,
    returnedStates,
    saved,
    calls,
    throttledCalls,
  });
}

/** How the metrics of a sweep are emitted that is the sum of others. */
interface AsSum {
  /** Their timestamp, because the sweep may have started long ago. */
  readonly at: Date;
}

/**
 * Emits every metric of the catalogue, so that a graph has no holes; only what the mode can do is left out.
 * @param asSum for the sum of an organization. What was ended and saved is 0 then: its targets have emitted that.
 */
export function emitMetrics(
  { report, idleAges, oldestOverdue }: SweepResult,
  metrics: MetricWriter,
  asSum?: AsSum,
): void {
  const { counts } = report;
  const { at = new Date(report.startedAt) } = asSum ?? {};
  const ended = asSum ? NOTHING_ENDED : endedBy(report);
  metrics.setTimestamp(at);
  const values: Readonly<Record<MetricName, readonly number[]>> = {
    SweepComplete: [report.complete ? 1 : 0],
    ThrottledCalls: [report.throttledCalls],
    PlacesNotListed: [counts.notListed],
    WorkgroupsWaiting: [counts.waiting],
    LeftOut: [leftOut(counts)],
    SessionsListed: [counts.listed],
    SessionsDue: [counts.due],
    SessionsTerminated: report.mode === 'terminate' ? [ended.SessionsTerminated] : [],
    SessionsWouldTerminate: report.mode === 'report' ? [counts.wouldTerminate] : [],
    SessionsSpared: [counts.spared],
    SessionsDeferred: [counts.deferred],
    SessionsFailed: [counts.failed],
    SessionsUnknown: [counts.unknown],
    SessionTagsUnreadable: [counts.tagsUnreadable],
    SessionsLongExempt: [counts.longExempt],
    DpuHoursSaved: report.mode === 'terminate' ? [ended.DpuHoursSaved] : [],
    IdleAge: idleAges,
    OldestOverdue: [oldestOverdue],
    // Known only when the events were put, see emitSessionEventsFailed.
    SessionEventsFailed: [],
  };
  for (const name of metricNames()) {
    for (const value of values[name]) metrics.addMetric(name, METRICS[name], value);
  }
  metrics.publishStoredMetrics();
}

/** What adds up over sweeps, and so over the targets of one. */
type Ended = Readonly<Record<'SessionsTerminated' | 'DpuHoursSaved', number>>;

const NOTHING_ENDED: Ended = { SessionsTerminated: 0, DpuHoursSaved: 0 };

function endedBy({ counts, saved }: SweepReport): Ended {
  return { SessionsTerminated: counts.terminated - counts.terminatedAgain, DpuHoursSaved: saved.dpuHours };
}

/** @param at the timestamp of the other metrics of the sweep. */
export function emitSessionEventsFailed(count: number, metrics: MetricWriter, at: Date): void {
  metrics.setTimestamp(at);
  metrics.addMetric('SessionEventsFailed', METRICS.SessionEventsFailed, count);
  metrics.publishStoredMetrics();
}

/**
 * Emits what one target of an organization emits itself: how long idle sessions have been idle, and, where it ended any,
 * what was ended and saved. So that is counted whatever becomes of the sum.
 */
export function emitTargetMetrics({ report, idleAges }: SweepResult, metrics: MetricWriter): void {
  const { SessionsTerminated, DpuHoursSaved } = report.mode === 'terminate' ? endedBy(report) : NOTHING_ENDED;
  if (idleAges.length === 0 && SessionsTerminated === 0) return;
  metrics.setTimestamp(new Date(report.startedAt));
  for (const age of idleAges) metrics.addMetric('IdleAge', METRICS.IdleAge, age);
  if (SessionsTerminated > 0) {
    metrics.addMetric('SessionsTerminated', METRICS.SessionsTerminated, SessionsTerminated);
    metrics.addMetric('DpuHoursSaved', METRICS.DpuHoursSaved, DpuHoursSaved);
  }
  metrics.publishStoredMetrics();
}
