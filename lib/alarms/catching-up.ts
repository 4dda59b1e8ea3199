/** How long workgroups may wait for their turn to be listed, and the alarm on those that wait longer. */
import { SHARE_FOR_LISTING } from '../../lambda/contract/sweep-time.js';
import type { ReaperConfig } from '../config/config.js';
import type { SweepTiming } from '../schedule/sweep-timing.js';
import type { AlarmSpecification } from './alarm-specification.js';
import { badSweeps } from './bad-sweeps.js';
import { reaperMetric } from './reaper-metric.js';

export interface CatchingUpProps {
  readonly config: Pick<ReaperConfig, 'stuck'>;
  /** The value of the metrics' only dimension. */
  readonly deployment: string;
  readonly timing: SweepTiming;
}

/** As long as this may pass in any case until a sweep has reached every workgroup. */
const SHORTEST_PATIENCE_MINUTES = 120;
/** How often the computed time may pass: once in each period of the alarm. */
const PERIODS = 3;

/**
 * It comes from the metrics alone, so that it does not matter how many processes have swept: what one of them
 * remembers makes catching up faster, and never makes it look done.
 */
export function notCatchingUp({ config, deployment, timing }: CatchingUpProps): AlarmSpecification {
  const byTime = Math.ceil(SHORTEST_PATIENCE_MINUTES / PERIODS / timing.interval.toMinutes());
  const gapsInPeriod = Math.max(byTime, sweepsToCatchUp(config, timing));
  const { view, lasting, within, evaluation } = badSweeps(timing, gapsInPeriod);
  return {
    section: 'not-catching-up',
    meaning: `No sweep has reached every workgroup ${lasting}, so that sessions may stay unseen. ${within}`,
    metric: reaperMetric('WorkgroupsWaiting', deployment, view('Minimum')),
    threshold: 1,
    ...evaluation,
  };
}

/** Athena's quota for a region. */
const MOST_WORKGROUPS = 1_000;
/** What is assumed of Athena, which publishes no rates. */
const ASSUMED_CALLS_PER_SECOND = 5;

/** Sweeps until every workgroup of a full region has been listed once, a call for each state. */
export function sweepsToCatchUp(
  { stuck }: Pick<ReaperConfig, 'stuck'>,
  { timeout }: Pick<SweepTiming, 'timeout'>,
): number {
  const calls = MOST_WORKGROUPS * statesListed(stuck);
  return Math.ceil(calls / (timeout.toSeconds() * SHARE_FOR_LISTING * ASSUMED_CALLS_PER_SECOND));
}

/** IDLE, and each state with a limit; a maximum age is a limit in all five. */
function statesListed({ maxAgeMinutes, ...byState }: ReaperConfig['stuck']): number {
  return maxAgeMinutes === undefined ? 1 + Object.keys(byState).length : 5;
}
