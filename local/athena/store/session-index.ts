/** Sessions of a workgroup by state, for listings. */
import type { SessionState } from '@aws-sdk/client-athena';
import { DueQueue } from '../time/due-queue.js';
import type { StoredSession } from './session.js';

/** Where a listing stands: after the session that started at `startedAt` as number `order`. */
export interface Position {
  readonly startedAt: number;
  readonly order: number;
}

interface Filing {
  readonly state: SessionState;
  readonly changesAt: number | undefined;
}

/**
 * The sessions of one workgroup by state, so that a page costs O(page) however many sessions there were.
 * States change by time alone: what has fallen due is refiled at the next look.
 */
export class SessionIndex {
  /** Oldest first: a new session is appended, and pages are read from the end. */
  readonly #byState = new Map<SessionState, StoredSession[]>();
  readonly #filings = new Map<StoredSession, Filing>();
  readonly #changes = new DueQueue<StoredSession>();

  /** Adds a session, or files it anew after its timeline was diverted. */
  file(session: StoredSession, now: number): void {
    const before = this.#filings.get(session);
    const state = session.timeline.phaseAt(now).state;
    const changesAt = session.timeline.nextChangeAfter(now);
    this.#filings.set(session, { state, changesAt });
    if (changesAt !== undefined && changesAt !== before?.changesAt) this.#changes.push(changesAt, session);
    if (state === before?.state) return;
    if (before !== undefined) remove(this.#sessionsIn(before.state), session);
    insert(this.#sessionsIn(state), session);
  }

  remove(session: StoredSession): void {
    const filing = this.#filings.get(session);
    if (filing === undefined) return;
    this.#filings.delete(session);
    remove(this.#sessionsIn(filing.state), session);
  }

  /** Up to `size` sessions in any of `states`, newest first, beginning after `position`. */
  newestFirst(
    states: readonly SessionState[],
    position: Position | undefined,
    size: number,
    now: number,
  ): StoredSession[] {
    this.#refile(now);
    const cursors = states.map((state) => {
      const sessions = this.#sessionsIn(state);
      return { sessions, left: position === undefined ? sessions.length : countBefore(sessions, position) };
    });
    const page: StoredSession[] = [];
    while (page.length < size) {
      const newest = cursors.reduce((best, cursor) => (isNewer(top(cursor), top(best)) ? cursor : best));
      const session = top(newest);
      if (session === undefined) break;
      newest.left -= 1;
      page.push(session);
    }
    return page;
  }

  #refile(now: number): void {
    for (let due = this.#changes.popDue(now); due !== undefined; due = this.#changes.popDue(now)) {
      // A session that was diverted since has another entry, and this one is stale.
      if (this.#filings.get(due.item)?.changesAt === due.at) this.file(due.item, now);
    }
  }

  #sessionsIn(state: SessionState): StoredSession[] {
    let sessions = this.#byState.get(state);
    if (sessions === undefined) {
      sessions = [];
      this.#byState.set(state, sessions);
    }
    return sessions;
  }
}

interface Cursor {
  readonly sessions: readonly StoredSession[];
  left: number;
}

function top(cursor: Cursor): StoredSession | undefined {
  return cursor.sessions[cursor.left - 1];
}

function isNewer(a: Position | undefined, b: Position | undefined): boolean {
  if (a === undefined || b === undefined) return a !== undefined;
  return a.startedAt > b.startedAt || (a.startedAt === b.startedAt && a.order > b.order);
}

/** How many sessions of an oldest-first list are older than `position`. */
function countBefore(sessions: readonly StoredSession[], position: Position): number {
  let low = 0;
  let high = sessions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isNewer(position, sessions[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(sessions: StoredSession[], session: StoredSession): void {
  if (isNewer(session, sessions.at(-1))) sessions.push(session);
  else sessions.splice(countBefore(sessions, session), 0, session);
}

function remove(sessions: StoredSession[], session: StoredSession): void {
  sessions.splice(countBefore(sessions, session), 1);
}
