/**
 * When a session is due, and why. Pure: no clock, no network, no logging. Due means: as it is for its limit or longer.
 */
import { type Decision, type DecisionKind, decisionOf, isUnknown } from './decision.js';
import { timeSince } from './instants.js';
import type { Limits } from './limits.js';
import { clocksFor, type LimitClock } from './limits-by-state.js';
import { isSessionState, type Session } from './session.js';

/**
 * Decides what is to become of a session that GetSession shows: what is missing there is nowhere to be had.
 * Idle time is counted from `IdleSinceDateTime`, and from nothing else unless the settings trust
 * `LastModifiedDateTime`. A timestamp that is missing or cannot be true never ends a session.
 */
export function decide(session: Session, limits: Limits, now: Date): Decision {
  return weighed(session, limits, [isDue, isWarning, isUnknown], (limit) =>
    read(limit, session, limits, now),
  );
}

/**
 * Decides what is to become of a session that a listing shows. Where the listing has no `IdleSinceDateTime`,
 * GetSession may have it: see {@link needsLook}. A session that is too young to be due is within its limit.
 */
export function decideListed(session: Session, limits: Limits, now: Date): Decision {
  const untrusting = { ...limits, trustsLastModified: false };
  return weighed(session, untrusting, [isDue, needsLook, isWarning, isUnknown], (limit) => {
    const reading = read(limit, session, untrusting, now);
    return reading.kind === 'no-idle-since' ? byAgeAlone(limit, session, now) : reading;
  });
}

/** Whether a listing cannot decide on a session that may be due, and GetSession perhaps can. */
export function needsLook({ kind }: Decision): boolean {
  return kind === 'no-idle-since';
}

/** What each limit for the state of a session says by itself, for people to read: {@link decide} weighs them. */
export function readEach(session: Session, limits: Limits, now: Date): readonly Decision[] {
  if (!isSessionState(session.state)) return [];
  const clocks = clocksFor(session, session.state, limits);
  return clocks === 'inactive' ? [] : clocks.map((clock) => read(clock, session, limits, now));
}

type Test = (decision: Decision) => boolean;
const isDue: Test = ({ action }) => action === 'terminate';
const isWarning: Test = ({ action }) => action === 'warn';

/** @param order what decides first: a reading that passes the first test, else one that passes the second... */
function weighed(
  session: Session,
  limits: Limits,
  order: readonly Test[],
  reading: (limit: LimitClock) => Decision,
): Decision {
  const keep = (kind: DecisionKind) => decisionOf(kind, limits.rule);
  if (!isSessionState(session.state)) return keep('state-not-known');
  const clocks = clocksFor(session, session.state, limits);
  if (clocks === 'inactive') return keep('inactive');
  if (limits.exempt) return keep(`exempt-by-${limits.exempt}`);
  const decisions = clocks.map(reading);
  const [first] = order.flatMap((test) => decisions.find(test) ?? []);
  return first ?? decisions[0] ?? keep('no-limit');
}

function read(limit: LimitClock, session: Session, limits: Limits, now: Date): Decision {
  const { clock, since, rule, limitMinutes } = limit;
  if (clock === 'idle-since' && !since) return decisionOf('no-idle-since', rule, { clock, limitMinutes });
  const elapsed = timeSince(since, session.startedAt, now);
  if (typeof elapsed === 'string') return decisionOf(elapsed, rule, { clock, limitMinutes });
  const { from, minutes } = elapsed;
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

/** A session has been idle for no longer than it has existed. */
function byAgeAlone({ rule, limitMinutes }: LimitClock, { startedAt }: Session, now: Date): Decision {
  const age = timeSince(startedAt, startedAt, now);
  if (typeof age === 'string' || age.minutes >= limitMinutes) {
    return decisionOf('no-idle-since', rule, { clock: 'idle-since', limitMinutes });
  }
  const evidence = { clock: 'started', since: age.from, minutes: age.minutes, limitMinutes } as const;
  return decisionOf('within-limit', rule, evidence);
}

/** Nothing is remembered between sweeps, so a warning is given by the one sweep that finds the time just begun. */
function warnsNow(minutesLeft: number, { warnMinutes, sweepIntervalMinutes }: Limits): boolean {
  return minutesLeft <= warnMinutes && minutesLeft > warnMinutes - sweepIntervalMinutes;
}
