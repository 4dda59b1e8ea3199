/**
 * When a session is due, and why. Pure: no clock, no network, no logging. `now` is read once per sweep.
 */

import { isSessionState, type Session, type SessionState } from '../athena/session-service.js';
import type { Clock } from '../contract/report.js';
import type { ReaperSettings, Rule, StuckLimits } from '../contract/settings.js';
import { matchesGlob } from './globs.js';
import { clocksFor, type LimitClock } from './limits-by-state.js';
import { NO_SPARING, type Sparing } from './tags.js';

const MINUTE_MS = 60_000;

/** The limits that hold for one session, and what set them. */
export interface Limits {
  /** Where the idle limit or the exemption comes from: `default`, `rules[0]`, or the tag that spares. */
  readonly rule: string;
  /** What exempts the session from every limit, where something does. */
  readonly exempt?: 'rule' | 'tag';
  readonly idleMinutes: number;
  readonly stuck: StuckLimits;
  readonly warnMinutes: number;
  readonly sweepIntervalMinutes: number;
}

/** Constant phrases, so that log lines group by them; the figures are in the evidence. */
export type Reason =
  | 'idle past its limit'
  | 'degraded past its limit'
  | 'creating past its limit'
  | 'created but never used past its limit'
  | 'busy past its limit'
  | 'older than the maximum age'
  | 'due soon'
  | 'within its limit'
  | 'exempt by rule'
  | 'exempt by tag'
  | 'in a state without a limit'
  | 'inactive already'
  | 'state not known'
  | 'timestamp missing'
  | 'timestamp malformed'
  | 'timestamp in the future';

/** What a decision rests on. */
export interface Evidence {
  /** The timestamp that time was counted from. */
  readonly clock?: Clock;
  readonly since?: Date;
  /** Minutes from `since` to the sweep's now. */
  readonly minutes?: number;
  readonly limitMinutes?: number;
  /** The session has no idle-since time, so that it has been idle for at least `minutes`, perhaps longer. */
  readonly lowerBound?: true;
}

export interface Decision {
  readonly action: 'terminate' | 'warn' | 'keep';
  readonly reason: Reason;
  readonly rule: string;
  readonly evidence: Evidence;
}

/** Reasons to keep a session only because nothing usable tells how long it has been as it is. */
const UNKNOWN_REASONS: readonly Reason[] = [
  'state not known',
  'timestamp missing',
  'timestamp malformed',
  'timestamp in the future',
];

/** Whether a session was kept for want of a usable timestamp or state; such sessions are counted as unknown. */
export function isUnknown(decision: Decision): boolean {
  return UNKNOWN_REASONS.includes(decision.reason);
}

/**
 * The limits for a session: the first rule that matches, then what tags add.
 * A tag can only spare: it exempts, or gives a longer idle limit, never a shorter one.
 */
export function limitsFor(
  session: Session,
  workgroup: string,
  settings: ReaperSettings,
  sparing: Sparing = NO_SPARING,
): Limits {
  const shared = {
    stuck: settings.stuck,
    warnMinutes: settings.warnMinutes,
    sweepIntervalMinutes: settings.sweepIntervalMinutes,
  };
  const index = settings.rules.findIndex((rule) => ruleMatches(rule, session, workgroup));
  const matched = settings.rules[index];
  const rule = matched ? `rules[${index}]` : 'default';
  const idleMinutes = matched && 'idleMinutes' in matched ? matched.idleMinutes : settings.idleMinutes;
  if (matched && 'exempt' in matched) return { ...shared, rule, exempt: 'rule', idleMinutes };
  if (sparing.exempt) return { ...shared, rule: sparing.exempt.by, exempt: 'tag', idleMinutes };
  if (sparing.idle && sparing.idle.minutes > idleMinutes) {
    return { ...shared, rule: sparing.idle.by, idleMinutes: sparing.idle.minutes };
  }
  return { ...shared, rule, idleMinutes };
}

/** Whether every glob that the rule gives matches; a session without a description has an empty one. */
export function ruleMatches(rule: Rule, session: Session, workgroup: string): boolean {
  const { match } = rule;
  return (
    matchesGlob(match.workgroup ?? '*', workgroup) &&
    matchesGlob(match.description ?? '*', session.description ?? '')
  );
}

/**
 * Decides what is to become of a session.
 * Due means: as it is for its limit or longer. Idle time is counted from `IdleSinceDateTime`; where an idle
 * session has none, `LastModifiedDateTime` gives a safe lower bound. A timestamp that is missing, malformed or
 * in the future never ends a session.
 */
export function decide(session: Session, limits: Limits, now: Date): Decision {
  const keep = (reason: Reason): Decision => ({ action: 'keep', reason, rule: limits.rule, evidence: {} });
  if (!isSessionState(session.state)) return keep('state not known');
  const clocks = clocksFor(session, session.state, limits);
  if (clocks === 'inactive') return keep('inactive already');
  if (limits.exempt) return keep(`exempt by ${limits.exempt}`);
  const decisions = clocks.map((clock) => read(clock, session, limits, now));
  return (
    decisions.find(({ action }) => action === 'terminate') ??
    decisions.find(({ action }) => action === 'warn') ??
    decisions.find(isUnknown) ??
    decisions[0] ??
    keep('in a state without a limit')
  );
}

/** What each limit for the state of a session says by itself, for people to read: {@link decide} weighs them. */
export function readEach(session: Session, limits: Limits, now: Date): readonly Decision[] {
  if (!isSessionState(session.state)) return [];
  const clocks = clocksFor(session, session.state, limits);
  return clocks === 'inactive' ? [] : clocks.map((clock) => read(clock, session, limits, now));
}

/** The states in which some limit can make a session due: what a sweep has to list. */
export function statesWithLimit(settings: ReaperSettings): readonly SessionState[] {
  const { degradedMinutes, creatingMinutes, createdMinutes, busyMinutes, maxAgeMinutes } = settings.stuck;
  const limits: readonly (readonly [SessionState, number | undefined])[] = [
    ['IDLE', settings.idleMinutes],
    ['DEGRADED', degradedMinutes ?? maxAgeMinutes],
    ['CREATING', creatingMinutes ?? maxAgeMinutes],
    ['CREATED', createdMinutes ?? maxAgeMinutes],
    ['BUSY', busyMinutes ?? maxAgeMinutes],
  ];
  return limits.filter(([, minutes]) => minutes !== undefined).map(([state]) => state);
}

function read(limit: LimitClock, session: Session, limits: Limits, now: Date): Decision {
  const { clock, since, rule, limitMinutes } = limit;
  const decision = (action: Decision['action'], reason: Reason, evidence: Evidence): Decision => ({
    action,
    reason,
    rule,
    evidence,
  });
  const unusable = unusableReason(since, session.startedAt, now);
  if (unusable || !since) return decision('keep', unusable ?? 'timestamp missing', { clock, limitMinutes });

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
  if (minutes >= limitMinutes) return decision('terminate', limit.reason, evidence);
  return warnsNow(limitMinutes - minutes, limits)
    ? decision('warn', 'due soon', evidence)
    : decision('keep', 'within its limit', evidence);
}

/** Nothing is remembered between sweeps, so a warning is given by the one sweep that finds the time just begun. */
function warnsNow(minutesLeft: number, { warnMinutes, sweepIntervalMinutes }: Limits): boolean {
  return minutesLeft <= warnMinutes && minutesLeft > warnMinutes - sweepIntervalMinutes;
}

function unusableReason(since: Date | undefined, startedAt: Date | undefined, now: Date): Reason | undefined {
  if (!since) return 'timestamp missing';
  const times = [since, ...(startedAt ? [startedAt] : [])].map((date) => date.getTime());
  // Zero and below is what an empty timestamp turns into on its way, never a time at which a session lived.
  if (times.some((time) => !(time > 0))) return 'timestamp malformed';
  return times.some((time) => time > now.getTime()) ? 'timestamp in the future' : undefined;
}
