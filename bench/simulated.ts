/** Sweeps in simulated time: waiting costs nothing, so that minutes under a rate limit pass in seconds. */
import type { AthenaClient, AthenaClientConfig } from '@aws-sdk/client-athena';
import { AthenaSessions } from '../lambda/athena/athena-sessions.js';
import { parseSettings } from '../lambda/settings/read-settings.js';
import { sweep } from '../lambda/sweep/sweep.js';
import { DEFAULT_ACCOUNT, EmbeddedAthena } from '../local/athena/index.js';
import { inVirtualTime } from '../test/support/virtual-time.js';
import { type Fleet, placeFleet, REGION, type Service } from './fleet.js';
import type { Contestant } from './pacers.js';
import { sequentialLoop } from './sequential-loop.js';
import { countsOf, fromNow, switchedClient } from './simulated-client.js';

export interface Measured {
  readonly wallMs: number;
  readonly calls: number;
  readonly throttled: number;
  readonly ended: number;
  /** Places not listed and sessions that failed. */
  readonly failed: number;
}

export function simulatedSweep(
  fleet: Fleet,
  service: Service,
  { pacer, client }: Contestant,
  { tags = false, seed = 1 }: { readonly tags?: boolean; readonly seed?: number } = {},
): Promise<Measured> {
  return simulated(fleet, service, client, seed, (athenaClient) => sweptBy(athenaClient, pacer, tags));
}

/** One sweep of everything, in whatever time it runs. */
export async function sweptBy(athenaClient: AthenaClient, pacer: Contestant['pacer'], tags: boolean) {
  const account = { partition: 'aws', accountId: DEFAULT_ACCOUNT };
  const settings = parseSettings({
    tags: { enabled: tags },
    maxTerminationsPerSweep: 10_000,
    regions: [REGION],
  });
  const never = new AbortController().signal;
  const { report } = await sweep([new AthenaSessions(athenaClient, REGION, account, pacer)], {
    settings: { ...settings, onlyWorkgroups: ['*'] },
    clock: Date.now,
    stop: never,
    lastCall: never,
  });
  return { ended: report.counts.terminated, failed: report.counts.failed + report.counts.notListed };
}

export function simulatedLoop(fleet: Fleet, service: Service, seed = 1): Promise<Measured> {
  return simulated(fleet, service, {}, seed, (client) => sequentialLoop(client, 30));
}

async function simulated(
  fleet: Fleet,
  service: Service,
  config: AthenaClientConfig,
  seed: number,
  work: (client: AthenaClient) => Promise<Pick<Measured, 'ended' | 'failed'>>,
): Promise<Measured> {
  const { client, connect } = await switchedClient(config);
  return inVirtualTime(
    async ({ elapsedMs }) => {
      const athena = new EmbeddedAthena({ ...service, journal: 'counts' });
      placeFleet(athena.region(REGION), fleet);
      connect(athena);
      const result = await work(client);
      return { ...result, wallMs: elapsedMs(), ...countsOf(athena) };
    },
    { ...fromNow(), seed },
  );
}
