/** Which limits hold in which state, and from which timestamp each is counted. */

import type { Session, SessionState } from '../athena/session-service.js';
import type { Clock } from '../contract/report.js';
import type { StuckLimits } from '../contract/settings.js';
import type { Limits, Reason } from './decide.js';

/** One limit and the timestamp that it is counted from. */
export interface LimitClock {
  readonly reason: Reason;
  readonly clock: Clock;
  readonly since: Date | undefined;
  readonly limitMinutes: number;
  readonly rule: string;
  readonly lowerBound?: true;
}

/** The limits that can make a session due in its state. */
export function clocksFor(session: Session, state: SessionState, limits: Limits): LimitClock[] | 'inactive' {
  const { stuck } = limits;
  switch (state) {
    case 'IDLE':
      return [idleClock(session, limits), ...ageClock(session, stuck)];
    case 'DEGRADED':
      return [
        ...stuckClock(session, 'degraded past its limit', stuck.degradedMinutes, 'stuck.degradedMinutes'),
        ...ageClock(session, stuck),
      ];
    case 'CREATING':
      return [
        ...stuckClock(session, 'creating past its limit', stuck.creatingMinutes, 'stuck.creatingMinutes'),
        ...ageClock(session, stuck),
      ];
    case 'CREATED':
      return [
        ...stuckClock(
          session,
          'created but never used past its limit',
          stuck.createdMinutes,
          'stuck.createdMinutes',
        ),
        ...ageClock(session, stuck),
      ];
    case 'BUSY':
      return [
        ...stuckClock(session, 'busy past its limit', stuck.busyMinutes, 'stuck.busyMinutes'),
        ...ageClock(session, stuck),
      ];
    case 'TERMINATING':
    case 'TERMINATED':
    case 'FAILED':
      return 'inactive';
    default:
      return state satisfies never;
  }
}

function idleClock(session: Session, limits: Limits): LimitClock {
  const idle = {
    reason: 'idle past its limit',
    limitMinutes: limits.idleMinutes,
    rule: limits.rule,
  } as const;
  return session.idleSince
    ? { ...idle, clock: 'idle-since', since: session.idleSince }
    : { ...idle, clock: 'last-modified', since: session.lastModifiedAt, lowerBound: true };
}

/** A session has been in its state at least since it was last modified: a safe lower bound. */
function stuckClock(
  session: Session,
  reason: Reason,
  limitMinutes: number | undefined,
  rule: string,
): LimitClock[] {
  if (limitMinutes === undefined) return [];
  return [{ reason, clock: 'last-modified', since: session.lastModifiedAt, limitMinutes, rule }];
}

function ageClock(session: Session, { maxAgeMinutes }: StuckLimits): LimitClock[] {
  if (maxAgeMinutes === undefined) return [];
  const reason = 'older than the maximum age';
  return [
    {
      reason,
      clock: 'started',
      since: session.startedAt,
      limitMinutes: maxAgeMinutes,
      rule: 'stuck.maxAgeMinutes',
    },
  ];
}
