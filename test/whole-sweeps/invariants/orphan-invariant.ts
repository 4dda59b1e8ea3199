/**
 * What is loud, by the truth of the embedded Athena rather than by what it shows: sweeps in a row that leave a
 * forgotten session alive end in an alarm, whatever Athena answers.
 */
import assert from 'node:assert/strict';
import type { SweepSettings } from '../../../lambda/contract/settings.js';
import type { SessionState } from '../../../lambda/policy/session.js';
import { START } from '../../support/virtual-time.js';
import { ALARM_NAMES, alarmsOn } from '../play/alarms-on.js';
import { type Scenario, type SessionPlan, sessionIdOf, type WorkgroupPlan } from '../play/scenario.js';
import type { Observation } from '../play/simulation.js';
import { regionName } from '../play/stage.js';
import { isSelected } from './oracle.js';
import { isExemptByRule, type RuledAnswer, ruledIdleMinutes } from './rule-oracle.js';
import { isExemptByTags, longestIdleMinutes } from './tag-oracle.js';

/** @param sweeps at least three in a row. */
export function checkOrphansAreLoud(sweeps: readonly Observation[]): void {
  const seen = sweeps.at(-1);
  if (seen?.settings.mode !== 'terminate') return;
  const alarms = alarmsOn(sweeps).filter((name) => LOUD.includes(name));
  if (alarms.length > 0) return;
  const left = orphans(seen.scenario, seen.settings).filter((orphan) => isLeft(seen, orphan));
  const ids = left.map(({ id }) => id).join(', ');
  assert.equal(left.length, 0, `${ids}: forgotten, alive after ${sweeps.length} sweeps, and no alarm is on`);
}

/** Alarms that say of a session that it lives on, or that nobody knows whether it does. */
const LOUD = ALARM_NAMES.filter((name) => name !== 'sessions-failing' && name !== 'cap-reached');

interface Orphan {
  readonly id: string;
  readonly region: string;
  readonly state: SessionState;
}

/** Sessions that are past their limit by more than three sweeps when the first one begins, and are not exempt. */
function orphans({ regions, world }: Scenario, settings: SweepSettings): readonly Orphan[] {
  return regions.flatMap((workgroups, r) =>
    workgroups
      .filter(({ name, engine }) => isSelected(name, settings) && !engine.startsWith('Athena engine'))
      .flatMap((workgroup) =>
        workgroup.sessions
          .map((plan, s) => ({ plan, id: sessionIdOf(r, workgroups.indexOf(workgroup), s) }))
          .filter(({ plan }) => isForgotten(plan, workgroup, settings) && !agesUnseen(plan, world, settings))
          .map(({ plan, id }) => ({ id, region: regionName(r), state: plan.state ?? 'IDLE' })),
      ),
  );
}

function isForgotten(plan: SessionPlan, workgroup: WorkgroupPlan, settings: SweepSettings): boolean {
  const answer = answerOf(plan, workgroup);
  const shown = { ofSession: Object.entries(plan.tags ?? {}), ofWorkgroup: Object.entries(workgroup.tags) };
  if (isExemptByRule(answer, settings, START, shown)) return false;
  const all = [workgroup.tags, plan.tags ?? {}].flatMap((tags) => Object.entries(tags));
  const pairs = settings.tags.enabled ? all : [];
  // Any date counts as an exemption here, for it may end between two sweeps.
  if (isExemptByTags(pairs, settings.tags.prefix, 0)) return false;
  const longer = longestIdleMinutes(pairs, settings.tags.prefix);
  const limit = limitOf(
    plan.state ?? 'IDLE',
    settings,
    Math.max(longer, ruledIdleMinutes(answer, settings, START, shown)),
  );
  const enough = 3 * settings.sweepIntervalMinutes + 1;
  return limit !== undefined && (plan.minutesInState ?? 0) >= limit + enough;
}

function answerOf(
  { description, notebookVersion, executionRole }: SessionPlan,
  workgroup: WorkgroupPlan,
): RuledAnswer {
  return {
    workGroup: workgroup.name,
    EngineVersion: workgroup.engine,
    ...(description !== undefined && { Description: description }),
    ...(notebookVersion !== undefined && { NotebookVersion: notebookVersion }),
    ...(executionRole !== undefined && { SessionConfiguration: { ExecutionRole: executionRole } }),
  };
}

/**
 * Whether it gets older than the maximum age in these very sweeps, and no answer shows for how long it has been idle:
 * it was unknown, with an alarm, and is overdue by its age from then on.
 */
function agesUnseen(
  { ageMinutes = 0, isLost = false }: SessionPlan,
  { idleSince }: Scenario['world'],
  { stuck, sweepIntervalMinutes }: SweepSettings,
): boolean {
  const { maxAgeMinutes } = stuck;
  if (maxAgeMinutes === undefined || !isLost || idleSince === 'filled') return false;
  return Math.abs(ageMinutes - maxAgeMinutes) <= 3 * sweepIntervalMinutes + 1;
}

function limitOf(state: SessionState, { stuck }: SweepSettings, idleMinutes: number): number | undefined {
  switch (state) {
    case 'IDLE':
      return idleMinutes;
    case 'DEGRADED':
      return stuck.degradedMinutes;
    case 'CREATING':
      return stuck.creatingMinutes;
    case 'CREATED':
      return stuck.createdMinutes;
    case 'BUSY':
      return stuck.busyMinutes;
    default:
      return undefined;
  }
}

/** Whether it is still there, and has been as it is all the time. */
function isLeft({ athena }: Observation, { id, region, state }: Orphan): boolean {
  const now = athena.region(region).session(id);
  return now.state === state && now.history.length === 1;
}
