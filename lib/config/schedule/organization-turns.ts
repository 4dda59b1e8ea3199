/**
 * How the targets of an organization, its accounts times regions, take turns. A sweep forms groups of accounts; each
 * group is an Express execution, and sweeps some of its targets at the same time.
 */

/** A group's results leave it as one of at most this many: 250 times some 900 bytes stay below 256 KB. */
export const MOST_GROUPS = 250;
/** As many iterations as an inline map runs at the same time. */
export const MOST_AT_ONCE_IN_GROUP = 40;
/** A group takes this many turns where `maxConcurrency` allows, so that no target waits for many others. */
export const TURNS = 3;
/** An Express execution lasts 300 seconds at most; what is left is for the last answers and retries. */
export const GROUP_SECONDS = 280;
/** From the begin of a target: the function stops some seconds before its answer is due, and needs some before that. */
export const SHORTEST_TARGET_SECONDS = 15;
/** Of a turn, beside the function's own time: Step Functions, and the start of the invocation. */
export const TURN_OVERHEAD_SECONDS = 5;
/** Before the next sweep starts: the sum is made, and what has not begun yet passes through the groups. */
const SECONDS_AFTER_LAST_ANSWER = 15;
/** A target in which nothing is to be done takes about this long. */
const QUICKEST_TARGET_SECONDS = 1;

export interface Targets {
  readonly accounts: number;
  /** The most that an account has. */
  readonly regions: number;
  readonly maxConcurrency: number;
}

/** Seconds from the start of a sweep to the last answer, so that it is over before the next sweep starts. */
export function sweepSeconds(intervalSeconds: number): number {
  return intervalSeconds - SECONDS_AFTER_LAST_ANSWER;
}

/** The turns of the largest group, and the seconds that each target of it then has. */
export function turnsOfGroup({ accounts, regions, maxConcurrency }: Targets) {
  const targets = Math.ceil(accounts / MOST_GROUPS) * regions;
  const atOnce = Math.min(maxConcurrency, MOST_AT_ONCE_IN_GROUP, Math.ceil(targets / TURNS));
  const turns = Math.ceil(targets / atOnce);
  return { targets, turns, seconds: Math.floor(GROUP_SECONDS / turns) - TURN_OVERHEAD_SECONDS };
}

/** The least seconds that a sweep takes, were nothing to be done in any target. */
export function quickestSweep(targets: number, maxConcurrency: number) {
  const turns = Math.ceil(targets / maxConcurrency);
  return { turns, seconds: turns * QUICKEST_TARGET_SECONDS };
}
