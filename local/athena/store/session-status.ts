/** The Status of a session, as answers show it in a world. */
import type { SessionState, SessionStatus } from '@aws-sdk/client-athena';
import type { Phase } from '../time/timeline.js';
import type { JsonValue, OnWire } from '../wire/json.js';
import { epochSeconds } from '../wire/protocol.js';
import type { World } from '../world/world.js';
import { ENDED, INACTIVE, type StoredSession } from './session.js';
import { PYSPARK } from './workgroup.js';

/** By the user guide the same reason is given for a manual stop and for an idle timeout. */
const TERMINATED_REASON = 'Session was terminated per request';

/** The states that ListSessions lists without a filter. The model names four, and is silent on DEGRADED. */
export function statesListedUnfiltered({ unfilteredListing }: World): readonly SessionState[] {
  const active = ['CREATING', 'CREATED', 'IDLE', 'BUSY'] as const;
  return unfilteredListing === 'with-degraded' ? [...active, 'DEGRADED'] : active;
}

/** The Status member of ListSessions. */
export function listedStatusOf(session: StoredSession, now: number, world: World): OnWire<SessionStatus> {
  const status = statusIn(session, now, world, world.idleSince === 'filled');
  if (world.listedInstants === 'milliseconds') return status;
  return Object.fromEntries(Object.entries(status).map(([member, value]) => [member, wholeSeconds(value)]));
}

/** The Status member of GetSession and GetSessionStatus. */
export function statusOf(session: StoredSession, now: number, world: World): OnWire<SessionStatus> {
  return statusIn(session, now, world, world.idleSince !== 'empty');
}

function statusIn(
  session: StoredSession,
  now: number,
  world: World,
  fillsIdleSince: boolean,
): OnWire<SessionStatus> {
  const phase = session.timeline.phaseAt(now);
  const { hidden, shown } = session.oddities;
  const hasIdleSince = fillsIdleSince || session.engineVersion === PYSPARK;
  const status: OnWire<SessionStatus> = {
    StartDateTime: epochSeconds(session.startedAt),
    LastModifiedDateTime: epochSeconds(world.lastModified === 'moves' ? phase.at : session.startedAt),
    EndDateTime: ENDED.includes(phase.state) ? epochSeconds(phase.at) : undefined,
    IdleSinceDateTime: phase.state === 'IDLE' && hasIdleSince ? epochSeconds(phase.at) : undefined,
    State: phase.state,
    StateChangeReason: reasonFor(phase),
    ...(shown?.phase === phase ? shown.status : {}),
  };
  if (hidden.size === 0) return status;
  return Object.fromEntries(Object.entries(status).filter(([member]) => !hidden.has(member)));
}

function reasonFor({ state }: Phase): string | undefined {
  if (state === 'FAILED') return 'Session failed';
  return INACTIVE.includes(state) ? TERMINATED_REASON : undefined;
}

function wholeSeconds(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'number' ? Math.floor(value) : value;
}
