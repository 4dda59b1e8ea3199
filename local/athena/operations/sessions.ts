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
import { dpuMillis, LISTED_UNFILTERED, type SessionRecord, stateOf, statusOf } from '../store/session.js';
import type { Position } from '../store/session-index.js';
import { holdsSessions } from '../store/workgroup.js';
import type { OnWire } from '../wire/json.js';
import { pageToken, positionIn } from '../wire/page-token.js';
import { invalidRequest } from '../wire/service-error.js';
import { oneOf, structure, text, whole } from '../wire/shape.js';
import { defineOperation } from './define-operation.js';
import { startSession, startSessionRequest } from './start-session.js';
import { workgroupName } from './workgroups.js';

const PAGE_SIZE = 100;
const sessionId = text(1, 256);

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

  GetSession: defineOperation(structure({ SessionId: sessionId }), (store, { SessionId }) =>
    detailOf(store.session(SessionId), store.clock.now()),
  ),

  GetSessionStatus: defineOperation(
    structure({ SessionId: sessionId }),
    (store, { SessionId }): OnWire<GetSessionStatusResponse> => ({
      SessionId,
      Status: statusOf(store.session(SessionId), store.clock.now()),
    }),
  ),

  ListSessions: defineOperation(listSessionsRequest, listSessions),

  TerminateSession: defineOperation(
    structure({ SessionId: sessionId }),
    (store, { SessionId }): OnWire<TerminateSessionResponse> => {
      const session = store.session(SessionId);
      const answer = session.oddities.terminateAnswer;
      if (answer?.takesEffect ?? true) store.endSession(session);
      return { State: answer === undefined ? stateOf(session, store.clock.now()) : answer.state };
    },
  ),
};

function listSessions(
  store: RegionStore,
  { WorkGroup, StateFilter, MaxResults, NextToken }: v.InferOutput<typeof listSessionsRequest>,
): OnWire<ListSessionsResponse> {
  const workgroup = store.workgroup(WorkGroup);
  if (!holdsSessions(workgroup)) throw invalidRequest(`WorkGroup ${WorkGroup} is not Spark enabled.`);
  const listing = `${store.account}/${store.region}/ListSessions/${WorkGroup}/${StateFilter}`;
  const position = NextToken === undefined ? undefined : parsePosition(positionIn(listing, NextToken));
  const states = StateFilter === undefined ? LISTED_UNFILTERED : [StateFilter];
  const now = store.clock.now();
  // One more than the page holds shows whether there is another page.
  const found = workgroup.sessions.newestFirst(states, position, MaxResults + 1, now);
  const page = found.slice(0, MaxResults);
  const last = found.length > MaxResults ? page.at(-1) : undefined;
  return {
    Sessions: page.map((session) => summaryOf(session, now)),
    NextToken: last === undefined ? undefined : pageToken(listing, `${last.startedAt}/${last.order}`),
  };
}

function parsePosition(position: string): Position {
  const [startedAt, order] = position.split('/').map(Number);
  return { startedAt: startedAt ?? 0, order: order ?? 0 };
}

function summaryOf(session: SessionRecord, now: number): OnWire<SessionSummary> {
  return {
    SessionId: session.id,
    Description: session.description,
    EngineVersion: {
      SelectedEngineVersion: session.engineVersion,
      EffectiveEngineVersion: session.engineVersion,
    },
    NotebookVersion: session.notebookVersion,
    Status: statusOf(session, now),
  };
}

function detailOf(session: SessionRecord, now: number): OnWire<GetSessionResponse> {
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
    Status: statusOf(session, now),
    Statistics: { DpuExecutionInMillis: dpuMillis(session, now) },
  };
}
