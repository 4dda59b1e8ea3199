/** What the timeline shows: who used which session when, and what it was doing, row by row. */

import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { type Limits, limitsFor } from '../../../lambda/policy/limits.js';
import { NO_SPARING, sparingBy } from '../../../lambda/policy/tags.js';
import type { Errand } from '../people/work-plan.js';
import { REGION } from '../run/deployed-function.js';
import { MIDNIGHT, type Run } from '../run/run.js';
import type { Phase, SessionLife } from '../run/session-life.js';
import type { SimulatedDay } from '../run/simulated-day.js';

/** Sessions of one workgroup, by the time at which their owners first came. */
export interface TimelineGroup {
  readonly workGroup: string;
  readonly rows: readonly TimelineRow[];
}

/** Everything that one owner did; the sessions of a row follow one another. */
export interface TimelineRow {
  readonly errand: Errand;
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

const MINUTE = 60_000;

export function timelineOf({
  errands,
  withReaper,
  without,
  deployment,
}: SimulatedDay): readonly TimelineGroup[] {
  const livesWith = livesByErrand(withReaper);
  const livesWithout = livesByErrand(without);
  const groups = new Map<string, TimelineRow[]>();
  for (const errand of errands) {
    const lives = livesWith.get(errand) ?? [];
    const spared = (livesWithout.get(errand) ?? []).flatMap((life) => spanOf('spared', life));
    const strips = [...spared, ...lives.flatMap((life) => stripsOf(life, deployment.settings))];
    const marks = [...lives.flatMap(endMark), ...cameBack(errand, withReaper)];
    const rows = groups.get(errand.workGroup) ?? [];
    rows.push({ errand, lives, strips, marks });
    groups.set(errand.workGroup, rows);
  }
  return [...groups].map(([workGroup, rows]) => ({ workGroup, rows }));
}

function livesByErrand({ lives }: Run): ReadonlyMap<Errand, readonly SessionLife[]> {
  const byErrand = new Map<Errand, SessionLife[]>();
  for (const life of lives) byErrand.set(life.errand, [...(byErrand.get(life.errand) ?? []), life]);
  return byErrand;
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
      const limitAt = from + limits.idleMinutes * MINUTE;
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
function limitsOf({ sessionId, errand, phases }: SessionLife, settings: ReaperSettings): Limits {
  const { description, tags = {} } = errand.session;
  const session = { sessionId, workGroup: errand.workGroup, region: REGION, state: 'IDLE', description };
  const now = new Date(phases[0]?.from ?? MIDNIGHT);
  const sparing = settings.tags.enabled ? sparingBy({}, tags, settings.tags.prefix, now) : NO_SPARING;
  return limitsFor(session, settings, sparing);
}

function endMark({ ending }: SessionLife): Mark[] {
  return ending ? [{ kind: ending.by, at: ending.at }] : [];
}

function cameBack(errand: Errand, { foundEnded }: Run): Mark[] {
  return foundEnded.filter((found) => found.errand === errand).map(({ at }) => ({ kind: 'came back', at }));
}
