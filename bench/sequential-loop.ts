/** A reaper as people write it: list, check, terminate, one call after the other, with the SDK's defaults. */
import {
  type AthenaClient,
  GetSessionCommand,
  paginateListSessions,
  paginateListWorkGroups,
  type SessionStatus,
  TerminateSessionCommand,
} from '@aws-sdk/client-athena';

export interface LoopResult {
  readonly ended: number;
  /** Workgroups and sessions that it gave up, because a call failed for good. */
  readonly failed: number;
}

export async function sequentialLoop(client: AthenaClient, limitMinutes: number): Promise<LoopResult> {
  let ended = 0;
  let failed = 0;
  for await (const { WorkGroups = [] } of paginateListWorkGroups({ client }, {})) {
    for (const { Name } of WorkGroups) {
      try {
        for await (const SessionId of dueSessions(client, Name, limitMinutes)) {
          await client.send(new TerminateSessionCommand({ SessionId }));
          ended += 1;
        }
      } catch {
        failed += 1;
      }
    }
  }
  return { ended, failed };
}

/** Ids of the sessions that are due by the listing, and still due when each is checked. */
async function* dueSessions(client: AthenaClient, WorkGroup: string | undefined, limitMinutes: number) {
  const isDue = ({ IdleSinceDateTime }: SessionStatus = {}) =>
    IdleSinceDateTime !== undefined && Date.now() - IdleSinceDateTime.getTime() >= limitMinutes * 60_000;
  const listing = { WorkGroup, StateFilter: 'IDLE' } as const;
  for await (const { Sessions = [] } of paginateListSessions({ client }, listing)) {
    for (const { SessionId } of Sessions.filter(({ Status }) => isDue(Status))) {
      const { Status } = await client.send(new GetSessionCommand({ SessionId }));
      if (isDue(Status)) yield SessionId;
    }
  }
}
