/** One invocation where an organization is swept: one target, or the sum of all. */

import type { Account } from '../athena/athena-sessions.js';
import type { SessionService } from '../athena/session-service.js';
import type { SweepReport } from '../contract/report.js';
import { LOG_MESSAGES } from '../contract/telemetry.js';
import { accountOf, type Host, type InvocationContext, readOrRefuse, remembering } from '../host/host.js';
import { emitIdleAges, emitMetrics, type LineWriter, logSummary } from '../reporting/emission.js';
import { withDeadlines } from '../sweep/deadlines.js';
import { sweep } from '../sweep/sweep.js';
import type { CredentialProvider } from './assume-role.js';
import { memberCredentials, roleRequest } from './member-role.js';
import { type OrganizationRequest, organizationRequest } from './organization-event.js';
import { type Figures, figuresOf, sweepOfAll, targetsNotReached, targetsNotSwept } from './totals.js';

/** What an invocation needs of the world around it. */
export interface OrganizationHost extends Host {
  readonly connectAs: (region: string, account: Account, credentials: CredentialProvider) => SessionService;
}

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
): Promise<Figures | SweepReport> {
  const request = readOrRefuse(host.logger, () => organizationRequest(host.settings(), event));
  return request.kind === 'target' ? sweepTarget(request, context, host) : summarize(request, host);
}

async function sweepTarget(
  { target, settings, organization }: Extract<OrganizationRequest, { kind: 'target' }>,
  context: InvocationContext,
  host: OrganizationHost,
): Promise<Figures> {
  const { partition } = readOrRefuse(host.logger, () => accountOf(context.invokedFunctionArn));
  const { accountId, region } = target;
  const credentials = memberCredentials(
    roleRequest(target, organization, settings.mode, partition),
    host.ownRegion,
  );
  const service = host.connectAs(region, { partition, accountId }, credentials);
  const logger = alsoSaying({ account: accountId, region }, host.logger);
  const result = await withDeadlines(context.getRemainingTimeInMillis(), (deadlines) =>
    sweep([service], {
      settings,
      clock: host.clock,
      ...deadlines,
      ...remembering(host, logger),
      accountId,
      isOneOfMany: true,
    }),
  );
  // The only metric of a target: a distribution, which has no sum, under the same one dimension.
  emitIdleAges(result, host.metrics);
  logSummary(result.report, logger, LOG_MESSAGES.target);
  return figuresOf(result);
}

function summarize(
  { summary, settings }: Extract<OrganizationRequest, { kind: 'summary' }>,
  { logger, metrics, clock }: OrganizationHost,
): SweepReport {
  const { mode, dpuHourPrice } = settings;
  const durationMs = clock() - Date.parse(summary.startedAt);
  const all = sweepOfAll({ ...summary, mode, dpuHourPrice, durationMs });
  emitMetrics(all, metrics);
  const fields = {
    targets: summary.targets,
    targetsNotSwept: targetsNotSwept(summary),
    targetsNotReached: targetsNotReached(summary),
  };
  logSummary(all.report, alsoSaying(fields, logger));
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
