/** What a sweep can know of the service's clock, from the answers that it got. */
import type { Observation } from '../play/simulation.js';

/** Between which two moments a region's "now" has to be: epoch milliseconds by the service's clock. */
export interface Now {
  readonly earliest: number;
  readonly latest: number;
}

/**
 * `Date` headers have whole seconds and travel as long as their answers, so that "now" is known no better; where the
 * clocks do not differ at all, every header agrees with the function's own clock, which is right to the millisecond.
 */
export function nowIn(seen: Observation, region: string): Now {
  const { clockOffsetMs } = seen.scenario;
  const now = seen.startedAt + clockOffsetMs;
  if (clockOffsetMs === 0) return { earliest: now, latest: now };
  const slack = 1_000 + longestExchange(seen, region);
  return { earliest: now - slack, latest: now + slack };
}

/** Whether a region's clocks are more than a minute apart; undefined where it is too near to a minute to know. */
export function isClockApart(seen: Observation, region: string): boolean | undefined {
  const apart = Math.abs(seen.scenario.clockOffsetMs);
  const slack = 1_000 + longestExchange(seen, region);
  return Math.abs(apart - 60_000) <= slack ? undefined : apart > 60_000;
}

function longestExchange({ exchanges }: Observation, region: string): number {
  const times = exchanges
    .filter((exchange) => exchange.region === region && exchange.operation === 'ListWorkGroups')
    .map(({ sent, answered }) => (answered?.at ?? sent.at) - sent.at);
  return Math.max(0, ...times);
}
