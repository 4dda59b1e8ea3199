import type { SessionService } from '../../lambda/athena/session-service.js';
import type { Session, SessionState, Workgroup } from '../../lambda/policy/session.js';

/**
 * Athena as if it held nothing but the sessions that a person was shown: a sweep of it can end no other. They
 * are listed as they were shown; every look at one, its tags and its end are the real ones.
 */
export function onlyConfirmed(service: SessionService, shown: readonly Session[]): SessionService {
  const here = shown.filter(({ region }) => region === service.region);
  const names = [...new Set(here.map(({ workGroup }) => workGroup))];
  return {
    region: service.region,
    async *listWorkgroups(): AsyncGenerator<readonly Workgroup[]> {
      yield names.map((name) => ({ name }));
    },
    async *listSessions(workGroup: string, state: SessionState): AsyncGenerator<readonly Session[]> {
      yield here.filter((session) => session.workGroup === workGroup && session.state === state);
    },
    getSession: (sessionId, signal) => service.getSession(sessionId, signal),
    workgroupTags: (workGroup, signal, options) => service.workgroupTags(workGroup, signal, options),
    sessionTags: (workGroup, sessionId, signal) => service.sessionTags(workGroup, sessionId, signal),
    permitTermination: (signal) => service.permitTermination(signal),
    terminateSession: (sessionId, permit, signal) => service.terminateSession(sessionId, permit, signal),
    callCounts: () => service.callCounts(),
    clockOffsetMs: () => service.clockOffsetMs(),
  };
}
