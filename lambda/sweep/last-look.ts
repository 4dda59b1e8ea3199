/** One due session: its tags, a permit, the last look, and at once the termination. */
import pRetry from 'p-retry';
import {
  isFailure,
  isGone,
  type SessionService,
  type SessionServiceError,
  type TerminationPermit,
} from '../athena/session-service.js';
import type { ReaperSettings } from '../contract/settings.js';
import { decide } from '../policy/decide.js';
import type { Decision } from '../policy/decision.js';
import { limitsFor } from '../policy/limits.js';
import { isInactive } from '../policy/limits-by-state.js';
import type { Session, SessionDetail, Tags } from '../policy/session.js';
import { NO_SPARING, type Sparing, sparingBy } from '../policy/tags.js';
import { clientOf } from '../reporting/client.js';
import { dpuHoursLeft } from '../reporting/saved.js';
import {
  alreadyInactive,
  answered,
  type DueSession,
  deferred,
  type Ending,
  failed,
  gone,
  spared,
  wouldTerminate,
} from './ending.js';

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
  const unanswered: SessionServiceError[] = [];
  const ending = await tryToEnd(due, service, options, (failure) => unanswered.push(failure)).catch(
    (error: unknown) => unended(due, error, unanswered),
  );
  // A call that got no readable answer may have ended the session all the same.
  const mayHaveEnded = ending.mayHaveEnded || unanswered.some(({ kind }) => kind === 'unavailable');
  return { ...ending, mayHaveEnded };
}

/** @param onUnanswered is given the failure of each TerminateSession that only a new last look can settle. */
async function tryToEnd(
  due: DueSession,
  service: SessionService,
  options: LookOptions,
  onUnanswered: (failure: SessionServiceError) => void,
): Promise<Ending> {
  const { session } = due;
  const { sparing, ofSession } = await readTags(session, service, options);
  const client = clientOf(session, ofSession);
  const decision = decideOn(session, sparing, options);
  // A last look cannot make due what tags spare, so it would be a call for nothing.
  if (decision.action !== 'terminate') return { ...spared(session, decision), client };

  const ending = await pRetry(() => attemptToEnd({ session, decision }, sparing, service, options), {
    retries: TERMINATION_RETRIES,
    minTimeout: 200,
    maxTimeout: 2_000,
    randomize: true,
    onFailedAttempt: ({ error }) => {
      if (error instanceof TerminationUnanswered) onUnanswered(error.cause);
    },
    shouldRetry: ({ error }) => error instanceof TerminationUnanswered && !options.stop.aborted,
  });
  return { ...ending, client };
}

/** TerminateSession was throttled or got no readable answer: only a new last look can show what to do. */
class TerminationUnanswered extends Error {
  override readonly name = 'TerminationUnanswered';
  constructor(override readonly cause: SessionServiceError) {
    super('no usable answer', { cause });
  }
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
    if (isLater(decision, due.decision)) return spared(seen, decision, 'idle-since-later');
    const dpuHours = dpuHoursLeft(seen, decision.evidence, now);
    const stillDue = { session: seen, decision };
    if (!permit) return wouldTerminate(stillDue, dpuHours);
    return await terminate(stillDue, dpuHours, permit, service, options);
  } finally {
    permit?.release();
  }
}

async function terminate(
  due: DueSession,
  dpuHours: number | undefined,
  permit: TerminationPermit,
  service: SessionService,
  { lastCall, stop }: LookOptions,
): Promise<Ending> {
  try {
    return answered(due, await service.terminateSession(due.session.sessionId, permit, lastCall), dpuHours);
  } catch (error) {
    if (isFailure(error, 'throttled', 'unavailable')) throw new TerminationUnanswered(error);
    if (isFailure(error, 'not-found')) return gone(due);
    if (isFailure(error, 'denied')) return failed(due, error);
    if (!isFailure(error, 'invalid')) return { ...failed(due, error), mayHaveEnded: true };
    // Some clients meet InvalidRequestException for a session that is gone: a second look shows whether it is.
    const now = await lookAt(due.session, service, stop).catch(() => due.session);
    if (!now) return gone(due);
    return isInactive(now) ? alreadyInactive(now, due.decision) : failed(due, error);
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
  const [ofWorkgroup, { tags: ofSession }] = await Promise.all(reads);
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
    if (isGone(error)) return undefined;
    throw error;
  }
}

function decideOn(session: Session, sparing: Sparing, { settings, now }: LookOptions): Decision {
  return decide(session, limitsFor(session, settings, sparing), now);
}

/** Whether the session was touched between the two decisions, though it is due by both. */
function isLater(now: Decision, before: Decision): boolean {
  return (now.evidence.since?.getTime() ?? 0) > (before.evidence.since?.getTime() ?? 0);
}

/** What was never asked of the service is deferred; what was asked, or refused, has failed. */
function unended(due: DueSession, error: unknown, unanswered: readonly SessionServiceError[]): Ending {
  if (error instanceof TerminationUnanswered) return failed(due, error.cause);
  if (!isFailure(error, 'out-of-time')) return failed(due, error);
  const failure = unanswered.find(({ kind }) => kind === 'unavailable') ?? unanswered.at(-1);
  return failure ? failed(due, failure) : deferred(due, 'out-of-time');
}
