/** Accounts with more workgroups than one sweep can list in its minute, at the default schedule. */
import type { ReaperSettings } from '../../lambda/contract/settings.js';
import type { Scenario, SessionPlan } from './play/scenario.js';
import { type Observation, play } from './play/simulation.js';
import { UNDISTURBED } from './play/undisturbed.js';

export interface ManyWorkgroups {
  readonly workgroups: number;
  /** Calls per second and operation that Athena allows, with a burst of four times as many. */
  readonly ratePerSecond: number;
  readonly sweeps: number;
  readonly settings?: Partial<ReaperSettings>;
  /** Whether each sweep is by a new process. */
  readonly losesProcess?: boolean;
}

export const INTERVAL_MINUTES = 5;
/** What the stack gives a sweep of that interval. */
export const TIMEOUT_MS = 60_000;

/** One workgroup in so many is in use; it holds a session that is due, and one that is to be. */
const IN_USE = 20;
const SESSIONS: readonly SessionPlan[] = [
  { minutesInState: 60.5, ageMinutes: 90 },
  { minutesInState: 1.5, ageMinutes: 90 },
];

/** @param look what is kept of each sweep, so that memory does not grow with them. */
export function sweepMany<T>(many: ManyWorkgroups, look: (seen: Observation) => T): Promise<readonly T[]> {
  return play(scenarioOf(many), async ({ time, observe, restart }) => {
    const seen: T[] = [];
    while (seen.length < many.sweeps) {
      const at = seen.length * INTERVAL_MINUTES * 60_000;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - time.elapsedMs())));
      if (many.losesProcess) restart();
      seen.push(look(await observe()));
    }
    return seen;
  });
}

function scenarioOf({ workgroups, ratePerSecond, settings = {} }: ManyWorkgroups): Scenario {
  return {
    ...UNDISTURBED,
    settings,
    remainingMs: TIMEOUT_MS,
    latencyMs: 60,
    rateLimit: { ratePerSecond, burst: 4 * ratePerSecond },
    regions: [
      Array.from({ length: workgroups }, (_, n) => ({
        name: `workgroup-${n}`,
        engine: 'PySpark engine version 3' as const,
        tags: {},
        sessions: n % IN_USE === 0 ? SESSIONS : [],
      })),
    ],
  };
}
