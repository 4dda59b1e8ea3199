/** Sessions that are placed in the middle of their life. */

import type { SessionState, SessionStatus } from '@aws-sdk/client-athena';
import { MINUTE_MS } from '../../../lambda/contract/durations.js';
import type { NewSession } from '../store/region-store.js';
import type { Oddities, TerminateAnswer } from '../store/session.js';
import { endPhases, type Phase, Timeline } from '../time/timeline.js';
import type { JsonObject, JsonValue } from '../wire/json.js';
import { epochSeconds } from '../wire/protocol.js';

/** What is shown instead of the truth: an instant, nothing at all, or any JSON (epoch seconds, rubbish). */
export type Shown = Date | 'missing' | { readonly raw: JsonValue };

/**
 * A session that is put where a test or a simulation wants it.
 *
 * It stays in its state until TerminateSession, a calculation or its own idle timeout moves it: a session
 * placed CREATING, BUSY, DEGRADED or TERMINATING is stuck there.
 */
export interface SessionPlacement {
  readonly workGroup: string;
  /** @default an id like the service's, the same in every run */
  readonly sessionId?: string | undefined;
  /** @default 'IDLE' */
  readonly state?: SessionState | undefined;
  /** Minutes since it entered its state: for an IDLE session, the minutes it has been idle. @default 0 */
  readonly minutesInState?: number | undefined;
  /** Minutes since it started. @default one more than `minutesInState` */
  readonly ageMinutes?: number | undefined;
  /** States to come, by the minutes from now at which they begin, soonest first. */
  readonly later?: readonly { readonly state: SessionState; readonly inMinutes: number }[] | undefined;
  /** Its own idle timeout, which GetSession shows. @default none in any world: it never ends by itself */
  readonly idleTimeoutMinutes?: number | undefined;
  /** Its own idle timeout is set but does not end it. */
  readonly outlivesIdleTimeout?: boolean | undefined;
  readonly description?: string | undefined;
  readonly notebookVersion?: string | undefined;
  /** The ARN of the role that it runs as. @default none is shown */
  readonly executionRole?: string | undefined;
  /** @default 1 */
  readonly coordinatorDpus?: number | undefined;
  /** Workers of one DPU each that it holds for as long as it lives. @default 0 */
  readonly workers?: number | undefined;
  /** @default 20 */
  readonly maxConcurrentDpus?: number | undefined;
  /** Its tags, whatever the world says of copies: StartSession alone copies. @default none */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /**
   * What its Status shows instead of the truth: for as long as the state it was placed in lasts, or, where a
   * member is missing, always.
   */
  readonly shows?: { readonly [Member in keyof SessionStatus]?: Shown | undefined } | undefined;
  /** What TerminateSession answers instead of the truth. */
  readonly terminateAnswer?: TerminateAnswer | undefined;
}

/**
 * The session of a placement.
 * @param engineVersion of its workgroup.
 * @param terminatingMs milliseconds from TERMINATING to TERMINATED.
 * @throws Error for a placement that contradicts itself.
 */
export function placedSession(
  placement: SessionPlacement,
  engineVersion: string,
  now: number,
  terminatingMs: number,
): NewSession {
  const { minutesInState = 0, idleTimeoutMinutes } = placement;
  const since = now - minutesInState * MINUTE_MS;
  const startedAt = now - (placement.ageMinutes ?? minutesInState + 1) * MINUTE_MS;
  if (startedAt > since) throw new Error('ageMinutes is less than minutesInState');
  const first: Phase = { at: since, state: placement.state ?? 'IDLE', cause: 'placed' };
  const idleTimeoutMs = idleTimeoutMinutes === undefined ? undefined : idleTimeoutMinutes * MINUTE_MS;
  const coordinatorDpus = placement.coordinatorDpus ?? 1;
  return {
    id: placement.sessionId,
    workGroup: placement.workGroup,
    startedAt,
    timeline: new Timeline(first, ...laterPhases(placement, first, now, terminatingMs)),
    description: placement.description,
    notebookVersion: placement.notebookVersion,
    engineVersion,
    executionRole: placement.executionRole,
    engineConfiguration: {
      CoordinatorDpuSize: coordinatorDpus,
      MaxConcurrentDpus: placement.maxConcurrentDpus ?? 20,
      DefaultExecutorDpuSize: 1,
    },
    coordinatorDpus,
    workers: placement.workers ?? 0,
    idleTimeoutMs,
    endsWhenIdleForMs: placement.outlivesIdleTimeout ? undefined : idleTimeoutMs,
    tags: new Map(Object.entries(placement.tags ?? {})),
    oddities: odditiesOf(placement, first),
  };
}

function laterPhases(
  { later = [], idleTimeoutMinutes, outlivesIdleTimeout = false }: SessionPlacement,
  first: Phase,
  now: number,
  terminatingMs: number,
): Phase[] {
  const planned = later.map(
    ({ state, inMinutes }): Phase => ({ at: now + inMinutes * MINUTE_MS, state, cause: 'placed' }),
  );
  const last = planned.at(-1) ?? first;
  if (last.state !== 'IDLE' || idleTimeoutMinutes === undefined || outlivesIdleTimeout) return planned;
  const endsAt = last.at + idleTimeoutMinutes * MINUTE_MS;
  if (endsAt <= now) {
    throw new Error(
      `idle for longer than its own timeout of ${idleTimeoutMinutes} minutes: raise it, leave it out, or set outlivesIdleTimeout`,
    );
  }
  return [...planned, ...endPhases(endsAt, 'idle-timeout', terminatingMs)];
}

function odditiesOf({ shows = {}, terminateAnswer }: SessionPlacement, phase: Phase): Oddities {
  const members = Object.entries(shows);
  const hidden = new Set(members.filter(([, shown]) => shown === 'missing').map(([member]) => member));
  const status: Record<string, JsonValue> = {};
  for (const [member, shown] of members) {
    if (shown instanceof Date) status[member] = epochSeconds(shown.getTime());
    else if (typeof shown === 'object') status[member] = shown.raw;
  }
  const shown: { phase: Phase; status: JsonObject } = { phase, status };
  return { hidden, shown: Object.keys(status).length === 0 ? undefined : shown, terminateAnswer };
}
