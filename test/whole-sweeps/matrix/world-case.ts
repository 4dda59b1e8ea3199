/** One way in which Athena may be, and the fleets that it is played with. */
import { DEFAULT_WORLD, type World } from '../../../local/athena/index.js';
import { BASE } from '../play/base.js';
import type { Scenario, SessionPlan, WorkgroupPlan } from '../play/scenario.js';

export interface WorldCase {
  /** Its anchor in `docs/failure-modes.md`. */
  readonly id: string;
  readonly world: Partial<World>;
  readonly what: string;
  readonly scenario?: Partial<Scenario>;
  /** Alarms that are on after three sweeps. */
  readonly alarms: readonly string[];
  readonly note: string;
}

export const PREFIX = 'session-reaper';
export const EXEMPT = { [`${PREFIX}:exempt`]: 'true' };
export const due: SessionPlan = { minutesInState: 60, ageMinutes: 90 };
export const exempt: SessionPlan = { ...due, tags: EXEMPT };
const fresh: SessionPlan = { minutesInState: 5, ageMinutes: 90 };

export function workgroup(name: string, sessions: readonly SessionPlan[], more: Partial<WorkgroupPlan> = {}) {
  return { name, engine: 'Apache Spark version 3.5', tags: {}, sessions, ...more } as const;
}

/** One session of each kind on the newer engine, and one on the older. */
export const FLEET = [
  workgroup('etl', [due, exempt, fresh]),
  workgroup('adhoc', [due], { engine: 'PySpark engine version 3' }),
];

/** What a case is played in, but for its world and what it says itself. */
const WORLD_BASE: Scenario = { ...BASE, regions: [FLEET], pageSize: 100 };

/** Sessions of which one becomes due at each sweep. */
export const coming: readonly SessionPlan[] = [60, 27, 22].map((minutes) => ({
  minutesInState: minutes,
  ageMinutes: 90,
}));

export const only = (...sessions: readonly SessionPlan[]) => ({ regions: [[workgroup('etl', sessions)]] });
export const TRUST = { settings: { trust: { lastModified: true } } };
export const NONE: readonly string[] = [];

/** The scenario of a case. */
export function scenarioOf({ world, scenario }: WorldCase): Scenario {
  return { ...WORLD_BASE, ...scenario, world: { ...DEFAULT_WORLD, ...world } };
}
