/**
 * The function's entry points: what is made once per container, and nothing else. What a plain sweep does not use is
 * imported only when it is asked for: the bundle has it in files of its own.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { AthenaClient } from '@aws-sdk/client-athena';
import { AthenaSessions, CLIENT_DEFAULTS } from './athena/athena-sessions.js';
import type { SweepReport } from './contract/report.js';
import type { ReaperSettings } from './contract/settings.js';
import { NAMESPACE } from './contract/telemetry.js';
import type { Host, InvocationContext } from './host/host.js';
import { invoke } from './invocation.js';
import type { OrganizationAnswer } from './organization/organization-invocation.js';
import { settingsFrom } from './settings/read-settings.js';
import { ProcessMemory } from './sweep/process-memory.js';

const ownRegion = process.env.AWS_REGION ?? '';
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
  ownRegion,
  connect: (region, account) => new AthenaSessions(clientIn(region), region, account),
  logger: new Logger(),
  metrics: new Metrics({ namespace: NAMESPACE }),
  clock: Date.now,
  memory: new ProcessMemory(),
  history: once(async () => (await import('./cloudtrail/event-history.js')).eventHistory()),
  bus: once(async () => (await import('./events/event-bus.js')).defaultBusIn(ownRegion)),
};

export const handler = (event: unknown, context: InvocationContext): Promise<SweepReport> =>
  invoke(event, context, host);

const inOrganization = once(async () => {
  const { organizationHandlerOn } = await import('./organization/organization-handler.js');
  return organizationHandlerOn(host, clientIn);
});

/** The entry point where an organization is swept. */
export const organizationHandler = async (
  event: unknown,
  context: InvocationContext,
): Promise<OrganizationAnswer> => {
  const handle = await inOrganization();
  return handle(event, context);
};

/** Makes something when it is first asked for, and gives the same ever after. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
