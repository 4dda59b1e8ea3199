/** A session, and what its answers show of it. */
import type { EngineConfiguration, SessionState, SessionStatus } from '@aws-sdk/client-athena';
import type { Phase, Timeline } from '../time/timeline.js';
import type { JsonObject, OnWire } from '../wire/json.js';
import { epochSeconds } from '../wire/protocol.js';
import type { Calculation } from './calculation.js';

/** What the service has on a session. Times are epoch milliseconds. */
export interface SessionRecord {
  readonly id: string;
  /** Counts up with each session of a region; the later of two that start in one millisecond is newer. */
  readonly order: number;
  readonly workGroup: string;
  readonly startedAt: number;
  readonly timeline: Timeline;
  readonly description?: string | undefined;
  readonly notebookVersion?: string | undefined;
  readonly engineVersion: string;
  readonly engineConfiguration: OnWire<EngineConfiguration>;
  readonly coordinatorDpus: number;
  readonly executionRole?: string | undefined;
  readonly monitoringConfiguration?: JsonObject | undefined;
  /** Its own idle timeout, as it was asked for. */
  readonly idleTimeoutMs: number | undefined;
  /** Idle time after which it ends by itself; undefined: never. */
  readonly endsWhenIdleForMs: number | undefined;
  readonly tags: Map<string, string>;
  readonly calculations: Calculation[];
  readonly oddities: Oddities;
}

/** What makes a session different from what the model promises. */
export interface Oddities {
  /** Members of Status that are never shown. */
  readonly hidden: ReadonlySet<string>;
  /** Members of Status that are shown as given, for as long as `phase` holds. */
  readonly shown?: { readonly phase: Phase; readonly status: JsonObject } | undefined;
  readonly terminateAnswer?: TerminateAnswer | undefined;
}

/** What TerminateSession answers instead of the truth. */
export interface TerminateAnswer {
  /** Left out: the answer has no State. May be one that no model knows. */
  readonly state?: string | undefined;
  /** Whether the session ends all the same. */
  readonly takesEffect: boolean;
}

/** States in which TerminateSession has no effect (the model's "already inactive"). */
export const INACTIVE: readonly SessionState[] = ['TERMINATING', 'TERMINATED', 'FAILED'];

/** States that a listing without a filter shows. The model names these four; DEGRADED has to be asked for. */
export const LISTED_UNFILTERED: readonly SessionState[] = ['CREATING', 'CREATED', 'IDLE', 'BUSY'];

const GONE: readonly SessionState[] = ['TERMINATED', 'FAILED'];

/** By the user guide the same reason is given for a manual stop and for an idle timeout. */
const TERMINATED_REASON = 'Session was terminated per request';

export function stateOf(session: SessionRecord, now: number): SessionState {
  return session.timeline.phaseAt(now).state;
}

/** The Status member of GetSession, GetSessionStatus and ListSessions. */
export function statusOf(session: SessionRecord, now: number): OnWire<SessionStatus> {
  const phase = session.timeline.phaseAt(now);
  const { hidden, shown } = session.oddities;
  const status: OnWire<SessionStatus> = {
    StartDateTime: epochSeconds(session.startedAt),
    LastModifiedDateTime: epochSeconds(phase.at),
    EndDateTime: GONE.includes(phase.state) ? epochSeconds(phase.at) : undefined,
    IdleSinceDateTime: phase.state === 'IDLE' ? epochSeconds(phase.at) : undefined,
    State: phase.state,
    StateChangeReason: reasonFor(phase),
    ...(shown?.phase === phase ? shown.status : {}),
  };
  if (hidden.size === 0) return status;
  return Object.fromEntries(Object.entries(status).filter(([member]) => !hidden.has(member)));
}

function reasonFor({ state }: Phase): string | undefined {
  if (state === 'FAILED') return 'Session failed';
  return INACTIVE.includes(state) ? TERMINATED_REASON : undefined;
}

/** Coordinator DPUs times the time alive, in milliseconds: the least that the session has billed so far. */
export function dpuMillis(session: SessionRecord, now: number): number {
  return session.coordinatorDpus * aliveMs(session, now);
}

function aliveMs(session: SessionRecord, now: number): number {
  const phase = session.timeline.phaseAt(now);
  const until = GONE.includes(phase.state) ? phase.at : now;
  return Math.max(0, until - session.startedAt);
}
