/** The function with a stopwatch between its client and the network: how long after a last look comes the end. */
import { AthenaClient } from '@aws-sdk/client-athena';
import { AthenaSessions, CLIENT_DEFAULTS } from '../lambda/athena/athena-sessions.js';
import type { InvocationContext } from '../lambda/host/host.js';
import { invoke } from '../lambda/invocation.js';
import { settingsFrom } from '../lambda/settings/read-settings.js';
import { ProcessMemory } from '../lambda/sweep/process-memory.js';
import { REGION } from './fleet.js';

const gapsMs: number[] = [];
/** As much of each gap as this process computed: what others on the machine take is not in it. */
const busyMs: number[] = [];
const memory = new ProcessMemory();
const nothing = () => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export async function handler(event: unknown, context: InvocationContext) {
  await invoke(event, context, {
    settings: () => settingsFrom(process.env),
    ownRegion: REGION,
    connect: (region, account) => new AthenaSessions(timedClient(region), region, account),
    logger: silent,
    metrics: {
      setTimestamp: () => undefined,
      addMetric: () => undefined,
      publishStoredMetrics: () => undefined,
    },
    clock: Date.now,
    memory,
  });
  return { gapsMs, busyMs };
}

function timedClient(region: string): AthenaClient {
  const client = new AthenaClient({ ...CLIENT_DEFAULTS, region });
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  const answeredAt = new Map<string, { readonly at: number; readonly cpuMs: number }>();
  requestHandler.handle = async (request, options) => {
    const operation = Object.entries(request.headers).find(([name]) => /^x-amz-target$/i.test(name))?.[1];
    const { SessionId } = JSON.parse(new TextDecoder().decode(request.body));
    const looked = answeredAt.get(SessionId);
    if (operation === 'AmazonAthena.TerminateSession' && looked) {
      gapsMs.push(performance.now() - looked.at);
      busyMs.push(cpuMs() - looked.cpuMs);
    }
    const answer = await handle(request, options);
    if (operation === 'AmazonAthena.GetSession') {
      answeredAt.set(SessionId, { at: performance.now(), cpuMs: cpuMs() });
    }
    return answer;
  };
  return client;
}

/** Milliseconds for which all threads of this process have computed. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
