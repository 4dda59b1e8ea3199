/**
 * What is used of Athena's answers, in the domain's words. The SDK hands on whatever JSON it was given: an answer
 * without a body, without its list, or with something else in its place is none, and must not look like an empty one.
 */
import * as v from 'valibot';
import { lineOf, show } from '../contract/mistakes.js';
import { allowedBy } from '../contract/values.js';
import type { Operation } from './calls.js';
import { SessionServiceError } from './session-service.js';

/**
 * An answer as its schema reads it.
 * @throws SessionServiceError of kind `unavailable`, so that the call is made again, where it is no usable answer.
 */
export function usable<S extends v.GenericSchema>(
  operation: Operation,
  schema: S,
  answer: unknown,
): v.InferOutput<S> {
  const { success, output, issues } = v.safeParse(schema, answer);
  if (success) return output;
  const [{ path = [], input, message }] = issues;
  const place = path.map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const mistake = lineOf({ path: place, found: show(input), allowed: message });
  throw new SessionServiceError('unavailable', operation, 'UnusableAnswer', mistake);
}

/** What has to be there. */
const name = v.pipe(v.string('a name'), v.nonEmpty('a name'));
const listOf = <T extends v.GenericSchema>(item: T) => v.array(item, 'a list');
const entry = <const T extends v.ObjectEntries>(entries: T) =>
  // A missing key is what valibot expected, in quotes.
  v.object(entries, ({ expected }) => allowedBy(entries[expected?.slice(1, -1) ?? '']) ?? 'an object');
/** Were it passed over, the listing would end before its last page. */
const NextToken = v.optional(v.string('text, or nothing'));

/** What may be missing; something else in its place says nothing either. */
const perhaps = <T extends v.GenericSchema>(schema: T) => v.fallback(v.optional(schema), undefined);
const text = perhaps(v.string());
const amount = perhaps(v.number());
/** One that is no time stays what it is: dropped, it would look like a missing one, which is less of a doubt. */
const instant = perhaps(v.instance(Date));

const engine = perhaps(v.object({ EffectiveEngineVersion: text }));
const status = perhaps(
  v.object({
    State: text,
    StartDateTime: instant,
    LastModifiedDateTime: instant,
    IdleSinceDateTime: instant,
    EndDateTime: instant,
    StateChangeReason: text,
  }),
);

function statusOf(read: v.InferOutput<typeof status>) {
  return {
    state: read?.State,
    startedAt: read?.StartDateTime,
    lastModifiedAt: read?.LastModifiedDateTime,
    idleSince: read?.IdleSinceDateTime,
  };
}

const workgroup = v.pipe(
  entry({ Name: name, EngineVersion: engine }),
  v.transform(({ Name, EngineVersion }) => ({
    name: Name,
    engineVersion: EngineVersion?.EffectiveEngineVersion,
  })),
);

const listedSession = v.pipe(
  entry({
    SessionId: name,
    Description: text,
    NotebookVersion: text,
    EngineVersion: engine,
    Status: status,
  }),
  v.transform(({ SessionId, Description, NotebookVersion, EngineVersion, Status }) => ({
    sessionId: SessionId,
    description: Description,
    notebookVersion: NotebookVersion,
    engineVersion: EngineVersion?.EffectiveEngineVersion,
    ...statusOf(Status),
  })),
);

export const WORKGROUPS_PAGE = entry({ WorkGroups: listOf(workgroup), NextToken });
export const SESSIONS_PAGE = entry({ Sessions: listOf(listedSession), NextToken });

/** A tag without a key could be the one that exempts. */
const tag = entry({ Key: name, Value: v.optional(v.string('text, or nothing'), '') });
export const TAGS_PAGE = entry({ Tags: listOf(tag), NextToken });

/** A session without a status is one in a state that is not known. */
export const sessionAnswer = (sessionId: string) =>
  v.pipe(
    entry({
      // What is said of another session is no look at this one.
      SessionId: v.optional(v.literal(sessionId, `"${sessionId}"`)),
      WorkGroup: text,
      Description: text,
      NotebookVersion: text,
      EngineVersion: text,
      Status: status,
      EngineConfiguration: perhaps(v.object({ CoordinatorDpuSize: amount })),
      Statistics: perhaps(v.object({ DpuExecutionInMillis: amount })),
      SessionConfiguration: perhaps(
        v.object({ ExecutionRole: text, IdleTimeoutSeconds: amount, SessionIdleTimeoutInMinutes: amount }),
      ),
    }),
    v.transform(({ SessionConfiguration: own, ...read }) => {
      const minutes = own?.SessionIdleTimeoutInMinutes;
      return {
        sessionId,
        workGroup: read.WorkGroup ?? '',
        description: read.Description,
        notebookVersion: read.NotebookVersion,
        engineVersion: read.EngineVersion,
        executionRole: own?.ExecutionRole,
        ...statusOf(read.Status),
        endedAt: read.Status?.EndDateTime,
        stateChangeReason: read.Status?.StateChangeReason,
        dpuMillis: read.Statistics?.DpuExecutionInMillis,
        coordinatorDpus: read.EngineConfiguration?.CoordinatorDpuSize,
        idleTimeoutSeconds: own?.IdleTimeoutSeconds ?? (minutes === undefined ? undefined : minutes * 60),
      };
    }),
  );
