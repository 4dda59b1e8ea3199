/**
 * The port through which a sweep reaches Athena. Nothing here mentions the SDK; `athena-sessions.ts` is the adapter.
 */
import type { Session, SessionDetail, SessionState, Tags, Workgroup } from '../policy/session.js';

/** What went wrong, in words that decide what happens next. */
export type FailureKind =
  /** The service's rate was exceeded. */
  | 'throttled'
  /** A 5xx, a dropped connection, a timeout or an answer that cannot be read. */
  | 'unavailable'
  /** The caller may not do this, or its credentials do not hold. */
  | 'denied'
  | 'not-found'
  /** The service refuses the request as it stands. */
  | 'invalid'
  /** Given up because the sweep ran out of time. */
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
}

/** Whether a call failed in one of these ways. */
export function isFailure(error: unknown, ...kinds: readonly FailureKind[]): error is SessionServiceError {
  return error instanceof SessionServiceError && kinds.includes(error.kind);
}

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
  /** All sessions of a workgroup in one state, page by page, newest first, to the last page. */
  listSessions(
    workGroup: string,
    state: SessionState,
    signal: AbortSignal,
  ): AsyncIterable<readonly Session[]>;
  /** The session as it is now; kind `not-found` where the service no longer knows it. */
  getSession(sessionId: string, signal: AbortSignal): Promise<SessionDetail>;
  workgroupTags(workGroup: string, signal: AbortSignal): Promise<Tags>;
  sessionTags(workGroup: string, sessionId: string, signal: AbortSignal): Promise<Tags>;
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
}

export interface CallCounts {
  readonly calls: number;
  readonly throttled: number;
}
