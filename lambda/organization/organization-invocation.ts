/** One invocation where an organization is swept: an event is checked, one target swept, or the sum of all made. */
import type { SweepReport } from '../contract/report.js';
import { LOG_MESSAGES } from '../contract/telemetry.js';
import { wantedEvents } from '../events/wanted-events.js';
import { accountOf, type InvocationContext, readOrRefuse, remembering } from '../host/host.js';
import { emitTargetMetrics, logSummary } from '../reporting/emission.js';
import { withDeadlines } from '../sweep/deadlines.js';
import { sweep } from '../sweep/sweep.js';
import { alsoSaying } from './also-saying.js';
import { memberCredentials, roleRequest } from './member-role.js';
import { type CheckedEvent, type OrganizationRequest, organizationRequest } from './organization-event.js';
import type { OrganizationHost } from './organization-host.js';
import { reportGivenUp, summarize } from './summary.js';
import { EVENTS_FAILED, type Figures, figuresOf } from './totals.js';

/** What a target answers: its figures, and which account they are of. */
export type TargetAnswer = { readonly accountId: string; readonly [figure: string]: number | string };

/**
 * Sweeps one target and returns its figures; or emits the sum of all as the metrics of one sweep and returns it as a
 * report, or as much of it as the log shows of a sweep that was given up. A target that could not be swept is a figure
 * and a log line, not an error: the state machine says when there are too many of them.
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
      return summarize(request, context, host);
    case 'given-up':
      return reportGivenUp(request, context, host);
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
  const events = await wantedEvents(settings, { ...host, logger });
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
