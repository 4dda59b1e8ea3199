/** Athena's session port straight on the embedded Athena, without client and wire: a day of calls in seconds. */
import type { SessionService } from '../lambda/athena/session-service.js';
import type { Session, SessionState } from '../lambda/policy/session.js';
import type { AthenaRegion, SessionPlacement } from '../local/athena/index.js';

const WORKGROUPS_PER_PAGE = 50;
const SESSIONS_PER_PAGE = 100;

export class DirectService implements SessionService {
  readonly region: string;
  #calls = 0;
  readonly #byWorkgroup: ReadonlyMap<string, string[]>;

  constructor(
    private readonly athena: AthenaRegion,
    workgroups: readonly string[],
  ) {
    this.region = athena.region;
    this.#byWorkgroup = new Map(workgroups.map((name) => [name, []]));
    for (const name of workgroups) athena.createWorkgroup({ name });
  }

  /** Starts a session; only those started here are listed. */
  start(placement: SessionPlacement): void {
    this.#byWorkgroup.get(placement.workGroup)?.push(this.athena.putSession(placement));
  }

  async *listWorkgroups() {
    const names = [...this.#byWorkgroup.keys()];
    for (let from = 0; from < names.length; from += WORKGROUPS_PER_PAGE) {
      this.#calls += 1;
      yield names
        .slice(from, from + WORKGROUPS_PER_PAGE)
        .map((name) => ({ name, engineVersion: 'PySpark engine version 3' }));
    }
  }

  async *listSessions(workGroup: string, state: SessionState) {
    const ids = this.#byWorkgroup.get(workGroup) ?? [];
    const sessions = ids.map((id) => this.#session(id)).filter((session) => session.state === state);
    for (let from = 0; from === 0 || from < sessions.length; from += SESSIONS_PER_PAGE) {
      this.#calls += 1;
      yield sessions.slice(from, from + SESSIONS_PER_PAGE);
    }
  }

  async getSession(sessionId: string) {
    this.#calls += 1;
    return this.#session(sessionId);
  }

  async workgroupTags() {
    this.#calls += 1;
    return {};
  }

  async sessionTags() {
    this.#calls += 1;
    return { tags: {}, readable: true };
  }

  async permitTermination() {
    return { release: () => undefined };
  }

  async terminateSession(sessionId: string) {
    this.#calls += 1;
    this.athena.endSession(sessionId);
    return 'TERMINATING';
  }

  callCounts() {
    return { calls: this.#calls, throttled: 0 };
  }

  clockOffsetMs() {
    return 0;
  }

  #session(sessionId: string): Session {
    const { workGroup, state, startedAt, since } = this.athena.session(sessionId);
    return {
      sessionId,
      workGroup,
      region: this.region,
      state,
      startedAt,
      lastModifiedAt: since,
      idleSince: state === 'IDLE' ? since : undefined,
    };
  }
}
