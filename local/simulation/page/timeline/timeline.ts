/** What the timeline shows: who used which session when, and what it was doing, row by row. */

import { MINUTE_MS } from '../../../../lambda/contract/durations.js';
import type { ReaperSettings } from '../../../../lambda/contract/settings.js';
import { type Limits, limitsFor } from '../../../../lambda/policy/limits.js';
import { NO_SPARING, sparingBy } from '../../../../lambda/policy/tags.js';
import type { WorkPlan } from '../../people/work-plan.js';
import { REGION } from '../../run/deployed-function.js';
import type { Run } from '../../run/run.js';
import type { Phase, SessionLife } from '../../run/session-life.js';
import type { SimulatedDay } from '../../run/simulated-day.js';
import { MIDNIGHT } from '../../time.js';

/** Sessions of one workgroup, by the time at which their owners first came. */
export interface TimelineGroup {
  readonly workGroup: string;
  readonly rows: readonly TimelineRow[];
}

/** Everything that one owner did; the sessions of a row follow one another. */
export interface TimelineRow {
  readonly plan: WorkPlan;
  readonly lives: readonly SessionLife[];
  readonly strips: readonly Strip[];
  readonly marks: readonly Mark[];
}

/** Times are epoch milliseconds. */
export interface Strip {
  readonly kind: StripKind;
  readonly from: number;
  readonly to: number;
}

/**
 * `spared`: there without the reaper, and not with it; `exempt`: idle past the limit, and let be.
 * Later ones are drawn over earlier ones.
 */
export const STRIP_KINDS = ['spared', 'idle', 'exempt', 'overdue', 'stuck', 'busy'] as const;
export type StripKind = (typeof STRIP_KINDS)[number];

export interface Mark {
  readonly kind: MarkKind;
  readonly at: number;
}

export const MARK_KINDS = ['reaper', 'own idle timeout', 'owner', 'came back'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

export function timelineOf({
  plans,
  withReaper,
  without,
  deployment,
}: SimulatedDay): readonly TimelineGroup[] {
  const livesWith = livesByPlan(withReaper);
  const livesWithout = livesByPlan(without);
  const groups = new Map<string, TimelineRow[]>();
  for (const plan of plans) {
    const lives = livesWith.get(plan) ?? [];
    const spared = (livesWithout.get(plan) ?? []).flatMap((life) => spanOf('spared', life));
    const strips = [...spared, ...lives.flatMap((life) => stripsOf(life, deployment.settings))];
    const marks = [...lives.flatMap(endMark), ...cameBack(plan, withReaper)];
    const rows = groups.get(plan.workGroup) ?? [];
    rows.push({ plan, lives, strips, marks });
    groups.set(plan.workGroup, rows);
  }
  return [...groups].map(([workGroup, rows]) => ({ workGroup, rows }));
}

function livesByPlan({ lives }: Run): ReadonlyMap<WorkPlan, readonly SessionLife[]> {
  const byPlan = new Map<WorkPlan, SessionLife[]>();
  for (const life of lives) byPlan.set(life.plan, [...(byPlan.get(life.plan) ?? []), life]);
  return byPlan;
}

function spanOf(kind: StripKind, { phases }: SessionLife): Strip[] {
  const [first, last] = [phases[0], phases.at(-1)];
  return first && last ? [{ kind, from: first.from, to: last.to }] : [];
}

function stripsOf(life: SessionLife, settings: ReaperSettings): Strip[] {
  const limits = limitsOf(life, settings);
  return [...spanOf('idle', life), ...life.phases.flatMap((phase) => stripsOfPhase(phase, limits))];
}

function stripsOfPhase({ state, from, to }: Phase, limits: Limits): Strip[] {
  switch (state) {
    case 'BUSY':
      return [{ kind: 'busy', from, to }];
    case 'IDLE': {
      const limitAt = from + limits.idleMinutes * MINUTE_MS;
      return limitAt < to ? [{ kind: limits.exempt ? 'exempt' : 'overdue', from: limitAt, to }] : [];
    }
    case 'DEGRADED':
    case 'CREATING':
      return [{ kind: 'stuck', from, to }];
    default:
      return [];
  }
}

/** The limits that held for a session, by the reaper's own policy. */
function limitsOf({ sessionId, plan, phases }: SessionLife, settings: ReaperSettings): Limits {
  const { description, tags = {} } = plan.session;
  const session = { sessionId, workGroup: plan.workGroup, region: REGION, state: 'IDLE', description };
  const now = new Date(phases[0]?.from ?? MIDNIGHT);
  const sparing = settings.tags.enabled ? sparingBy({}, tags, settings.tags.prefix, now) : NO_SPARING;
  return limitsFor(session, settings, now, { sparing, looked: false });
}

function endMark({ end }: SessionLife): Mark[] {
  return end ? [{ kind: end.by, at: end.at }] : [];
}

function cameBack(plan: WorkPlan, { foundEnded }: Run): Mark[] {
  return foundEnded.filter((found) => found.plan === plan).map(({ at }) => ({ kind: 'came back', at }));
}
