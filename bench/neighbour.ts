/**
 * What another client of the same account notices: it lists and looks at a session of its own at random moments,
 * never again where it is throttled, while sessions are ended beside it.
 */
import {
  type AthenaClient,
  AthenaServiceException,
  GetSessionCommand,
  ListSessionsCommand,
} from '@aws-sdk/client-athena';
import { EmbeddedAthena } from '../local/athena/index.js';
import { inVirtualTime } from '../test/support/virtual-time.js';
import { type Fleet, placeFleet, REGION, type Service } from './fleet.js';
import type { Contestant } from './pacers.js';
import { sequentialLoop } from './sequential-loop.js';
import { sweptBy } from './simulated.js';
import { fromNow, switchedClient } from './simulated-client.js';

export interface Noticed {
  readonly calls: number;
  readonly throttled: number;
}

/** Who ends sessions, and how: as a sweep or in a sequential loop. */
export interface Beside {
  readonly name: string;
  readonly client: Contestant['client'];
  /** Undefined: the sequential loop. */
  readonly pacer?: Contestant['pacer'];
}

/** @param callsPerSecond of each of the neighbour's two operations. */
export async function noticedBeside(
  { client: config, pacer }: Beside,
  fleet: Fleet,
  service: Service,
  { callsPerSecond, seed }: { readonly callsPerSecond: number; readonly seed: number },
): Promise<Noticed> {
  const ending = await switchedClient(config);
  const neighbour = await switchedClient({ maxAttempts: 1 });
  return inVirtualTime(
    async () => {
      const athena = new EmbeddedAthena({ ...service, journal: 'counts' });
      placeFleet(athena.region(REGION), fleet);
      ending.connect(athena);
      neighbour.connect(athena);
      const over = new AbortController();
      const noticed = callsOf(neighbour.client, callsPerSecond, over.signal);
      await (pacer ? sweptBy(ending.client, pacer, false) : sequentialLoop(ending.client, 30));
      over.abort();
      return noticed;
    },
    { ...fromNow(), seed },
  );
}

async function callsOf(client: AthenaClient, callsPerSecond: number, over: AbortSignal): Promise<Noticed> {
  let calls = 0;
  let throttled = 0;
  const pending: Promise<void>[] = [];
  const listing = { WorkGroup: 'workgroup-0000' };
  const { Sessions = [] } = await client.send(new ListSessionsCommand(listing));
  const SessionId = Sessions.at(0)?.SessionId;
  const note = async (call: Promise<unknown>) => {
    calls += 1;
    try {
      await call;
    } catch (error) {
      if (!(error instanceof AthenaServiceException) || error.name !== 'ThrottlingException') throw error;
      throttled += 1;
    }
  };
  while (!over.aborted) {
    pending.push(note(client.send(new ListSessionsCommand(listing))));
    pending.push(note(client.send(new GetSessionCommand({ SessionId }))));
    const pauseMs = (-Math.log(1 - Math.random()) * 1_000) / callsPerSecond;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  await Promise.all(pending);
  return { calls, throttled };
}
