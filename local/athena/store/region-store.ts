/** All that the service holds for one account in one region, and how it changes. */
import type { Clock } from '../time/clock.js';
import { type Cause, endPhases, idlePhases, type Phase, type Timings } from '../time/timeline.js';
import { invalidRequest, resourceNotFound } from '../wire/service-error.js';
import type { World } from '../world/world.js';
import type { Calculation } from './calculation.js';
import { idSequence } from './ids.js';
import { INACTIVE, type StoredSession, stateOf } from './session.js';
import { newWorkgroup, type WorkgroupRecord, type WorkgroupSpec } from './workgroup.js';

/** What a session is made from; the store adds its id, its order and its place in the indexes. */
export type NewSession = Omit<StoredSession, 'id' | 'order' | 'calculations' | 'sparkConnectWork'> & {
  readonly id?: string | undefined;
};

/** An identity-based Deny on TerminateSession by a tag, in any letter case, of what the call is about. */
export interface TagDeny {
  readonly key: string;
  readonly value: string;
}

/** What a region is made with. */
export interface RegionSettings {
  readonly region: string;
  readonly account: string;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly world: World;
  readonly denyTagged?: TagDeny | undefined;
}

/** Changes go through it, so that listings stay right. */
export class RegionStore {
  readonly sessions = new Map<string, StoredSession>();
  readonly calculations = new Map<string, Calculation>();
  /** Sessions by the ClientRequestToken that started them, with what was asked then. */
  readonly requestTokens = new Map<string, { readonly request: string; readonly sessionId: string }>();
  /** Sessions that only listings know. */
  readonly lostSessions = new Set<string>();
  readonly region: string;
  readonly account: string;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly world: World;
  readonly denyTagged: TagDeny | undefined;
  readonly #workgroups = new Map<string, WorkgroupRecord>();
  readonly #nextId: () => string;
  #sorted: readonly WorkgroupRecord[] | undefined;
  #order = 0;

  constructor({ region, account, clock, timings, world, denyTagged }: RegionSettings) {
    this.region = region;
    this.account = account;
    this.clock = clock;
    this.timings = timings;
    this.world = world;
    this.denyTagged = denyTagged;
    this.#nextId = idSequence(`${account}/${region}`);
  }

  /** Milliseconds that a session is TERMINATING. */
  get terminatingMs(): number {
    return this.world.secondsToTerminated * 1000;
  }

  /** @throws ServiceError InvalidRequestException if there is one of that name. */
  addWorkgroup(spec: WorkgroupSpec): void {
    if (this.#workgroups.has(spec.name)) throw invalidRequest(`WorkGroup ${spec.name} is already created.`);
    this.#workgroups.set(spec.name, newWorkgroup(spec, this.clock.now()));
    this.#sorted = undefined;
  }

  /** By name. */
  workgroups(): readonly WorkgroupRecord[] {
    this.#sorted ??= [...this.#workgroups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return this.#sorted;
  }

  findWorkgroup(name: string): WorkgroupRecord | undefined {
    return this.#workgroups.get(name);
  }

  /** @throws ServiceError InvalidRequestException, as Athena answers for a workgroup it does not know. */
  workgroup(name: string): WorkgroupRecord {
    const workgroup = this.findWorkgroup(name);
    if (workgroup === undefined) throw invalidRequest(`WorkGroup ${name} is not found.`);
    return workgroup;
  }

  /** @throws ServiceError ResourceNotFoundException */
  session(id: string): StoredSession {
    const session = this.sessions.get(id);
    if (session === undefined) throw resourceNotFound(`Session ${id} does not exist.`, id);
    return session;
  }

  /** @throws Error if the id is taken. */
  addSession(made: NewSession): StoredSession {
    this.#order += 1;
    const id = made.id ?? this.#nextId();
    const session = { ...made, id, order: this.#order, calculations: [], sparkConnectWork: [] };
    if (this.sessions.has(session.id)) throw new Error(`there is a session ${session.id} already`);
    this.workgroup(session.workGroup).sessions.file(session, this.clock.now());
    this.sessions.set(session.id, session);
    return session;
  }

  /** @throws ServiceError ResourceNotFoundException */
  removeSession(id: string): void {
    const session = this.session(id);
    this.workgroup(session.workGroup).sessions.remove(session);
    this.sessions.delete(id);
    this.lostSessions.delete(id);
  }

  /** Ends a session and stops by force what runs in it. It has no effect on an inactive session. */
  endSession(session: StoredSession): void {
    const now = this.clock.now();
    if (INACTIVE.includes(stateOf(session, now))) return;
    this.#continue(session, endPhases(now, 'TerminateSession', this.terminatingMs));
    for (const work of session.sparkConnectWork) work.to = Math.min(work.to, now);
    const running = session.calculations.at(-1);
    if (running === undefined || now >= running.ending.at) return;
    // The model: "may display as FAILED instead of STOPPED"; so every other one does.
    const state = running.order % 2 === 0 ? 'CANCELED' : 'FAILED';
    running.ending = { at: now, state, reason: 'Session was terminated per request' };
  }

  /** Makes an idle session BUSY for `durationMs`. */
  startCalculation(session: StoredSession, durationMs: number, description?: string): Calculation {
    const now = this.clock.now();
    this.#order += 1;
    const calculation: Calculation = {
      id: this.#nextId(),
      order: this.#order,
      sessionId: session.id,
      description,
      submittedAt: now,
      ending: { at: now + durationMs, state: 'COMPLETED' },
    };
    this.calculations.set(calculation.id, calculation);
    session.calculations.push(calculation);
    this.#continue(session, [
      { at: now, state: 'BUSY', cause: 'calculation' },
      ...this.#idleFrom(session, calculation.ending.at, 'calculation'),
    ]);
    return calculation;
  }

  /** Cancels a running calculation; its session is idle again once that is done. */
  cancelCalculation(calculation: Calculation): void {
    const now = this.clock.now();
    const at = Math.min(calculation.ending.at, now + this.timings.cancelingMs);
    calculation.cancelRequestedAt = now;
    calculation.ending = { at, state: 'CANCELED', reason: 'Calculation was stopped per request' };
    const session = this.session(calculation.sessionId);
    this.#continue(session, this.#idleFrom(session, at, 'calculation'));
  }

  /** Uses a session over Spark Connect for `durationMs`. What that does to its state depends on the world. */
  workOverSparkConnect(session: StoredSession, durationMs: number): void {
    const now = this.clock.now();
    session.sparkConnectWork.push({ from: now, to: now + durationMs });
    const endsAt = Math.max(...session.sparkConnectWork.map(({ to }) => to));
    this.#continue(session, this.#sparkConnectPhases(session, now, endsAt));
  }

  #sparkConnectPhases(session: StoredSession, now: number, endsAt: number): readonly Phase[] {
    const afterwards = this.#idleFrom(session, endsAt, 'spark-connect');
    switch (this.world.sparkConnectWork) {
      case 'busy':
        return stateOf(session, now) === 'BUSY'
          ? afterwards
          : [{ at: now, state: 'BUSY', cause: 'spark-connect' }, ...afterwards];
      case 'idle-moving':
        return [{ at: now, state: 'IDLE', cause: 'spark-connect' }, ...afterwards];
      case 'idle-standing':
        // The phase that holds goes on, and only the end by the idle timeout moves.
        return afterwards.slice(1);
    }
  }

  #idleFrom(session: StoredSession, at: number, cause: Cause): readonly Phase[] {
    return idlePhases(at, cause, session.endsWhenIdleForMs, this.terminatingMs);
  }

  #continue(session: StoredSession, phases: readonly Phase[]): void {
    const now = this.clock.now();
    session.timeline.divert(now, phases);
    this.workgroup(session.workGroup).sessions.file(session, now);
  }
}
