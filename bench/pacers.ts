/**
 * Ways to keep to a rate that nobody publishes, side by side: many calls of one operation, sixteen at a time, each
 * until it is accepted, in simulated time.
 */
import { setMaxListeners } from 'node:events';
import {
  type AthenaClient,
  type AthenaClientConfig,
  AthenaServiceException,
  GetSessionCommand,
} from '@aws-sdk/client-athena';
import { DefaultRateLimiter } from '@smithy/core/retry';
import pLimit from 'p-limit';
import { AdaptivePacer, type Pacer } from '../lambda/athena/pacer.js';
import { EmbeddedAthena } from '../local/athena/index.js';
import { inVirtualTime } from '../test/support/virtual-time.js';
import { placeFleet, REGION, type Service, SMALL } from './fleet.js';
import { countsOf, fromNow, switchedClient } from './simulated-client.js';

export interface Contestant {
  readonly name: string;
  readonly pacer: () => Pacer;
  readonly client: Pick<AthenaClientConfig, 'maxAttempts' | 'retryMode'>;
}

export const ADAPTIVE_PACER: Contestant = {
  name: 'AdaptivePacer (ours)',
  pacer: () => new AdaptivePacer(),
  client: { maxAttempts: 1 },
};

export const RATE_LIMITER: Contestant = {
  name: 'DefaultRateLimiter of the SDK, one per operation',
  pacer: () => rateLimiterPacer(new DefaultRateLimiter()),
  client: { maxAttempts: 1 },
};

/** Attempts enough that no call fails for good. */
export const SDK_ADAPTIVE: Contestant = {
  name: "the SDK's adaptive retry mode",
  pacer: unpaced,
  client: { retryMode: 'adaptive', maxAttempts: 100 },
};

export const CONTESTANTS: readonly Contestant[] = [ADAPTIVE_PACER, RATE_LIMITER, SDK_ADAPTIVE];

const AT_ONCE = 16;
const never = new AbortController().signal;
// As a sweep does with its signals, for many calls wait on one.
setMaxListeners(0, never);

/** @returns simulated milliseconds and the calls that it took to have `wanted` of them accepted. */
export async function race({ client: config, pacer }: Contestant, service: Service, wanted: number) {
  const { client, connect } = await switchedClient(config);
  return inVirtualTime(async ({ elapsedMs }) => {
    const athena = new EmbeddedAthena({ ...service, journal: 'counts' });
    placeFleet(athena.region(REGION), SMALL);
    connect(athena);
    const [session] = athena.region(REGION).sessions();
    const turns = pacer();
    const call = () => accepted(client, turns, session?.sessionId);
    await pLimit(AT_ONCE).map(Array.from({ length: wanted }), call);
    return { wallMs: elapsedMs(), ...countsOf(athena) };
  }, fromNow());
}

async function accepted(client: AthenaClient, pacer: Pacer, SessionId: string | undefined): Promise<void> {
  for (;;) {
    const turn = await pacer.take(never);
    const calledAt = performance.now();
    try {
      await client.send(new GetSessionCommand({ SessionId }));
      return turn.accepted(calledAt);
    } catch (error) {
      if (!(error instanceof AthenaServiceException) || error.name !== 'ThrottlingException') throw error;
      turn.throttled(calledAt);
    }
  }
}

function rateLimiterPacer(limiter: DefaultRateLimiter): Pacer {
  return {
    take: async () => {
      await limiter.getSendToken();
      return {
        accepted: () => limiter.updateClientSendingRate({}),
        throttled: () => limiter.updateClientSendingRate({ errorType: 'THROTTLING' }),
        unused: () => undefined,
      };
    },
  };
}

/** What whoever knew the rate would do: call evenly at just that rate. @param callsPerSecond is the rate. */
export function evenPacer(callsPerSecond: number): Pacer {
  let nextAt = performance.now();
  const turn = { accepted: () => undefined, throttled: () => undefined, unused: () => undefined };
  return {
    take: async () => {
      const waitMs = nextAt - performance.now();
      nextAt = Math.max(nextAt, performance.now()) + 1_000 / callsPerSecond;
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      return turn;
    },
  };
}

function unpaced(): Pacer {
  const turn = { accepted: () => undefined, throttled: () => undefined, unused: () => undefined };
  return { take: async () => turn };
}
