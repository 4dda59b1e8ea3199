/** Sessions in states that a person asks for, listed beside a sweep or without one. */
import { failureOf } from '../../lambda/athena/errors.js';
import { isFailure, type SessionService } from '../../lambda/athena/session-service.js';
import type { NotListed } from '../../lambda/contract/report.js';
import type { Session, SessionState, Workgroup } from '../../lambda/policy/session.js';
import { engineOf } from '../../lambda/policy/workgroup-selection.js';

/** States in which a session holds DPUs, or is about to. */
export const ACTIVE_STATES = ['CREATING', 'CREATED', 'IDLE', 'BUSY', 'DEGRADED'] as const;
export const ENDED_STATES = ['TERMINATING', 'TERMINATED', 'FAILED'] as const;

export interface Listing {
  readonly sessions: readonly Session[];
  /** What was not listed to its last page. */
  readonly notListed: readonly NotListed[];
}

/** Every workgroup of a region that may hold sessions and is wanted, or why they could not be listed. */
export async function workgroupsOf(
  service: SessionService,
  isWanted: (workgroup: Workgroup) => boolean,
  signal: AbortSignal,
): Promise<{ readonly workgroups: readonly Workgroup[]; readonly notListed: readonly NotListed[] }> {
  const workgroups: Workgroup[] = [];
  try {
    for await (const page of service.listWorkgroups(signal)) workgroups.push(...page);
  } catch (error) {
    const { message } = failureOf('ListWorkGroups', error);
    return { workgroups: [], notListed: [{ region: service.region, error: message }] };
  }
  return {
    workgroups: workgroups.filter((workgroup) => engineOf(workgroup) !== 'sql' && isWanted(workgroup)),
    notListed: [],
  };
}

/** The sessions of these workgroups that are in one of the states: a call for each of both, and more where pages are many. */
export async function sessionsOf(
  workgroups: readonly Workgroup[],
  states: readonly SessionState[],
  service: SessionService,
  signal: AbortSignal,
): Promise<Listing> {
  const listings = await Promise.all(
    workgroups.map((workgroup) => sessionsOfOne(workgroup, states, service, signal)),
  );
  return together(listings);
}

export function together(listings: readonly Listing[]): Listing {
  return {
    sessions: listings.flatMap(({ sessions }) => sessions),
    notListed: listings.flatMap(({ notListed }) => notListed),
  };
}

async function sessionsOfOne(
  workgroup: Workgroup,
  states: readonly SessionState[],
  service: SessionService,
  signal: AbortSignal,
): Promise<Listing> {
  const sessions: Session[] = [];
  try {
    for (const state of states) {
      for await (const page of service.listSessions(workgroup.name, state, signal)) sessions.push(...page);
    }
  } catch (error) {
    // A workgroup of an engine that is not known may be one for SQL, and then says so.
    if (engineOf(workgroup) === 'unknown' && isFailure(error, 'invalid')) return { sessions, notListed: [] };
    const { message } = failureOf('ListSessions', error);
    return { sessions, notListed: [{ region: service.region, workGroup: workgroup.name, error: message }] };
  }
  return { sessions, notListed: [] };
}
