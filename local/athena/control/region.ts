/** Direct control of one region: what a test or a simulation does without a call. */
import type { SessionState } from '@aws-sdk/client-athena';
import type { RegionStore } from '../store/region-store.js';
import { dpuMillis, INACTIVE, type StoredSession, stateOf } from '../store/session.js';
import { PYSPARK, type WorkgroupSpec } from '../store/workgroup.js';
import type { Cause } from '../time/timeline.js';
import { placedSession, type SessionPlacement } from './session-placement.js';

/** A session as it truly is, whatever its answers show. */
export interface SessionSnapshot {
  readonly sessionId: string;
  readonly workGroup: string;
  readonly state: SessionState;
  readonly startedAt: Date;
  /** Since when it is in its state. */
  readonly since: Date;
  /** What ends or ended it; undefined while it is active. */
  readonly endedBy: Cause | undefined;
  /** DPUs of coordinator and workers times the time alive, in milliseconds. */
  readonly dpuMillis: number;
  /** When it was in use over Spark Connect, whatever its state showed; the last may still go on. */
  readonly sparkConnectWork: readonly { readonly from: Date; readonly to: Date }[];
  /** States so far, oldest first, each with the time at which it began. */
  readonly history: readonly { readonly state: SessionState; readonly at: Date; readonly cause: Cause }[];
}

/** What is done here costs no call and is not in the journal. */
export class AthenaRegion {
  readonly #store: RegionStore;

  constructor(store: RegionStore) {
    this.#store = store;
  }

  get region(): string {
    return this.#store.region;
  }

  get account(): string {
    return this.#store.account;
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#store.clock.now();
  }

  /** @throws ServiceError if there is one of that name. */
  createWorkgroup(spec: WorkgroupSpec): void {
    this.#store.addWorkgroup(spec);
  }

  /**
   * @returns its id.
   * @throws Error for a placement that contradicts itself, an unknown workgroup or an id that is taken.
   */
  putSession(placement: SessionPlacement): string {
    const { effectiveEngine } = this.#store.workgroup(placement.workGroup);
    const { terminatingMs } = this.#store;
    const session = placedSession(placement, effectiveEngine, this.now(), terminatingMs);
    return this.#store.addSession(session).id;
  }

  /**
   * Makes an idle session BUSY for `durationMs`; then it is IDLE again, whatever its engine.
   * @returns the id of the calculation.
   * @throws Error when the session is not idle.
   */
  runCalculation(sessionId: string, durationMs: number): string {
    const session = this.#store.session(sessionId);
    const state = stateOf(session, this.now());
    if (state !== 'IDLE') throw new Error(`session ${sessionId} is ${state}, not IDLE`);
    return this.#store.startCalculation(session, durationMs).id;
  }

  /**
   * Uses an idle session over Spark Connect for `seconds` from now on, as a client does. What its state shows of
   * that depends on the world; {@link SessionSnapshot.sparkConnectWork} always has it.
   * @throws Error when the session is neither idle nor in use over Spark Connect, or its engine is PySpark 3.
   */
  sparkConnectWork(sessionId: string, { seconds }: { readonly seconds: number }): void {
    const session = this.#store.session(sessionId);
    const { state, cause } = session.timeline.phaseAt(this.now());
    if (session.engineVersion === PYSPARK) throw new Error(`${PYSPARK} has no Spark Connect`);
    if (state !== 'IDLE' && !(state === 'BUSY' && cause === 'spark-connect')) {
      throw new Error(`session ${sessionId} is ${state}, not IDLE`);
    }
    this.#store.workOverSparkConnect(session, seconds * 1000);
  }

  /** Ends a session as somebody else would. It has no effect on an inactive session. */
  endSession(sessionId: string): void {
    this.#store.endSession(this.#store.session(sessionId));
  }

  /** Removes a session as if it had never been; Athena no longer knows its id. */
  forgetSession(sessionId: string): void {
    this.#store.removeSession(sessionId);
  }

  /**
   * Makes GetSession, GetSessionStatus and TerminateSession answer as for a session that the service does not
   * know, while ListSessions goes on listing it.
   */
  loseSession(sessionId: string): void {
    this.#store.lostSessions.add(this.#store.session(sessionId).id);
  }

  /** Sets tags of a workgroup, or of a session, without the service's limits; undefined removes one. */
  tag(
    resource: { readonly workGroup: string } | { readonly sessionId: string },
    tags: Readonly<Record<string, string | undefined>>,
  ): void {
    const owner =
      'sessionId' in resource
        ? this.#store.session(resource.sessionId)
        : this.#store.workgroup(resource.workGroup);
    for (const [key, value] of Object.entries(tags)) {
      if (value === undefined) owner.tags.delete(key);
      else owner.tags.set(key, value);
    }
  }

  /** @throws ServiceError ResourceNotFoundException */
  session(sessionId: string): SessionSnapshot {
    return this.#snapshot(this.#store.session(sessionId));
  }

  /** Every session, ended ones included, in the order in which they were started. */
  sessions(): SessionSnapshot[] {
    return [...this.#store.sessions.values()].map((session) => this.#snapshot(session));
  }

  #snapshot(session: StoredSession): SessionSnapshot {
    const now = this.now();
    const phase = session.timeline.phaseAt(now);
    return {
      sessionId: session.id,
      workGroup: session.workGroup,
      state: phase.state,
      startedAt: new Date(session.startedAt),
      since: new Date(phase.at),
      endedBy: INACTIVE.includes(phase.state) ? phase.cause : undefined,
      dpuMillis: dpuMillis(session, now),
      sparkConnectWork: session.sparkConnectWork.map(({ from, to }) => ({
        from: new Date(from),
        to: new Date(to),
      })),
      history: session.timeline
        .until(now)
        .map(({ state, at, cause }) => ({ state, at: new Date(at), cause })),
    };
  }
}
