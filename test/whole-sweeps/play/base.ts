/** A small account in which single faults, worlds and lives are played. */
import type { Scenario, SessionPlan } from './scenario.js';
import { UNDISTURBED } from './undisturbed.js';

const due: SessionPlan = { minutesInState: 60, ageMinutes: 90 };
const fresh: SessionPlan = { minutesInState: 5, ageMinutes: 90 };
const workgroup = (name: string, sessions: readonly SessionPlan[]) =>
  ({ name, engine: 'PySpark engine version 3', tags: {}, sessions }) as const;

/** Three regions, four workgroups, five due sessions; a page holds two. */
export const BASE: Scenario = {
  ...UNDISTURBED,
  pageSize: 2,
  regions: [
    [workgroup('etl', [due, due, fresh]), workgroup('adhoc', [due, fresh])],
    [workgroup('etl', [due])],
    [workgroup('etl', [due])],
  ],
};
