/**
 * CloudTrail's event history, which shows for 90 days who called StartSession. Its client is loaded with the first
 * look-up, from the Lambda runtime: a sweep without look-ups never loads it, and the bundle does not carry it.
 */
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import * as v from 'valibot';
import { CLIENT_DEFAULTS } from '../athena/athena-sessions.js';
import { boundedCall } from '../athena/bounded-call.js';

/** As much of a session as is needed to find its start. */
export interface StartedSession {
  readonly sessionId: string;
  readonly region: string;
  readonly startedAt: Date;
}

export interface EventHistory {
  /**
   * One LookupEvents call.
   * @returns the principal, e.g. `Analysts/ada@example.com` for a session of a role; undefined where it is not found.
   * @throws what the client throws.
   */
  starterOf(session: StartedSession, signal: AbortSignal): Promise<string | undefined>;
}

/** An event and the start of its session are no further apart. */
const TOLERANCE_MS = 60_000;
/** The largest page. */
const EVENTS_PER_PAGE = 50;

/** @returns the history of whatever account the environment has credentials for. */
export function eventHistory(): EventHistory {
  const clients = new Map<string, CloudTrailClient>();
  return {
    starterOf: async ({ sessionId, region, startedAt }, signal) => {
      const { CloudTrailClient, LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail');
      const client = clients.get(region) ?? new CloudTrailClient({ ...CLIENT_DEFAULTS, region });
      clients.set(region, client);
      const command = new LookupEventsCommand({
        // Only one attribute can be asked for, and Session Manager has an event of that name too.
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'StartSession' }],
        StartTime: new Date(startedAt.getTime() - TOLERANCE_MS),
        EndTime: new Date(startedAt.getTime() + TOLERANCE_MS),
        MaxResults: EVENTS_PER_PAGE,
      });
      const { Events = [] } = await boundedCall((options) => client.send(command, options), signal);
      return Events.map(({ CloudTrailEvent }) => starterIn(CloudTrailEvent, sessionId)).find((name) => name);
    },
  };
}

const text = v.optional(v.string());
/** What is used of an event; that its answer names the session is not documented, so it may be missing. */
const startEvent = v.object({
  eventSource: v.literal('athena.amazonaws.com'),
  userIdentity: v.object({ arn: text, userName: text }),
  responseElements: v.object({ sessionId: text, SessionId: text }),
});

function starterIn(json: string | undefined, wanted: string): string | undefined {
  const { success, output } = v.safeParse(startEvent, parsed(json));
  if (!success) return undefined;
  const { userIdentity, responseElements } = output;
  const { sessionId = responseElements.SessionId } = responseElements;
  if (sessionId !== wanted) return undefined;
  return userIdentity.arn === undefined ? userIdentity.userName : nameIn(userIdentity.arn);
}

/**
 * `arn:aws:sts::111122223333:assumed-role/Analysts/ada` is `Analysts/ada`, a user's ARN ends in its name, and the
 * root user's has no slash.
 */
function nameIn(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    return undefined;
  }
}
