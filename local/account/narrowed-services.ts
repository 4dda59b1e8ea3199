/** Athena through other eyes: narrowed to some sessions, or watched while it is swept. */
import type { SessionService } from '../../lambda/athena/session-service.js';
import type { Session, SessionDetail, SessionState, Workgroup } from '../../lambda/policy/session.js';

/**
 * Athena as if it held nothing but the sessions that a person agreed to: a sweep of it can end no other. They are
 * listed as they were shown; every look at one, its tags and its end are the real ones. Calls are counted from here on.
 */
export function onlyConfirmed(service: SessionService, confirmed: readonly Session[]): SessionService {
  const here = confirmed.filter(({ region }) => region === service.region);
  const names = [...new Set(here.map(({ workGroup }) => workGroup))];
  const before = service.callCounts();
  return {
    ...delegating(service),
    callCounts: () => {
      const { calls, throttled } = service.callCounts();
      return { calls: calls - before.calls, throttled: throttled - before.throttled };
    },
    async *listWorkgroups(): AsyncGenerator<readonly Workgroup[]> {
      yield names.map((name) => ({ name }));
    },
    async *listSessions(workGroup: string, state: SessionState): AsyncGenerator<readonly Session[]> {
      yield here.filter((session) => session.workGroup === workGroup && session.state === state);
    },
  };
}

/** What passes by while a region is swept. */
export interface Watcher {
  /** A page of workgroups, before anything is selected from it. */
  workgroups(page: readonly Workgroup[], region: string): void;
  /** A look at a session. */
  session?(detail: SessionDetail): void;
}

export function watched(service: SessionService, watcher: Watcher): SessionService {
  const { region } = service;
  return {
    ...delegating(service),
    async *listWorkgroups(signal: AbortSignal): AsyncGenerator<readonly Workgroup[]> {
      for await (const page of service.listWorkgroups(signal)) {
        watcher.workgroups(page, region);
        yield page;
      }
    },
    async getSession(sessionId: string, signal: AbortSignal): Promise<SessionDetail> {
      const detail = await service.getSession(sessionId, signal);
      watcher.session?.(detail);
      return detail;
    },
  };
}

function delegating(service: SessionService): SessionService {
  return {
    region: service.region,
    listWorkgroups: (signal) => service.listWorkgroups(signal),
    listSessions: (...listing) => service.listSessions(...listing),
    getSession: (sessionId, signal) => service.getSession(sessionId, signal),
    workgroupTags: (workGroup, signal, options) => service.workgroupTags(workGroup, signal, options),
    sessionTags: (workGroup, sessionId, signal) => service.sessionTags(workGroup, sessionId, signal),
    permitTermination: (signal) => service.permitTermination(signal),
    terminateSession: (sessionId, permit, signal) => service.terminateSession(sessionId, permit, signal),
    callCounts: () => service.callCounts(),
    clockOffsetMs: () => service.clockOffsetMs(),
  };
}
