import { type SessionService, SessionServiceError } from '../../lambda/athena/session-service.js';
import { SESSION_STATES, type Session } from '../../lambda/policy/session.js';

/** Every session of a region in whatever state: far more calls than a sweep needs, for small regions only. */
export async function inventory(service: SessionService, signal: AbortSignal): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  for await (const workgroups of service.listWorkgroups(signal)) {
    for (const { name } of workgroups) sessions.push(...(await sessionsOf(name, service, signal)));
  }
  return sessions;
}

async function sessionsOf(workGroup: string, service: SessionService, signal: AbortSignal) {
  const sessions: Session[] = [];
  try {
    for (const state of SESSION_STATES) {
      for await (const page of service.listSessions(workGroup, state, signal)) sessions.push(...page);
    }
  } catch (error) {
    // A workgroup for SQL has no sessions to list, and says so.
    if (!(error instanceof SessionServiceError) || error.kind !== 'invalid') throw error;
  }
  return sessions;
}
