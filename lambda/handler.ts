/** The function's entry point: what is made once per container, and nothing else. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { AthenaClient } from '@aws-sdk/client-athena';
import { AthenaSessions, CLIENT_DEFAULTS } from './athena.js';
import { type Host, type InvocationContext, invoke } from './invocation.js';
import type { SweepReport } from './report.js';
import { type ReaperSettings, settingsFrom } from './settings.js';
import { NAMESPACE } from './telemetry.js';

const clients = new Map<string, AthenaClient>();
let settings: ReaperSettings | undefined;

const host: Host = {
  settings: () => {
    settings ??= settingsFrom(process.env);
    return settings;
  },
  ownRegion: process.env.AWS_REGION ?? '',
  connect: (region, account) => {
    const client = clients.get(region) ?? new AthenaClient({ ...CLIENT_DEFAULTS, region });
    clients.set(region, client);
    return new AthenaSessions(client, region, account);
  },
  logger: new Logger(),
  metrics: new Metrics({ namespace: NAMESPACE }),
  clock: Date.now,
};

export const handler = (event: unknown, context: InvocationContext): Promise<SweepReport> =>
  invoke(event, context, host);
