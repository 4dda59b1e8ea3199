/**
 * ListExecutors: who holds the DPUs of a session. No source says whether it exists for Apache Spark 3.5: it answers
 * here for every engine, and a fault makes it refuse.
 */
import { createHash } from 'node:crypto';
import { ExecutorState, type ExecutorsSummary, type ListExecutorsResponse } from '@aws-sdk/client-athena';
import * as v from 'valibot';
import type { RegionStore } from '../store/region-store.js';
import { ENDED, type StoredSession, stateOf } from '../store/session.js';
import type { OnWire } from '../wire/json.js';
import { pageAfter, pageToken, positionIn } from '../wire/page-token.js';
import { oneOf, structure, text, whole } from '../wire/shape.js';
import { defineOperation } from './define-operation.js';
import { ofKnownSession } from './known-session.js';

const PAGE_SIZE = 100;

const request = structure({
  SessionId: text(1, 256),
  ExecutorStateFilter: v.optional(oneOf(ExecutorState)),
  MaxResults: v.optional(whole(1, 100), PAGE_SIZE),
  NextToken: v.optional(text(0, 2048)),
});

export const executorOperations = {
  ListExecutors: defineOperation(request, (store, input) =>
    ofKnownSession(
      store,
      input.SessionId,
      { SessionId: input.SessionId, ExecutorsSummary: [] },
      (session): OnWire<ListExecutorsResponse> => listExecutors(store, session, input),
    ),
  ),
};

function listExecutors(
  store: RegionStore,
  session: StoredSession,
  { SessionId, ExecutorStateFilter, MaxResults, NextToken }: v.InferOutput<typeof request>,
): OnWire<ListExecutorsResponse> {
  const executors = executorsOf(session, store.clock.now()).filter(
    ({ ExecutorState: state }) => ExecutorStateFilter === undefined || state === ExecutorStateFilter,
  );
  const listing = `ListExecutors/${SessionId}/${ExecutorStateFilter}`;
  const after = NextToken === undefined ? undefined : positionIn(listing, NextToken);
  const page = pageAfter(executors, ({ ExecutorId }) => String(ExecutorId), after, MaxResults);
  return {
    SessionId,
    ExecutorsSummary: page.items,
    NextToken: page.next === undefined ? undefined : pageToken(listing, page.next),
  };
}

/** The coordinator and the workers, by id. */
function executorsOf(session: StoredSession, now: number): OnWire<ExecutorsSummary>[] {
  const { at, state } = session.timeline.phaseAt(now);
  const hasEnded = ENDED.includes(state);
  const shared = {
    StartDateTime: session.startedAt,
    TerminationDateTime: hasEnded ? at : undefined,
    ExecutorState: executorState(stateOf(session, now)),
  };
  const workers = Array.from({ length: session.workers }, (_, index) => ({
    ...shared,
    ExecutorId: idOf(session, index + 1),
    ExecutorType: 'WORKER',
    ExecutorSize: 1,
  }));
  const coordinator = {
    ...shared,
    ExecutorId: idOf(session, 0),
    ExecutorType: 'COORDINATOR',
    ExecutorSize: session.coordinatorDpus,
  };
  return [coordinator, ...workers].sort((a, b) => (a.ExecutorId < b.ExecutorId ? -1 : 1));
}

function executorState(state: ReturnType<typeof stateOf>): ExecutorState {
  if (state === 'CREATING') return 'CREATING';
  if (state === 'TERMINATING' || state === 'TERMINATED' || state === 'FAILED') return state;
  return 'REGISTERED';
}

/** A UUID that is the same each time. */
function idOf({ id }: StoredSession, index: number): string {
  const hex = createHash('sha256').update(`${id}/${index}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
