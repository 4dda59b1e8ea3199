/** Many calls of one operation through a pacer, in simulated time, beside another client of the same bucket. */
import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import type { Pacer } from '../lambda/athena/pacer.js';
import { type RateLimit, TokenBucket } from '../local/athena/time/throttle.js';
import { inVirtualTime } from '../test/support/virtual-time.js';

export interface PacedCalls {
  readonly pacer: () => Pacer;
  /** Calls to have accepted. */
  readonly wanted: number;
  readonly latencyMs: number;
  /** @default none */
  readonly rateLimit?: RateLimit | undefined;
  /** Calls per second of another client, which calls at random moments and never again. @default 0 */
  readonly others?: number;
  readonly seed?: number;
}

export interface PacedResult {
  readonly wallMs: number;
  readonly throttled: number;
  /** Of the calls that the bucket and the other client left over, the share that was used. */
  readonly usedShare: number;
}

/** As many as a sweep may have waiting at once. */
const AT_ONCE = 128;

export function pacedCalls(options: PacedCalls): Promise<PacedResult> {
  const { pacer: pacerFor, wanted, latencyMs, rateLimit, others = 0, seed = 1 } = options;
  return inVirtualTime(
    async ({ elapsedMs }) => {
      const bucket = rateLimit && new TokenBucket(rateLimit, performance.now());
      const over = new AbortController();
      setMaxListeners(0, over.signal);
      const pacer = pacerFor();
      let acceptedOfOthers = 0;
      let throttled = 0;
      const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
      const isAccepted = () => bucket?.take(performance.now()) ?? true;
      const otherClient = async () => {
        for (;;) {
          await pass((-Math.log(1 - Math.random()) / others) * 1_000);
          if (over.signal.aborted) return;
          if (isAccepted()) acceptedOfOthers += 1;
        }
      };
      const call = async () => {
        for (;;) {
          const turn = await pacer.take(over.signal);
          const calledAt = performance.now();
          await pass(latencyMs / 2);
          const accepted = isAccepted();
          await pass(latencyMs / 2);
          if (accepted) return turn.accepted(calledAt);
          throttled += 1;
          turn.throttled(calledAt);
        }
      };
      if (others > 0) void otherClient();
      await pLimit(AT_ONCE).map(Array.from({ length: wanted }), call);
      over.abort();
      const wallMs = elapsedMs();
      const given = rateLimit ? rateLimit.burst + (wallMs / 1_000) * rateLimit.ratePerSecond : wanted;
      return { wallMs, throttled, usedShare: wanted / (given - acceptedOfOthers) };
    },
    { seed },
  );
}
