/** A small account in which single faults, worlds and lives are played. */
import { DEFAULT_WORLD } from '../../../local/athena/index.js';
import type { Scenario, SessionPlan } from './scenario.js';

const due: SessionPlan = { minutesInState: 60, ageMinutes: 90 };
const fresh: SessionPlan = { minutesInState: 5, ageMinutes: 90 };
const workgroup = (name: string, sessions: readonly SessionPlan[]) =>
  ({ name, engine: 'PySpark engine version 3', tags: {}, sessions }) as const;

/** Three regions, four workgroups, five due sessions; a page holds two. */
export const BASE: Scenario = {
  seed: 4,
  settings: {},
  event: {},
  remainingMs: 300_000,
  latencyMs: 25,
  world: DEFAULT_WORLD,
  clockOffsetMs: 0,
  denyTagged: false,
  pageSize: 2,
  regions: [
    [workgroup('etl', [due, due, fresh]), workgroup('adhoc', [due, fresh])],
    [workgroup('etl', [due])],
    [workgroup('etl', [due])],
  ],
  faults: [],
  turns: [],
};
