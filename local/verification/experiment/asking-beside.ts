/** What can be asked without a session of one's own. */

import { randomUUID } from 'node:crypto';
import { isFailure } from '../../../lambda/athena/session-service.js';
import { DAY_MS } from '../../../lambda/contract/durations.js';
import type { ExperimentCalls } from './experiment-calls.js';
import type { DegradedListing, LongEnded, Observations, RateProbe } from './observations.js';
import { NotObservable, observed } from './observed.js';

/** The most ListSessions calls that are made to see when Athena throttles. */
const MOST_RATE_CALLS = 100;

interface Place {
  readonly workGroup: string;
  readonly workGroupArn: string | undefined;
  readonly sqlWorkGroup: string | undefined;
}

export async function askBeside(
  { workGroup, workGroupArn, sqlWorkGroup }: Place,
  calls: ExperimentCalls,
  stop: AbortSignal,
): Promise<Pick<Observations, 'workgroupTags' | 'madeUp' | 'longEnded' | 'sqlListing' | 'degraded'>> {
  return {
    workgroupTags: await observed('ListTagsForResource', async () => {
      if (workGroupArn === undefined)
        throw new NotObservable('the account is not known, and with it the name of the workgroup');
      return calls.tags(workGroupArn, stop);
    }),
    madeUp: await observed('GetSession', async () => (await calls.session(randomUUID(), stop)).Status?.State),
    longEnded: await observed('GetSession', () => longEnded(calls, workGroup, stop)),
    sqlListing: await observed('ListSessions', async () => {
      if (sqlWorkGroup === undefined) throw new NotObservable('there is no SQL workgroup in the Region');
      return (await calls.list(sqlWorkGroup, undefined, stop)).length;
    }),
    degraded: await observed('ListSessions', () => degradedListing(calls, workGroup, stop)),
  };
}

/** @throws NotObservable where the first page of ended sessions has none that ended a day ago. */
async function longEnded(calls: ExperimentCalls, workGroup: string, stop: AbortSignal): Promise<LongEnded> {
  const ended = await calls.list(workGroup, 'TERMINATED', stop, () => true);
  const now = calls.clock.now();
  for (const { SessionId, Status } of ended.toReversed()) {
    const days = (now - (Status?.EndDateTime?.getTime() ?? now)) / DAY_MS;
    if (SessionId === undefined || days < 1) continue;
    return { days, state: (await calls.session(SessionId, stop)).Status?.State };
  }
  throw new NotObservable('no session that ended a day ago or earlier is listed');
}

/** Only what is DEGRADED before and after the unfiltered listing was so during it. */
async function degradedListing(
  calls: ExperimentCalls,
  workGroup: string,
  stop: AbortSignal,
): Promise<DegradedListing> {
  const ids = async (state: 'DEGRADED' | undefined) =>
    new Set((await calls.list(workGroup, state, stop)).flatMap(({ SessionId }) => SessionId ?? []));
  const before = await ids('DEGRADED');
  if (before.size === 0) throw new NotObservable('no session of the workgroup is DEGRADED');
  const unfiltered = await ids(undefined);
  const after = await ids('DEGRADED');
  const all = [...before].filter((id) => after.has(id));
  if (all.length === 0) throw new NotObservable('no session of the workgroup stayed DEGRADED');
  return { degraded: all.length, listed: all.filter((id) => unfiltered.has(id)).length };
}

/** Calls ListSessions without a pause until Athena throttles, at most 100 times. */
export async function probeRate(
  calls: ExperimentCalls,
  workGroup: string,
  stop: AbortSignal,
): Promise<RateProbe> {
  const from = calls.clock.now();
  const seconds = () => (calls.clock.now() - from) / 1_000;
  for (let count = 1; count <= MOST_RATE_CALLS; count += 1) {
    try {
      await calls.listOnce(workGroup, stop);
    } catch (error) {
      if (!isFailure(error, 'throttled')) throw error;
      return { calls: count - 1, seconds: seconds(), throttled: true };
    }
  }
  return { calls: MOST_RATE_CALLS, seconds: seconds(), throttled: false };
}
