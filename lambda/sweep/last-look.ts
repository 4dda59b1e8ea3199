/**
 * One due session: its tags, a permit, the last look, and at once the termination.
 */
import pRetry from 'p-retry';
import {
  type FailureKind,
  type SessionService,
  SessionServiceError,
  type TerminationPermit,
} from '../athena/session-service.js';
import type { DueOutcome } from '../contract/report.js';
import type { ReaperSettings } from '../contract/settings.js';
import { decide } from '../policy/decide.js';
import type { Decision } from '../policy/decision.js';
import { limitsFor } from '../policy/limits.js';
import { INACTIVE_STATES } from '../policy/limits-by-state.js';
import type { Session, SessionDetail, Tags } from '../policy/session.js';
import { NO_SPARING, type Sparing, sparingBy } from '../policy/tags.js';
import { clientOf } from '../reporting/client.js';
import { dpuHoursLeft } from '../reporting/saved.js';

/** A session that the listing found due. */
export interface DueSession {
  readonly session: Session;
  readonly decision: Decision;
}

/** How it ended, and what that was seen from. */
export interface Ending {
  readonly outcome: DueOutcome;
  readonly reason: string;
  /** What was decided last. */
  readonly decision: Decision;
  /** As last seen. */
  readonly session: Session;
  readonly returnedState?: string | undefined;
  readonly client?: string | undefined;
  readonly error?: string;
  /** The service was asked to end it and may have done so, whatever was heard of it: this counts against the cap. */
  readonly mayHaveEnded?: boolean;
  /** Estimate for a session that was, or would be, ended; missing where its own end is not known. */
  readonly dpuHoursSaved?: number | undefined;
}

export interface LookOptions {
  readonly settings: ReaperSettings;
  /** The sweep's one clock reading. */
  readonly now: Date;
  /** Aborts when nothing new may be begun. */
  readonly stop: AbortSignal;
  /** Aborts when not even the answer to a TerminateSession in flight can be waited for. */
  readonly lastCall: AbortSignal;
  /** Tags of the session's workgroup, read at most once per sweep. */
  readonly workgroupTags: () => Promise<Tags>;
}

/** New last looks after a TerminateSession that was throttled or got no readable answer. */
const TERMINATION_RETRIES = 4;

/**
 * Looks at a due session once more and ends it if it is still due, and has been so since the same instant.
 * Athena has no conditional terminate: between the look and the call the session can turn BUSY. The gap can be
 * made short, never zero; nothing is waited for in it.
 *
 * Never rejects: a failure is an outcome.
 */
export async function lookAndEnd(
  due: DueSession,
  service: SessionService,
  options: LookOptions,
): Promise<Ending> {
  let unanswered: TerminationUnanswered | undefined;
  const mayHaveEnded = () => unanswered !== undefined && isKind(unanswered.cause, 'unavailable');
  try {
    const { sparing, ofSession } = await readTags(due.session, service, options);
    const tagged = { ...due, decision: decideOn(due.session, sparing, options) };
    const client = clientOf(due.session, ofSession);
    // A last look cannot make due what tags spare, so it would be a call for nothing.
    if (tagged.decision.action !== 'terminate') return { ...spared(tagged.session, tagged.decision), client };

    const ending = await pRetry(() => attemptToEnd(tagged, sparing, service, options), {
      retries: TERMINATION_RETRIES,
      minTimeout: 200,
      maxTimeout: 2_000,
      randomize: true,
      shouldRetry: ({ error }) => {
        if (!(error instanceof TerminationUnanswered)) return false;
        unanswered = mayHaveEnded() ? unanswered : error;
        return !options.stop.aborted;
      },
    });
    return { ...ending, client, mayHaveEnded: ending.mayHaveEnded || mayHaveEnded() };
  } catch (error) {
    return { ...unended(due, error, unanswered), mayHaveEnded: mayHaveEnded() };
  }
}

/** TerminateSession was throttled or got no readable answer: only a new last look can tell what to do. */
class TerminationUnanswered extends Error {
  override readonly name = 'TerminationUnanswered';
}

async function attemptToEnd(
  due: DueSession,
  sparing: Sparing,
  service: SessionService,
  options: LookOptions,
): Promise<Ending> {
  const { settings, now, stop } = options;
  const permit = settings.mode === 'terminate' ? await service.permitTermination(stop) : undefined;
  try {
    const seen = await lookAt(due.session, service, stop);
    if (!seen) return gone(due);
    const decision = decideOn(seen, sparing, options);
    if (isInactive(seen)) return alreadyInactive(seen, decision);
    if (decision.action !== 'terminate') return spared(seen, decision);
    if (isLater(decision, due.decision)) return spared(seen, decision, 'idle since a later instant');
    const ended = {
      session: seen,
      decision,
      reason: decision.reason,
      dpuHoursSaved: dpuHoursLeft(seen, decision.evidence, now),
    };
    if (!permit) return { ...ended, outcome: 'would-terminate' };
    return await terminate(ended, permit, service, options);
  } finally {
    permit?.release();
  }
}

type Ended = Omit<Ending, 'outcome'>;

async function terminate(
  ended: Ended,
  permit: TerminationPermit,
  service: SessionService,
  { lastCall, stop }: LookOptions,
): Promise<Ending> {
  try {
    const returnedState = await service.terminateSession(ended.session.sessionId, permit, lastCall);
    return answered(ended, returnedState);
  } catch (error) {
    if (isKind(error, 'throttled', 'unavailable')) {
      throw new TerminationUnanswered('no usable answer', { cause: error });
    }
    if (isKind(error, 'not-found')) return gone(ended);
    if (!isKind(error, 'invalid')) {
      return { ...failed(ended, error), mayHaveEnded: !isKind(error, 'denied') };
    }
    // Some clients meet InvalidRequestException for a session that is gone: a second look tells.
    const now = await lookAt(ended.session, service, stop).catch(() => ended.session);
    if (!now) return gone(ended);
    return isInactive(now) ? alreadyInactive(now, ended.decision) : failed(ended, error);
  }
}

/** Counts what the service answered, not what was asked of it. */
function answered(ended: Ended, returnedState: string | undefined): Ending {
  const { dpuHoursSaved, ...known } = ended;
  const rest = { ...known, returnedState, mayHaveEnded: true };
  switch (returnedState) {
    case 'TERMINATING':
    case 'TERMINATED':
      return { ...rest, outcome: 'terminated', dpuHoursSaved };
    case 'FAILED':
      return { ...rest, outcome: 'already-inactive' };
    default:
      return { ...rest, outcome: 'accepted' };
  }
}

async function readTags(
  session: Session,
  service: SessionService,
  { settings, now, stop, workgroupTags }: LookOptions,
) {
  if (!settings.tags.enabled) return { sparing: NO_SPARING, ofSession: {} };
  const reads = [workgroupTags(), service.sessionTags(session.workGroup, session.sessionId, stop)] as const;
  // Where one fails the other is waited for too: nothing may go on behind the sweep's back.
  await Promise.allSettled(reads);
  const [ofWorkgroup, ofSession] = await Promise.all(reads);
  return { sparing: sparingBy(ofWorkgroup, ofSession, settings.tags.prefix, now), ofSession };
}

/** @returns undefined when the service no longer knows the session. */
async function lookAt(
  session: Session,
  service: SessionService,
  stop: AbortSignal,
): Promise<SessionDetail | undefined> {
  try {
    const seen = await service.getSession(session.sessionId, stop);
    return { ...seen, workGroup: session.workGroup };
  } catch (error) {
    if (isKind(error, 'not-found')) return undefined;
    throw error;
  }
}

function decideOn(session: Session, sparing: Sparing, { settings, now }: LookOptions): Decision {
  return decide(session, limitsFor(session, settings, sparing), now);
}

function isInactive({ state }: Session): boolean {
  return INACTIVE_STATES.some((inactive) => inactive === state);
}

/** Whether the session was touched between the two decisions, though it is due by both. */
function isLater(now: Decision, before: Decision): boolean {
  return (now.evidence.since?.getTime() ?? 0) > (before.evidence.since?.getTime() ?? 0);
}

type Seen = Pick<Ending, 'session' | 'decision'>;

function gone({ session, decision }: Seen): Ending {
  return { session, decision, outcome: 'already-inactive', reason: 'gone at the last look' };
}

function alreadyInactive(session: Session, decision: Decision): Ending {
  return { session, decision, outcome: 'already-inactive', reason: `already ${session.state}` };
}

function spared(session: Session, decision: Decision, reason: string = decision.reason): Ending {
  const inUse = decision.kind === 'no-limit';
  return {
    session,
    decision,
    outcome: 'spared',
    reason: inUse ? `${session.state} at the last look` : reason,
  };
}

function failed({ session, decision }: Seen, error: unknown): Ending {
  const message = error instanceof Error ? error.message : String(error);
  return { session, decision, outcome: 'failed', reason: decision.reason, error: message };
}

/** What was never asked of the service is deferred; what was asked, or refused, has failed. */
function unended(due: DueSession, error: unknown, unanswered: TerminationUnanswered | undefined): Ending {
  if (error instanceof TerminationUnanswered) return failed(due, error.cause);
  if (!isKind(error, 'out-of-time')) return failed(due, error);
  return unanswered ? failed(due, unanswered.cause) : deferred(due, 'out of time');
}

function isKind(error: unknown, ...kinds: readonly FailureKind[]): boolean {
  return error instanceof SessionServiceError && kinds.includes(error.kind);
}

/** A due session that is left to the next sweep. */
export function deferred({ session, decision }: DueSession, reason: string): Ending {
  return { session, decision, outcome: 'deferred', reason };
}
