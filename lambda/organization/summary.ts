/**
 * The sum of a sweep of an organization, in the shape of one sweep. The state machine carries figures and no sessions, so
 * that no number of them outgrows a state. Which sessions they were, and what groups did that were lost, the log shows.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { SweepReport } from '../contract/report.js';
import type { SweepSettings } from '../contract/settings.js';
import { LOG_MESSAGES } from '../contract/telemetry.js';
import { accountOf, type InvocationContext, readOrRefuse } from '../host/host.js';
import { emitMetrics, emitSessionEventsFailed, logSummary } from '../reporting/emission.js';
import { isNews } from '../reporting/news.js';
import { isNamed } from '../reporting/report-sessions.js';
import type { SweepResult } from '../reporting/tally.js';
import { textOptions } from '../reporting/texts.js';
import { withDeadlines } from '../sweep/deadlines.js';
import { alsoSaying } from './also-saying.js';
import type { LoggedSweep } from './logged-sweep.js';
import type { GivenUp, OrganizationRequest, Summary } from './organization-event.js';
import type { OrganizationHost } from './organization-host.js';
import { readSweep } from './read-sweep.js';
import { EVENTS_FAILED, type Figures, heardOf, sweepOfAll, type Totals, toName } from './totals.js';

/** Lambda delivers an invocation that is not waited for once or, rarely, twice; of the second nothing is known. */
const NOTHING: Figures = {};

/** Emits the sum as the metrics of one sweep, but for what the targets have counted, and returns it as a report. */
export async function summarize(
  { summary, settings }: Extract<OrganizationRequest, { kind: 'summary' }>,
  context: InvocationContext,
  host: OrganizationHost,
): Promise<SweepReport | Figures> {
  const { startedAt, targets } = summary;
  if (isRepeated(startedAt, host)) return NOTHING;
  const now = host.clock();
  const isNews = newsIn(startedAt, settings);
  const known = await withDeadlines(context.getRemainingTimeInMillis(), ({ stop }) =>
    withItsLog(summary, isNews, host, stop),
  );
  const { mode } = settings;
  const durationMs = now - Date.parse(startedAt);
  const all = sumOf({ startedAt, durationMs, mode, targets, isNews, ...known }, settings, context, host);
  // A sweep can take as long as the interval: at the time of its start alarms would not look any more.
  const at = new Date(now);
  emitMetrics(all, host.metrics, { at });
  if (settings.notify.sessionEvents) {
    emitSessionEventsFailed(known.figures[EVENTS_FAILED] ?? 0, host.metrics, at);
  }
  return logged(all, host);
}

/**
 * Returns as a report what the log shows of an execution that did not come to its sum. It emits no metrics: the targets
 * have counted what they ended, and that the sweep failed Step Functions itself counts.
 */
export async function reportGivenUp(
  { givenUp, settings }: Extract<OrganizationRequest, { kind: 'given-up' }>,
  context: InvocationContext,
  host: OrganizationHost,
): Promise<SweepReport | Figures> {
  const { startedAt: from, stoppedAt } = givenUp;
  const startedAt = new Date(from).toISOString();
  if (isRepeated(startedAt, host)) return NOTHING;
  await forTheLastAnswers(givenUp, context);
  const isNews = newsIn(startedAt, settings);
  const isWhole = (read: LoggedSweep) => namedIn(read, isNews) >= toName(read.figures);
  const time = { from, to: stoppedAt + LAST_ANSWERS_MS };
  const { mode = settings.mode, ...known } = await withDeadlines(
    context.getRemainingTimeInMillis(),
    ({ stop }) => readSweep({ time, figures: true, isWhole }, host, stop),
  );
  const why = givenUp.status === 'ABORTED' ? 'stopped' : 'timed-out';
  const when = { startedAt, durationMs: stoppedAt - from, givenUp: why } as const;
  const parts = { ...when, mode, targets: heardOf(known.figures), isNews, ...known };
  return logged(sumOf(parts, settings, context, host), host);
}

/** No target takes longer; see `LONGEST_TARGET` in `lib/organization/organization-sweep.ts`. */
const LAST_ANSWERS_MS = 90_000;
/** For reading the log and writing the report. */
const TO_READ_MS = 20_000;

/** Targets that are under way when somebody stops an execution go on: waits for as long as there is time. */
async function forTheLastAnswers({ status }: GivenUp, context: InvocationContext): Promise<void> {
  const waitMs = context.getRemainingTimeInMillis() - TO_READ_MS;
  if (status === 'ABORTED' && waitMs > 0) await pause(waitMs);
}

/** The figures as they came, or those in the log where it knows of more targets, and the sessions. */
async function withItsLog(
  { startedAt, targets, figures }: Summary,
  isNews: Totals['isNews'],
  host: OrganizationHost,
  stop: AbortSignal,
): Promise<Pick<LoggedSweep, 'figures' | 'records'>> {
  const isHeard = heardOf(figures) >= targets;
  if (isHeard && toName(figures) === 0) return { figures, records: [] };
  const better = (read: LoggedSweep): Figures =>
    heardOf(read.figures) > heardOf(figures) ? { ...figures, ...read.figures } : figures;
  const isWhole = (read: LoggedSweep) => namedIn(read, isNews) >= toName(better(read));
  const time = { from: Date.parse(startedAt) };
  const read = await readSweep({ time, figures: !isHeard, isWhole }, host, stop);
  return { figures: better(read), records: read.records };
}

function newsIn(startedAt: string, { sweepIntervalMinutes }: SweepSettings): Totals['isNews'] {
  return (record) => isNews(record, { startedAt, sweepIntervalMinutes });
}

function namedIn({ records }: LoggedSweep, isNews: Totals['isNews']): number {
  return records.filter((record) => isNamed(record, isNews)).length;
}

function isRepeated(startedAt: string, { summarized, logger }: OrganizationHost): boolean {
  const start = Date.parse(startedAt);
  const repeated = summarized.has(start);
  if (repeated) logger.info(LOG_MESSAGES.sumRepeated, { startedAt });
  summarized.add(start);
  return repeated;
}

function sumOf(
  parts: Omit<Totals, 'dpuHourPrice' | 'texts'>,
  settings: SweepSettings,
  { invokedFunctionArn }: InvocationContext,
  { logger }: OrganizationHost,
): SweepResult {
  const { partition } = readOrRefuse(logger, () => accountOf(invokedFunctionArn));
  const { dpuHourPrice } = settings;
  return sweepOfAll({ ...parts, dpuHourPrice, texts: textOptions(settings, { partition }) });
}

function logged({ report }: SweepResult, { logger }: OrganizationHost): SweepReport {
  for (const place of report.notListed) logger.error(LOG_MESSAGES.regionNotListed, { ...place });
  logSummary(report, alsoSaying({ ...report.organization }, logger));
  return report;
}
