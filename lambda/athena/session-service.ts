/**
 * The domain's words for what Athena knows, and the port through which a sweep reaches it.
 * Nothing here mentions the SDK; `athena.ts` is the adapter.
 */

/** The eight states of a session. Every Athena API that returns a state may return any of them. */
export const SESSION_STATES = [
  'CREATING',
  'CREATED',
  'IDLE',
  'BUSY',
  'TERMINATING',
  'TERMINATED',
  'DEGRADED',
  'FAILED',
] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** States in which a session holds no DPUs any more, or is about to give them back. */
export const INACTIVE_STATES: readonly SessionState[] = ['TERMINATING', 'TERMINATED', 'FAILED'];

/** Narrows a state as the service spelled it to one that we know. */
export function isSessionState(state: string | undefined): state is SessionState {
  return SESSION_STATES.some((known) => known === state);
}

/** A session as a listing shows it. Every member but the identity may be missing: Athena promises none. */
export interface Session {
  readonly sessionId: string;
  readonly workGroup: string;
  readonly region: string;
  /** As the service spelled it; one we do not know is kept as it is. */
  readonly state: string | undefined;
  readonly description?: string | undefined;
  /** Set by console notebooks only. */
  readonly notebookVersion?: string | undefined;
  readonly engineVersion?: string | undefined;
  readonly startedAt?: Date | undefined;
  readonly lastModifiedAt?: Date | undefined;
  /** Empty when the session is not idle, and perhaps for some idle Apache Spark 3.5 sessions. */
  readonly idleSince?: Date | undefined;
}

/** What GetSession adds to a listing: everything the last look needs. */
export interface SessionDetail extends Session {
  readonly coordinatorDpus?: number | undefined;
  /** The session's own idle timeout, in seconds. */
  readonly idleTimeoutSeconds?: number | undefined;
}

export interface Workgroup {
  readonly name: string;
  /** The effective engine, e.g. `PySpark engine version 3`; missing where the service does not say. */
  readonly engineVersion?: string | undefined;
}

/** Tag keys to values. Empty also where the service says it knows no tags for the resource. */
export type Tags = Readonly<Record<string, string>>;

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
