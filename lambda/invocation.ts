/** One invocation of the function: settings and event in, report out. */
import type { SweepReport } from './contract/report.js';
import type { SweepSettings } from './contract/settings.js';
import { wantedEvents } from './events/wanted-events.js';
import { accountOf, type Host, type InvocationContext, readOrRefuse, remembering } from './host/host.js';
import { nothingListed } from './reporting/counts.js';
import { emitMetrics, emitSessionEventsFailed, logSummary } from './reporting/emission.js';
import { narrow } from './settings/read-settings.js';
import { withDeadlines } from './sweep/deadlines.js';
import { type SweepOptions, sweep } from './sweep/sweep.js';

/**
 * Runs one sweep; its log lines and metrics are out before anything is thrown, and before events are put.
 * @throws SettingsError before any call, where settings, event or context cannot be used.
 * @throws NothingSweptError where no region could be listed at all; any less is in the report, for a later
 * sweep is the retry.
 */
export async function invoke(event: unknown, context: InvocationContext, host: Host): Promise<SweepReport> {
  const { logger, metrics, clock, random } = host;
  const settings = readOrRefuse(logger, () => narrow(host.settings(), event, host.ownRegion));
  const account = readOrRefuse(logger, () => accountOf(context.invokedFunctionArn));
  const events = await wantedEvents(settings, host);
  const lookUp = await lookingUp(settings, host);
  const services = settings.regions.map((region) => host.connect(region, account));
  const result = await withDeadlines(context.getRemainingTimeInMillis(), (deadlines) =>
    sweep(services, {
      settings,
      clock,
      ...(random && { random }),
      ...deadlines,
      ...remembering(host, logger, events?.observer),
      ...lookUp,
      ...account,
      mayRemember: settings.skipQuietWorkgroups && asksForNothing(event),
    }),
  );
  emitMetrics(result, metrics);
  logSummary(result.report, logger);
  if (events) {
    const failed = await withDeadlines(context.getRemainingTimeInMillis(), ({ lastCall }) =>
      events.put(result.report, account, lastCall),
    );
    emitSessionEventsFailed(failed, metrics, new Date(result.report.startedAt));
  }
  if (nothingListed(result.report)) throw new NothingSweptError(result.report);
  return result.report;
}

/** Only where the settings ask for it, what looks up is loaded: before the sweep, whose report a late failure would cost. */
async function lookingUp(
  { owner }: SweepSettings,
  { history, logger }: Host,
): Promise<Pick<SweepOptions, 'startersOf'>> {
  if (!owner.cloudTrail || !history) return {};
  const { startersOf } = await import('./cloudtrail/starters.js');
  const eventHistory = await history();
  return { startersOf: (ended, stop) => startersOf(ended, eventHistory, logger, stop) };
}

/** Whether an event is that of the schedule, which narrows nothing. */
function asksForNothing(event: unknown): boolean {
  return Object.keys(event ?? {}).length === 0;
}

/** Not one of the regions could be listed: a failed invocation, so that the function's own alarm sees it too. */
export class NothingSweptError extends Error {
  override readonly name = 'NothingSweptError';
  constructor(report: SweepReport) {
    const places = report.notListed.map(({ region, workGroup, error }) => `${workGroup ?? region}: ${error}`);
    super(`Nothing could be swept. ${places.join('; ')}`.slice(0, 2_000));
  }
}
