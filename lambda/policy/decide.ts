/**
 * When a session is due, and why. Pure: no clock, no network, no logging. `now` is read once per sweep.
 */
import { type Decision, type DecisionKind, decisionOf, isUnknown } from './decision.js';
import type { Limits } from './limits.js';
import { clocksFor, type LimitClock } from './limits-by-state.js';
import { isSessionState, type Session } from './session.js';

const MINUTE_MS = 60_000;

/**
 * Decides what is to become of a session.
 * Due means: as it is for its limit or longer. Idle time is counted from `IdleSinceDateTime`; where an idle
 * session has none, `LastModifiedDateTime` gives a safe lower bound. A timestamp that is missing, malformed or
 * in the future never ends a session.
 */
export function decide(session: Session, limits: Limits, now: Date): Decision {
  const keep = (kind: DecisionKind) => decisionOf(kind, limits.rule);
  if (!isSessionState(session.state)) return keep('state-not-known');
  const clocks = clocksFor(session, session.state, limits);
  if (clocks === 'inactive') return keep('inactive');
  if (limits.exempt) return keep(`exempt-by-${limits.exempt}`);
  const decisions = clocks.map((clock) => read(clock, session, limits, now));
  return (
    decisions.find(({ action }) => action === 'terminate') ??
    decisions.find(({ action }) => action === 'warn') ??
    decisions.find(isUnknown) ??
    decisions[0] ??
    keep('no-limit')
  );
}

/** What each limit for the state of a session says by itself, for people to read: {@link decide} weighs them. */
export function readEach(session: Session, limits: Limits, now: Date): readonly Decision[] {
  if (!isSessionState(session.state)) return [];
  const clocks = clocksFor(session, session.state, limits);
  return clocks === 'inactive' ? [] : clocks.map((clock) => read(clock, session, limits, now));
}

function read(limit: LimitClock, session: Session, limits: Limits, now: Date): Decision {
  const { clock, since, rule, limitMinutes } = limit;
  const unusable = unusableKind(since, session.startedAt, now);
  if (unusable || !since) return decisionOf(unusable ?? 'timestamp-missing', rule, { clock, limitMinutes });

  // A session cannot have been idle for longer than it has existed, whatever an odd timestamp claims.
  const from = session.startedAt && session.startedAt > since ? session.startedAt : since;
  const minutes = (now.getTime() - from.getTime()) / MINUTE_MS;
  const evidence = {
    clock,
    since: from,
    minutes,
    limitMinutes,
    ...(limit.lowerBound && { lowerBound: limit.lowerBound }),
  };
  if (minutes >= limitMinutes) return decisionOf(limit.due, rule, evidence);
  return decisionOf(warnsNow(limitMinutes - minutes, limits) ? 'due-soon' : 'within-limit', rule, evidence);
}

/** Nothing is remembered between sweeps, so a warning is given by the one sweep that finds the time just begun. */
function warnsNow(minutesLeft: number, { warnMinutes, sweepIntervalMinutes }: Limits): boolean {
  return minutesLeft <= warnMinutes && minutesLeft > warnMinutes - sweepIntervalMinutes;
}

function unusableKind(
  since: Date | undefined,
  startedAt: Date | undefined,
  now: Date,
): DecisionKind | undefined {
  if (!since) return 'timestamp-missing';
  const times = [since, ...(startedAt ? [startedAt] : [])].map((date) => date.getTime());
  // Zero and below is what an empty timestamp turns into on its way, never a time at which a session lived.
  if (times.some((time) => !(time > 0))) return 'timestamp-malformed';
  return times.some((time) => time > now.getTime()) ? 'timestamp-in-future' : undefined;
}
