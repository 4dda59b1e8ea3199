/** An idle session, read in each way that Athena has. */

import type { ExperimentCalls } from './experiment-calls.js';
import type { IdleReading } from './observations.js';
import { type Sample, sampleOf } from './sample.js';

/** @returns the readings; a listing that does not have the session gives none. */
export async function readIdle(
  calls: ExperimentCalls,
  workGroup: string,
  sessionId: string,
  signal: AbortSignal,
): Promise<IdleReading> {
  return {
    before: await detail(calls, sessionId, signal),
    status: await calls.status(sessionId, signal),
    filtered: await inListing(calls, workGroup, sessionId, 'IDLE', signal),
    unfiltered: await inListing(calls, workGroup, sessionId, undefined, signal),
    after: await detail(calls, sessionId, signal),
  };
}

async function detail(calls: ExperimentCalls, sessionId: string, signal: AbortSignal): Promise<Sample> {
  const askedAt = calls.clock.now();
  const { Status } = await calls.session(sessionId, signal);
  return sampleOf('GetSession', askedAt, Status);
}

async function inListing(
  calls: ExperimentCalls,
  workGroup: string,
  sessionId: string,
  state: 'IDLE' | undefined,
  signal: AbortSignal,
): Promise<Sample | undefined> {
  const askedAt = calls.clock.now();
  const isOwn = ({ SessionId }: { readonly SessionId?: string | undefined }) => SessionId === sessionId;
  const listed = await calls.list(workGroup, state, signal, (page) => page.some(isOwn));
  const found = listed.find(isOwn);
  return found && sampleOf('ListSessions', askedAt, found.Status);
}
