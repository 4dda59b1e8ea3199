/**
 * Which limits hold in which state, and from which timestamp each is counted: one table, from which listing,
 * deciding and explaining all read.
 */
import type { Clock } from '../contract/report.js';
import type { ReaperSettings, StuckLimits } from '../contract/settings.js';
import type { DueKind } from './decision.js';
import type { Limits } from './limits.js';
import { isSessionState, type Session, type SessionState } from './session.js';

/** The limit of a state in which a session can be due; `stuck.maxAgeMinutes`, from the session's start, holds in each. */
interface StateLimits {
  /** What a session is that has passed the state's own limit. */
  readonly due: DueKind;
  /** The setting that gives the state's own limit: `idleMinutes`, or a key of `stuck`. */
  readonly setting: 'idleMinutes' | Exclude<keyof StuckLimits, 'maxAgeMinutes'>;
  /**
   * The timestamp that the state's own limit is counted from. That `last-modified` moves when the state changes is
   * not promised; whoever sets such a limit trusts that it does. CREATING is the first state that a session has.
   */
  readonly clock: Clock;
}

/** `inactive`: the session holds no DPUs any more, or is about to give them back. Listed in this order. */
export const LIMITS_BY_STATE = {
  IDLE: { due: 'idle-past-limit', setting: 'idleMinutes', clock: 'idle-since' },
  DEGRADED: { due: 'degraded-past-limit', setting: 'degradedMinutes', clock: 'last-modified' },
  CREATING: { due: 'creating-past-limit', setting: 'creatingMinutes', clock: 'started' },
  CREATED: { due: 'created-past-limit', setting: 'createdMinutes', clock: 'last-modified' },
  BUSY: { due: 'busy-past-limit', setting: 'busyMinutes', clock: 'last-modified' },
  TERMINATING: 'inactive',
  TERMINATED: 'inactive',
  FAILED: 'inactive',
} as const satisfies Readonly<Record<SessionState, StateLimits | 'inactive'>>;

const STATES: readonly SessionState[] = Object.keys(LIMITS_BY_STATE).filter(isSessionState);

/** States in which a session has ended, or is about to. */
export const INACTIVE_STATES: readonly SessionState[] = STATES.filter(
  (state) => LIMITS_BY_STATE[state] === 'inactive',
);

export function isInactive({ state }: Session): boolean {
  return INACTIVE_STATES.some((inactive) => inactive === state);
}

/** The states in which some limit can make a session due: what a sweep has to list. */
export function statesWithLimit(
  settings: Pick<ReaperSettings, 'idleMinutes' | 'stuck'>,
): readonly SessionState[] {
  return STATES.filter((state) => {
    const row = LIMITS_BY_STATE[state];
    if (row === 'inactive') return false;
    return ownLimit(row, settings) !== undefined || settings.stuck.maxAgeMinutes !== undefined;
  });
}

/** Whether some limit can make a session due in each state in which it has not ended, so that a sweep lists them all. */
export function listsEveryState(settings: Pick<ReaperSettings, 'idleMinutes' | 'stuck'>): boolean {
  return statesWithLimit(settings).length === STATES.length - INACTIVE_STATES.length;
}

/** The limits, in minutes, that are counted from `LastModifiedDateTime` in any state. */
export function lastModifiedLimits({ stuck }: Pick<ReaperSettings, 'stuck'>): readonly number[] {
  return STATES.flatMap((state) => {
    const row = LIMITS_BY_STATE[state];
    if (row === 'inactive' || row.clock !== 'last-modified') return [];
    return stuck[row.setting] ?? [];
  });
}

/** One limit and the timestamp that it is counted from. */
export interface LimitClock {
  readonly due: DueKind;
  readonly clock: Clock;
  readonly since: Date | undefined;
  readonly limitMinutes: number;
  readonly rule: string;
  readonly lowerBound?: true;
}

/** The limits that can make a session due in its state. */
export function clocksFor(
  session: Session,
  state: SessionState,
  limits: Limits,
): readonly LimitClock[] | 'inactive' {
  const row = LIMITS_BY_STATE[state];
  if (row === 'inactive') return row;
  return [...ownClock(session, row, limits), ...ageClock(session, limits.stuck)];
}

function ownClock(session: Session, row: StateLimits, limits: Limits): readonly LimitClock[] {
  const { due, setting, clock } = row;
  const limitMinutes = ownLimit(row, limits);
  if (limitMinutes === undefined) return [];
  const limit = { due, limitMinutes, rule: setting === 'idleMinutes' ? limits.rule : `stuck.${setting}` };
  const trusted = clock === 'idle-since' && !session.idleSince && limits.trustsLastModified;
  if (!trusted) return [{ ...limit, clock, since: instantOf(session, clock) }];
  return [{ ...limit, clock: 'last-modified', since: session.lastModifiedAt, lowerBound: true }];
}

function instantOf({ idleSince, lastModifiedAt, startedAt }: Session, clock: Clock): Date | undefined {
  switch (clock) {
    case 'idle-since':
      return idleSince;
    case 'last-modified':
      return lastModifiedAt;
    case 'started':
      return startedAt;
  }
}

function ageClock(session: Session, { maxAgeMinutes }: StuckLimits): readonly LimitClock[] {
  if (maxAgeMinutes === undefined) return [];
  const limit = { limitMinutes: maxAgeMinutes, rule: 'stuck.maxAgeMinutes' };
  return [{ due: 'past-max-age', clock: 'started', since: session.startedAt, ...limit }];
}

function ownLimit(
  { setting }: StateLimits,
  { idleMinutes, stuck }: Pick<ReaperSettings, 'idleMinutes' | 'stuck'>,
): number | undefined {
  return setting === 'idleMinutes' ? idleMinutes : stuck[setting];
}
