/** One invocation where an organization is swept: an event is checked, one target swept, or the sum of all made. */

import type { Account } from '../athena/athena-sessions.js';
import type { SessionService } from '../athena/session-service.js';
import type { SweepReport } from '../contract/report.js';
import { LOG_MESSAGES } from '../contract/telemetry.js';
import { sessionEvents } from '../events/session-events.js';
import { accountOf, type Host, type InvocationContext, readOrRefuse, remembering } from '../host/host.js';
import {
  emitMetrics,
  emitSessionEventsFailed,
  emitTargetMetrics,
  type LineWriter,
  logSummary,
} from '../reporting/emission.js';
import { textOptions } from '../reporting/texts.js';
import { withDeadlines } from '../sweep/deadlines.js';
import { sweep } from '../sweep/sweep.js';
import type { CredentialProvider } from './assume-role.js';
import { memberCredentials, roleRequest } from './member-role.js';
import { type CheckedEvent, type OrganizationRequest, organizationRequest } from './organization-event.js';
import { EVENTS_FAILED, type Figures, figuresOf, sweepOfAll } from './totals.js';

/** What an invocation needs of the world around it. */
export interface OrganizationHost extends Host {
  readonly connectAs: (region: string, account: Account, credentials: CredentialProvider) => SessionService;
  /** The sweeps, by their start, whose sum this process has emitted. */
  readonly summarized: Set<string>;
}

/** What a target answers: its figures, and which account they are of. */
export type TargetAnswer = { readonly accountId: string; readonly [figure: string]: number | string };

/** Lambda delivers an invocation that is not waited for once or, rarely, twice; of the second nothing is known. */
const NOTHING: Figures = {};

/**
 * Sweeps one target and returns its figures; or emits the sum of all as the metrics of one sweep and returns
 * it as a report. A target that could not be swept is a figure and a log line, not an error: the state machine
 * says when there are too many of them.
 * @throws SettingsError before any call, where settings, event or context cannot be used.
 */
export async function invokeInOrganization(
  event: unknown,
  context: InvocationContext,
  host: OrganizationHost,
): Promise<OrganizationAnswer> {
  const request = readOrRefuse(host.logger, () => organizationRequest(host.settings(), event));
  switch (request.kind) {
    case 'check':
      return request.checked;
    case 'target':
      return sweepTarget(request, context, host);
    case 'summary':
      return summarize(request, host);
  }
}

export type OrganizationAnswer = CheckedEvent | TargetAnswer | SweepReport | Figures;

async function sweepTarget(
  { target, answerBy = Infinity, settings, organization }: Extract<OrganizationRequest, { kind: 'target' }>,
  context: InvocationContext,
  host: OrganizationHost,
): Promise<TargetAnswer> {
  const { partition } = readOrRefuse(host.logger, () => accountOf(context.invokedFunctionArn));
  const { accountId, region } = target;
  const credentials = memberCredentials(
    roleRequest(target, organization, settings.mode, partition),
    host.ownRegion,
  );
  const service = host.connectAs(region, { partition, accountId }, credentials);
  const logger = alsoSaying({ account: accountId, region }, host.logger);
  const events = sessionEvents(settings, { ...host, logger });
  const remainingMs = Math.min(context.getRemainingTimeInMillis(), answerBy - host.clock());
  const result = await withDeadlines(remainingMs, (deadlines) =>
    sweep([service], {
      settings,
      clock: host.clock,
      ...deadlines,
      ...remembering(host, logger, events?.observer),
      accountId,
      isOneOfMany: true,
    }),
  );
  emitTargetMetrics(result, host.metrics);
  logSummary(result.report, logger, LOG_MESSAGES.target);
  const left = Math.min(context.getRemainingTimeInMillis(), answerBy - host.clock());
  const failed = await withDeadlines(left, async ({ lastCall }) =>
    events?.put(result.report, { partition, accountId }, lastCall),
  );
  return { accountId, ...figuresOf(result), ...(failed && { [EVENTS_FAILED]: failed }) };
}

function summarize(
  { summary, settings }: Extract<OrganizationRequest, { kind: 'summary' }>,
  { logger, metrics, clock, summarized }: OrganizationHost,
): SweepReport | Figures {
  const { startedAt } = summary;
  if (summarized.has(startedAt)) {
    logger.info(LOG_MESSAGES.sumRepeated, { startedAt });
    return NOTHING;
  }
  summarized.add(startedAt);
  const { mode, dpuHourPrice } = settings;
  const now = clock();
  const durationMs = now - Date.parse(startedAt);
  const all = sweepOfAll({ ...summary, mode, dpuHourPrice, durationMs, texts: textOptions(settings) });
  // A sweep can take as long as the interval: at the time of its start alarms would not look any more.
  emitMetrics(all, metrics, { at: new Date(now) });
  if (settings.notify.sessionEvents) {
    emitSessionEventsFailed(summary.figures[EVENTS_FAILED] ?? 0, metrics, new Date(now));
  }
  for (const place of all.report.notListed) logger.error(LOG_MESSAGES.regionNotListed, { ...place });
  logSummary(all.report, alsoSaying({ ...all.report.organization }, logger));
  return all.report;
}

function alsoSaying(fields: Readonly<Record<string, unknown>>, logger: LineWriter): LineWriter {
  return {
    debug: (message, more) => logger.debug(message, { ...fields, ...more }),
    info: (message, more) => logger.info(message, { ...fields, ...more }),
    warn: (message, more) => logger.warn(message, { ...fields, ...more }),
    error: (message, more) => logger.error(message, { ...fields, ...more }),
  };
}
