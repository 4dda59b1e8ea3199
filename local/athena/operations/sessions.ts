/** The operations on sessions. */
import {
  type GetSessionResponse,
  type GetSessionStatusResponse,
  type ListSessionsResponse,
  SessionState,
  type SessionSummary,
  type StartSessionResponse,
  type TerminateSessionResponse,
} from '@aws-sdk/client-athena';
import * as v from 'valibot';
import type { RegionStore } from '../store/region-store.js';
import { dpuMillis, INACTIVE, type StoredSession, stateOf } from '../store/session.js';
import type { Position } from '../store/session-index.js';
import { listedStatusOf, statesListedUnfiltered, statusOf } from '../store/session-status.js';
import { holdsSessions } from '../store/workgroup.js';
import type { OnWire } from '../wire/json.js';
import { pageToken, positionIn } from '../wire/page-token.js';
import { invalidRequest } from '../wire/service-error.js';
import { oneOf, structure, text, whole } from '../wire/shape.js';
import type { World } from '../world/world.js';
import { defineOperation } from './define-operation.js';
import { ofKnownSession } from './known-session.js';
import { startSession, startSessionRequest } from './start-session.js';
import { checkTagDeny } from './tag-deny.js';
import { workgroupName } from './workgroups.js';

const PAGE_SIZE = 100;
const bySessionId = structure({ SessionId: text(1, 256) });

/** All that is said of a session that the service does not know, in a world that does not refuse. */
const ENDED_STATUS = { State: 'TERMINATED' } as const;

const listSessionsRequest = structure({
  WorkGroup: workgroupName,
  StateFilter: v.optional(oneOf(SessionState)),
  MaxResults: v.optional(whole(1, 100), PAGE_SIZE),
  NextToken: v.optional(text(0, 2048)),
});

export const sessionOperations = {
  StartSession: defineOperation(
    startSessionRequest,
    (store, input): OnWire<StartSessionResponse> => startSession(store, input),
  ),

  GetSession: defineOperation(bySessionId, (store, { SessionId }) =>
    ofKnownSession(store, SessionId, { SessionId, Status: ENDED_STATUS }, (session) =>
      detailOf(session, store),
    ),
  ),

  GetSessionStatus: defineOperation(bySessionId, (store, { SessionId }) =>
    ofKnownSession(
      store,
      SessionId,
      { SessionId, Status: ENDED_STATUS },
      (session): OnWire<GetSessionStatusResponse> => ({
        SessionId,
        Status: statusOf(session, store.clock.now(), store.world),
      }),
    ),
  ),

  ListSessions: defineOperation(listSessionsRequest, listSessions),

  TerminateSession: defineOperation(bySessionId, (store, { SessionId }) =>
    ofKnownSession(store, SessionId, ENDED_STATUS, (session) => terminateSession(store, session)),
  ),
};

function terminateSession(store: RegionStore, session: StoredSession): OnWire<TerminateSessionResponse> {
  checkTagDeny(store, session);
  const answer = session.oddities.terminateAnswer;
  const wasActive = !INACTIVE.includes(stateOf(session, store.clock.now()));
  if (answer?.takesEffect ?? true) store.endSession(session);
  if (answer !== undefined) return { State: answer.state };
  return { State: wasActive ? store.world.terminateAnswer : stateOf(session, store.clock.now()) };
}

function listSessions(
  store: RegionStore,
  { WorkGroup, StateFilter, MaxResults, NextToken }: v.InferOutput<typeof listSessionsRequest>,
): OnWire<ListSessionsResponse> {
  const workgroup = store.workgroup(WorkGroup);
  if (!holdsSessions(workgroup)) {
    if (store.world.sqlListing === 'empty') return { Sessions: [] };
    throw invalidRequest(`WorkGroup ${WorkGroup} is not Spark enabled.`);
  }
  const listing = `${store.account}/${store.region}/ListSessions/${WorkGroup}/${StateFilter}`;
  const position = NextToken === undefined ? undefined : parsePosition(positionIn(listing, NextToken));
  const states = StateFilter === undefined ? statesListedUnfiltered(store.world) : [StateFilter];
  const now = store.clock.now();
  // One more than the page holds shows whether there is another page.
  const found = workgroup.sessions.newestFirst(states, position, MaxResults + 1, now);
  const page = found.slice(0, MaxResults);
  const last = found.length > MaxResults ? page.at(-1) : undefined;
  return {
    Sessions: page.map((session) => summaryOf(session, now, store.world)),
    NextToken: last === undefined ? undefined : pageToken(listing, `${last.startedAt}/${last.order}`),
  };
}

function parsePosition(position: string): Position {
  const [startedAt, order] = position.split('/').map(Number);
  return { startedAt: startedAt ?? 0, order: order ?? 0 };
}

function summaryOf(session: StoredSession, now: number, world: World): OnWire<SessionSummary> {
  return {
    SessionId: session.id,
    Description: session.description,
    EngineVersion: {
      SelectedEngineVersion: session.engineVersion,
      EffectiveEngineVersion: session.engineVersion,
    },
    NotebookVersion: session.notebookVersion,
    Status: listedStatusOf(session, now, world),
  };
}

function detailOf(session: StoredSession, { clock, world }: RegionStore): OnWire<GetSessionResponse> {
  const now = clock.now();
  const timeoutMs = session.idleTimeoutMs;
  return {
    SessionId: session.id,
    Description: session.description,
    WorkGroup: session.workGroup,
    EngineVersion: session.engineVersion,
    EngineConfiguration: session.engineConfiguration,
    NotebookVersion: session.notebookVersion,
    MonitoringConfiguration: session.monitoringConfiguration,
    SessionConfiguration: {
      ExecutionRole: session.executionRole,
      IdleTimeoutSeconds: timeoutMs === undefined ? undefined : timeoutMs / 1000,
      SessionIdleTimeoutInMinutes: timeoutMs === undefined ? undefined : timeoutMs / 60_000,
    },
    Status: statusOf(session, now, world),
    Statistics: { DpuExecutionInMillis: dpuMillis(session, now) },
  };
}
