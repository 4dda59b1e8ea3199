/** The function's entry points: what is made once per container, and nothing else. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { AthenaClient } from '@aws-sdk/client-athena';
import { AthenaSessions, CLIENT_DEFAULTS } from './athena/athena-sessions.js';
import { eventHistory } from './cloudtrail/event-history.js';
import type { SweepReport } from './contract/report.js';
import type { ReaperSettings } from './contract/settings.js';
import { NAMESPACE } from './contract/telemetry.js';
import { defaultBusIn } from './events/event-bus.js';
import type { Host, InvocationContext } from './host/host.js';
import { invoke } from './invocation.js';
import type { OrganizationHost } from './organization/organization-host.js';
import { invokeInOrganization, type OrganizationAnswer } from './organization/organization-invocation.js';
import { ownLogIn } from './organization/own-log.js';
import { settingsFrom } from './settings/read-settings.js';
import { ProcessMemory } from './sweep/process-memory.js';

const clients = new Map<string, AthenaClient>();
const clientIn = (region: string): AthenaClient => {
  const client = clients.get(region) ?? new AthenaClient({ ...CLIENT_DEFAULTS, region });
  clients.set(region, client);
  return client;
};
let settings: ReaperSettings | undefined;

const host: Host = {
  settings: () => {
    settings ??= settingsFrom(process.env);
    return settings;
  },
  ownRegion: process.env.AWS_REGION ?? '',
  connect: (region, account) => new AthenaSessions(clientIn(region), region, account),
  logger: new Logger(),
  metrics: new Metrics({ namespace: NAMESPACE }),
  clock: Date.now,
  memory: new ProcessMemory(),
  history: eventHistory(),
  bus: defaultBusIn(process.env.AWS_REGION ?? ''),
};

export const handler = (event: unknown, context: InvocationContext): Promise<SweepReport> =>
  invoke(event, context, host);

const organizationHost: OrganizationHost = {
  ...host,
  connectAs: (region, account, credentials) => {
    // The accounts that a container serves share its connections, and nothing of an account is kept.
    const { requestHandler } = clientIn(region).config;
    const client = new AthenaClient({ ...CLIENT_DEFAULTS, region, requestHandler, credentials });
    return new AthenaSessions(client, region, account);
  },
  summarized: new Set(),
  ownLog: ownLogIn(process.env.AWS_REGION ?? '', process.env.AWS_LAMBDA_LOG_GROUP_NAME ?? ''),
};

/** The entry point where an organization is swept. */
export const organizationHandler = (
  event: unknown,
  context: InvocationContext,
): Promise<OrganizationAnswer> => invokeInOrganization(event, context, organizationHost);
