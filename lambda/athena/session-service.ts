/**
 * The port through which a sweep reaches Athena. Nothing here mentions the SDK; `athena-sessions.ts` is the adapter.
 */
import type { Session, SessionDetail, SessionState, Tags, Workgroup } from '../policy/session.js';
import { type Denial, denialIn } from './denial.js';

/** What went wrong, in words that decide what happens next. */
export type FailureKind =
  /** The service's rate was exceeded. */
  | 'throttled'
  /** A 5xx, a dropped connection, a timeout, or an answer that cannot be read or lacks what it has to say. */
  | 'unavailable'
  /** The caller may not do this, or its credentials do not hold. */
  | 'denied'
  | 'not-found'
  /** The service refuses the request as it stands. */
  | 'invalid'
  /** Given up because the sweep ran out of time; without a `cause`, nothing was asked that was left unanswered. */
  | 'out-of-time'
  /** Nothing above. */
  | 'unexpected';

/** A call that failed for good, after the retries its kind deserves. */
export class SessionServiceError extends Error {
  override readonly name = 'SessionServiceError';
  constructor(
    readonly kind: FailureKind,
    /** The Athena operation, e.g. `ListSessions`. */
    readonly operation: string,
    /** The service's own error code, e.g. `AccessDeniedException`, or the network's. */
    readonly code: string,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`${operation}: ${code}: ${detail}`, options);
  }

  /** Which kind of policy denies the call; undefined for any other failure, and where IAM does not say. */
  get denial(): Denial | undefined {
    return this.kind === 'denied' ? denialIn(this.message) : undefined;
  }
}

/** Whether a call failed in one of these ways. */
export function isFailure(error: unknown, ...kinds: readonly FailureKind[]): error is SessionServiceError {
  return error instanceof SessionServiceError && kinds.includes(error.kind);
}

/**
 * Whether the service knows nothing of a session that it listed a moment before. The model has
 * ResourceNotFoundException for it; clients meet InvalidRequestException too.
 */
export function isGone(error: unknown): error is SessionServiceError {
  return isFailure(error, 'not-found', 'invalid');
}

/**
 * Whether an identity-based policy of the caller explicitly denies the call, as the role's Deny on exempt tags does.
 * A deny by an organization's policy, a boundary, a session policy or an endpoint does not count.
 */
export function isDeniedByOwnPolicy(error: unknown): error is SessionServiceError {
  if (!isFailure(error, 'denied')) return false;
  const { explicit, policyType } = error.denial ?? {};
  return explicit === true && policyType === 'identity-based policy';
}

/** The tags of a session, as far as Athena lets them be read. */
export interface SessionTags {
  /** Of every page that could be read. */
  readonly tags: Tags;
  /** False where Athena says that there is nothing to read at the session's ARN, at whichever page. */
  readonly readable: boolean;
}

/** When a listing may begin, or that it has. @default `begun` */
export type Begin = AbortSignal | 'begun';

/** A right to call TerminateSession once without waiting; given back when it is not used. */
export interface TerminationPermit {
  release(): void;
}

/**
 * Athena in one region of one account, as the sweep needs it. Every method rejects with a
 * {@link SessionServiceError}; every wait ends when `signal` aborts.
 */
export interface SessionService {
  readonly region: string;
  /** All workgroups, page by page, to the last page. */
  listWorkgroups(signal: AbortSignal): AsyncIterable<readonly Workgroup[]>;
  /**
   * All sessions of a workgroup in one state, page by page, newest first, to the last page.
   * @param begin aborts when the first call may not be made any more. `begun`: the workgroup was listed in another
   * state before, so that its calls go before those that begin another: many would be begun otherwise, and none finished.
   */
  listSessions(
    workGroup: string,
    state: SessionState,
    signal: AbortSignal,
    begin?: Begin,
  ): AsyncIterable<readonly Session[]>;
  /** The session as it is now. Rejects with what {@link isGone} knows where the service no longer knows it. */
  getSession(sessionId: string, signal: AbortSignal): Promise<SessionDetail>;
  /**
   * Tags of a workgroup. They may be remembered for two seconds from when they were asked for, and concurrent
   * readers share one call; rejects whatever the reason why they cannot be read.
   * @param options.fresh asks the service now, whatever is remembered.
   */
  workgroupTags(
    workGroup: string,
    signal: AbortSignal,
    options?: { readonly fresh?: boolean },
  ): Promise<Tags>;
  /** Rejects where they could not be read for a reason that may pass, or that someone has to remove. */
  sessionTags(workGroup: string, sessionId: string, signal: AbortSignal): Promise<SessionTags>;
  /**
   * Waits until the service's rate allows a TerminateSession. Taken before the last look, so that waiting
   * never widens the gap between the look and the call.
   */
  permitTermination(signal: AbortSignal): Promise<TerminationPermit>;
  /**
   * One TerminateSession call, never retried here: a retry needs a new last look.
   * @returns the state the service answered with, as it spelled it.
   */
  terminateSession(
    sessionId: string,
    permit: TerminationPermit,
    signal: AbortSignal,
  ): Promise<string | undefined>;
  /** What the service was asked so far, retries included, and how often it answered that its rate was exceeded. */
  callCounts(): CallCounts;
  /**
   * Milliseconds by which the service's clock is ahead of this machine's, negative where it is behind: as many as
   * its answers so far prove, and 0 where they do not prove that the clocks differ.
   */
  clockOffsetMs(): number;
}

export interface CallCounts {
  readonly calls: number;
  readonly throttled: number;
}
