/** The fleets that the bench sweeps, and the least that any sweep of one has to do. */
import type { AthenaRegion, RateLimit } from '../local/athena/index.js';

export const REGION = 'eu-west-1';

/** In each workgroup the same number of sessions, and due ones in as many workgroups as there are due sessions. */
export interface Fleet {
  readonly workgroups: number;
  readonly sessionsEach: number;
  readonly dueEach: number;
}

export const LARGE: Fleet = { workgroups: 1_000, sessionsEach: 10, dueEach: 1 };
export const MEDIUM: Fleet = { workgroups: 60, sessionsEach: 10, dueEach: 1 };
export const SMALL: Fleet = { workgroups: 1, sessionsEach: 10, dueEach: 1 };

export function placeFleet(region: AthenaRegion, { workgroups, sessionsEach, dueEach }: Fleet): void {
  for (let w = 0; w < workgroups; w += 1) {
    const workGroup = `workgroup-${String(w).padStart(4, '0')}`;
    region.createWorkgroup({ name: workGroup });
    for (let s = 0; s < sessionsEach; s += 1) {
      region.putSession({ workGroup, minutesInState: s < dueEach ? 60 : 5, ageMinutes: 60 + s });
    }
  }
}

export function describeFleet({ workgroups, sessionsEach, dueEach }: Fleet): string {
  const count = (n: number, thing: string) => `${n.toLocaleString('en')} ${thing}${n === 1 ? '' : 's'}`;
  return `${count(workgroups, 'workgroup')}, ${count(workgroups * sessionsEach, 'session')}, ${workgroups * dueEach} due`;
}

/** The fewest calls that list everything, look once more at each due session, and end it. */
export function leastCalls({ workgroups, sessionsEach, dueEach }: Fleet, tags: boolean) {
  const due = workgroups * dueEach;
  return {
    ListWorkGroups: Math.ceil(workgroups / 50),
    ListSessions: workgroups * Math.ceil(sessionsEach / 100),
    ListTagsForResource: tags ? workgroups + due : 0,
    GetSession: due,
    TerminateSession: due,
  } as const;
}

export function totalOf(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((sum, n) => sum + n, 0);
}

export interface Service {
  readonly latencyMs: number;
  /** For each operation; undefined: none. */
  readonly rateLimit?: RateLimit | undefined;
}

/**
 * Milliseconds that no sweep can beat: all operations side by side, each at its own rate, of which the slowest
 * decides; but not less than the calls that have to wait for each other's answers, one after the other.
 */
export function boundMs(fleet: Fleet, tags: boolean, { latencyMs, rateLimit }: Service): number {
  const calls = leastCalls(fleet, tags);
  const rounds = calls.ListWorkGroups + (tags ? 4 : 3);
  if (!rateLimit) return rounds * latencyMs;
  const { burst, ratePerSecond } = rateLimit;
  const slowest = Math.max(...Object.values(calls).map((n) => Math.max(0, n - burst) / ratePerSecond));
  return Math.max(slowest * 1_000 + latencyMs, rounds * latencyMs);
}
