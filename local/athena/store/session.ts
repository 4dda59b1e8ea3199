/** A session as the service has it. */
import type { EngineConfiguration, SessionState } from '@aws-sdk/client-athena';
import type { Phase, Timeline } from '../time/timeline.js';
import type { JsonObject, OnWire } from '../wire/json.js';
import type { Calculation } from './calculation.js';

/** What the service has on a session. Times are epoch milliseconds. */
export interface StoredSession {
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
  /** Workers of one DPU each, for as long as it lives. */
  readonly workers: number;
  readonly executionRole?: string | undefined;
  readonly monitoringConfiguration?: JsonObject | undefined;
  /** Its own idle timeout, as it was asked for. */
  readonly idleTimeoutMs: number | undefined;
  /** Idle time after which it ends by itself; undefined: never. */
  readonly endsWhenIdleForMs: number | undefined;
  readonly tags: Map<string, string>;
  readonly calculations: Calculation[];
  /** Work over Spark Connect, in the order in which it began. */
  readonly sparkConnectWork: Work[];
  readonly oddities: Oddities;
}

/** The session is in use from `from` until `to`, whatever its state says. */
export interface Work {
  readonly from: number;
  to: number;
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

/** States in which a session has ended. */
export const ENDED: readonly SessionState[] = ['TERMINATED', 'FAILED'];

export function stateOf(session: StoredSession, now: number): SessionState {
  return session.timeline.phaseAt(now).state;
}

/** DPUs of coordinator and workers times the time alive, in milliseconds: what the session has billed so far. */
export function dpuMillis(session: StoredSession, now: number): number {
  return (session.coordinatorDpus + session.workers) * aliveMs(session, now);
}

function aliveMs(session: StoredSession, now: number): number {
  const phase = session.timeline.phaseAt(now);
  const until = ENDED.includes(phase.state) ? phase.at : now;
  return Math.max(0, until - session.startedAt);
}
