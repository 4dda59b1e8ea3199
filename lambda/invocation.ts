/** One invocation of the function: settings and event in, report out. */
import type { Account } from './athena/athena-sessions.js';
import type { SessionService } from './athena/session-service.js';
import type { SweepReport } from './contract/report.js';
import type { ReaperSettings } from './contract/settings.js';
import { LOG_MESSAGES } from './contract/telemetry.js';
import { emitMetrics, type LineWriter, logSummary, logTo, type MetricWriter } from './reporting/emission.js';
import { narrow } from './settings/read-settings.js';
import { withDeadlines } from './sweep/deadlines.js';
import { sweep } from './sweep/sweep.js';

/** What an invocation needs of the world around it. */
export interface Host {
  /** @throws SettingsError */
  readonly settings: () => ReaperSettings;
  /** The region that the function runs in. */
  readonly ownRegion: string;
  readonly connect: (region: string, account: Account) => SessionService;
  readonly logger: LineWriter;
  readonly metrics: MetricWriter;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** What Lambda tells of an invocation. */
export interface InvocationContext {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/**
 * Runs one sweep; its log lines and metrics are out before anything is thrown.
 * @throws SettingsError before any call, where settings or event cannot be used.
 * @throws NothingSweptError where no region could be listed at all; any less is in the report, for a later
 * sweep is the retry.
 */
export async function invoke(event: unknown, context: InvocationContext, host: Host): Promise<SweepReport> {
  const { logger, metrics, clock } = host;
  const settings = acceptable(logger, () => narrow(host.settings(), event, host.ownRegion));
  const account = accountOf(context.invokedFunctionArn);
  const services = settings.regions.map((region) => host.connect(region, account));
  const result = await withDeadlines(context.getRemainingTimeInMillis(), (deadlines) =>
    sweep(services, { settings, clock, ...deadlines, observer: logTo(logger) }),
  );
  emitMetrics(result, metrics);
  logSummary(result.report, logger);
  if (nothingSwept(result.report)) throw new NothingSweptError(result.report);
  return result.report;
}

/** Not one of the regions could be listed: a failed invocation, so that the function's own alarm sees it too. */
export class NothingSweptError extends Error {
  override readonly name = 'NothingSweptError';
  constructor(report: SweepReport) {
    const places = report.notListed.map(({ region, workGroup, error }) => `${workGroup ?? region}: ${error}`);
    super(`Nothing could be swept. ${places.join('; ')}`.slice(0, 2_000));
  }
}

/** Reads settings or event; what cannot be used is logged before it is thrown. */
export function acceptable<T>(logger: LineWriter, read: () => T): T {
  try {
    return read();
  } catch (error) {
    logger.error(LOG_MESSAGES.refused, { error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

/** The account and partition of `arn:<partition>:lambda:<region>:<account>:function:<name>`. */
export function accountOf(functionArn: string): Account {
  const [, partition = 'aws', , , accountId = ''] = functionArn.split(':');
  return { partition, accountId };
}

function nothingSwept({ regions }: SweepReport): boolean {
  return regions.every(({ counts }) => counts.workgroups === 0 && counts.notListed > 0);
}
