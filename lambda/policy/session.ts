/** What a sweep knows of sessions, workgroups and tags, in the domain's own words. */

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
  /** The ARN of the role that its code runs as; only GetSession shows it. */
  readonly executionRole?: string | undefined;
  /** Empty when the session is not idle, and perhaps for some idle Apache Spark 3.5 sessions. */
  readonly idleSince?: Date | undefined;
}

/** What GetSession adds to a listing: everything the last look needs. */
export interface SessionDetail extends Session {
  readonly coordinatorDpus?: number | undefined;
  /** What it has billed so far, in DPU-milliseconds; whether that counts idle time is not documented. */
  readonly dpuMillis?: number | undefined;
  readonly endedAt?: Date | undefined;
  /** The same for a manual stop, an idle timeout and a reaper: it does not say who ended a session. */
  readonly stateChangeReason?: string | undefined;
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
