import * as v from 'valibot';
import { HOUR_MS } from '../../../lambda/contract/durations.js';
import { LOG_MESSAGES } from '../../../lambda/contract/telemetry.js';
import type { WorkPlan } from '../people/work-plan.js';
import { logLines } from './log-lines.js';
import type { Run } from './run.js';

/** What the reaper saved, measured, beside what it says it saved. DPU-hours, of coordinators alone. */
export interface Saved {
  readonly without: number;
  readonly with: number;
  /** `without` less `with`: what was not billed. */
  readonly measured: number;
  /** The sum of what the reaper reported at each sweep. */
  readonly estimate: number;
  /** Why the two differ: they add up to `measured` less `estimate`. */
  readonly differences: Readonly<Record<Difference, number>>;
}

export type Difference =
  /** Sessions of which nothing is claimed, because their own end is not known. */
  | 'notClaimed'
  /** Claimed for hours that come after the simulated ones. */
  | 'afterTheEnd'
  /** Owners who came back: without the reaper they would have gone on, and with it they started again. */
  | 'cameBack'
  /** What is left, e.g. the seconds that a session takes to end. */
  | 'rest';

/** Compares two runs of the same people, one without the reaper and one with it. */
export function savedBetween(without: Run, withReaper: Run): Saved {
  const claims = claimsOf(withReaper);
  const cameBack = new Set(withReaper.foundEnded.map(({ plan }) => plan));
  const before = dpuHoursByPlan(without);
  const after = dpuHoursByPlan(withReaper);
  const differences = { notClaimed: 0, afterTheEnd: 0, cameBack: 0, rest: 0 };
  for (const [plan, dpuHours] of before) {
    const saved = dpuHours - (after.get(plan) ?? 0);
    const { claimed, beyondEnd, unclaimed } = claims.get(plan) ?? NO_CLAIM;
    const reason = cameBack.has(plan) ? 'cameBack' : unclaimed ? 'notClaimed' : 'rest';
    differences[reason] += saved - claimed + beyondEnd;
    differences.afterTheEnd -= beyondEnd;
  }
  const [total, left] = [sum(before.values()), sum(after.values())];
  const estimate = sum([...claims.values()].map(({ claimed }) => claimed));
  return { without: total, with: left, measured: total - left, estimate, differences };
}

interface Claim {
  readonly claimed: number;
  readonly beyondEnd: number;
  /** A session was ended of which nothing is claimed. */
  readonly unclaimed: boolean;
}

const NO_CLAIM: Claim = { claimed: 0, beyondEnd: 0, unclaimed: false };

const endedSchema = v.object({
  message: v.literal(LOG_MESSAGES.session),
  outcome: v.literal('terminated'),
  sessionId: v.string(),
  dpuHoursSaved: v.optional(v.number()),
});

/** What the reaper claims for the sessions of each plan. */
function claimsOf({ sweeps, lives, endedAt }: Run): ReadonlyMap<WorkPlan, Claim> {
  const plans = new Map(lives.map(({ sessionId, plan }) => [sessionId, plan]));
  const claims = new Map<WorkPlan, Claim>();
  for (const { timestamp, fields } of logLines(sweeps)) {
    const ended = v.safeParse(endedSchema, fields);
    const plan = ended.success && plans.get(ended.output.sessionId);
    if (!plan) continue;
    const { dpuHoursSaved } = ended.output;
    const claimed = dpuHoursSaved ?? 0;
    const dpuHoursToTheEnd = ((endedAt - timestamp) / HOUR_MS) * (plan.session.coordinatorDpus ?? 1);
    const soFar = claims.get(plan) ?? NO_CLAIM;
    claims.set(plan, {
      claimed: soFar.claimed + claimed,
      beyondEnd: soFar.beyondEnd + Math.max(0, claimed - dpuHoursToTheEnd),
      unclaimed: soFar.unclaimed || dpuHoursSaved === undefined,
    });
  }
  return claims;
}

function dpuHoursByPlan({ lives }: Run): ReadonlyMap<WorkPlan, number> {
  const byPlan = new Map<WorkPlan, number>();
  for (const { plan, dpuHours } of lives) byPlan.set(plan, (byPlan.get(plan) ?? 0) + dpuHours);
  return byPlan;
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}
