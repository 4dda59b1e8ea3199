/**
 * The adapter of the session port on the Athena client: pages to the last one, timeouts, retries, pacing, and
 * errors in the port's words.
 */
import {
  type AthenaClient,
  type AthenaClientConfig,
  GetSessionCommand,
  type GetSessionCommandOutput,
  ListSessionsCommand,
  ListTagsForResourceCommand,
  ListWorkGroupsCommand,
  type SessionStatus,
  type SessionSummary,
  type Tag,
  TerminateSessionCommand,
} from '@aws-sdk/client-athena';
import type { Session, SessionDetail, SessionState, Tags, Workgroup } from '../policy/session.js';
import { AthenaCalls, PacedPermit } from './calls.js';
import { AdaptivePacer, type Pacer, WIDEST } from './pacer.js';
import { RecentReads } from './recent-reads.js';
import { ServiceClock } from './service-clock.js';
import {
  type CallCounts,
  isFailure,
  type SessionService,
  type SessionTags,
  type TerminationPermit,
} from './session-service.js';

/** Client settings that the sweep relies on: the SDK's HTTP handler has no timeouts unless they are set. */
export const CLIENT_DEFAULTS = {
  // Retries are this adapter's, so that each attempt is paced and each retried termination looks again.
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    socketTimeout: 5_000,
    throwOnRequestTimeout: true,
    // As many as calls can be under way: the handler's own limit would let paced calls wait again.
    httpsAgent: { maxSockets: 5 * WIDEST },
  },
} as const satisfies AthenaClientConfig;

/** The largest pages that the service gives. */
const WORKGROUPS_PER_PAGE = 50;
const SESSIONS_PER_PAGE = 100;

/** Whose workgroups: what resource ARNs are made of. */
export interface Account {
  /** E.g. `aws`, `aws-cn`. */
  readonly partition: string;
  readonly accountId: string;
}

export class AthenaSessions implements SessionService {
  readonly #calls: AthenaCalls;
  readonly #clock = new ServiceClock();
  readonly #workgroupTags = new RecentReads<Tags>();

  /**
   * @param client made with {@link CLIENT_DEFAULTS} for that region.
   * @param account a promise where it is still being asked for: only tags wait for it.
   * @param pacerFor makes the pacer of an operation.
   */
  constructor(
    private readonly client: AthenaClient,
    readonly region: string,
    private readonly account: Account | Promise<Account>,
    pacerFor: () => Pacer = () => new AdaptivePacer(),
  ) {
    this.#calls = new AthenaCalls(pacerFor);
  }

  async *listWorkgroups(signal: AbortSignal): AsyncGenerator<readonly Workgroup[]> {
    const pages = this.#calls.pages('ListWorkGroups', signal, (NextToken, options) =>
      this.client.send(
        this.#clock.watching(new ListWorkGroupsCommand({ MaxResults: WORKGROUPS_PER_PAGE, NextToken })),
        options,
      ),
    );
    for await (const { WorkGroups = [] } of pages) {
      yield WorkGroups.flatMap(({ Name, EngineVersion }) =>
        Name === undefined ? [] : [{ name: Name, engineVersion: EngineVersion?.EffectiveEngineVersion }],
      );
    }
  }

  async *listSessions(
    workGroup: string,
    state: SessionState,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Session[]> {
    const query = { WorkGroup: workGroup, StateFilter: state, MaxResults: SESSIONS_PER_PAGE };
    const pages = this.#calls.pages('ListSessions', signal, (NextToken, options) =>
      this.client.send(this.#clock.watching(new ListSessionsCommand({ ...query, NextToken })), options),
    );
    for await (const { Sessions = [] } of pages) {
      yield Sessions.flatMap((summary) => this.#session(summary, workGroup));
    }
  }

  async getSession(sessionId: string, signal: AbortSignal): Promise<SessionDetail> {
    const output = await this.#calls.retried('GetSession', signal, (options) =>
      this.client.send(this.#clock.watching(new GetSessionCommand({ SessionId: sessionId })), options),
    );
    return this.#detail(sessionId, output);
  }

  workgroupTags(
    workGroup: string,
    signal: AbortSignal,
    { fresh = false }: { readonly fresh?: boolean } = {},
  ): Promise<Tags> {
    const read = async () => {
      const tags: Tag[] = [];
      for await (const page of this.#tagsOf(await this.#workgroupArn(workGroup), signal)) tags.push(...page);
      return byKey(tags);
    };
    return fresh ? this.#workgroupTags.fresh(workGroup, read) : this.#workgroupTags.recent(workGroup, read);
  }

  async sessionTags(workGroup: string, sessionId: string, signal: AbortSignal): Promise<SessionTags> {
    const arn = `${await this.#workgroupArn(workGroup)}/session/${sessionId}`;
    const tags: Tag[] = [];
    try {
      for await (const page of this.#tagsOf(arn, signal)) tags.push(...page);
    } catch (error) {
      // No source shows that a session's tags can be read; these two would mean that they cannot.
      if (!isFailure(error, 'invalid', 'not-found')) throw error;
      return { tags: byKey(tags), readable: false };
    }
    return { tags: byKey(tags), readable: true };
  }

  async permitTermination(signal: AbortSignal): Promise<TerminationPermit> {
    const turn = await this.#calls.turn('TerminateSession', signal);
    return new PacedPermit(turn);
  }

  async terminateSession(
    sessionId: string,
    permit: TerminationPermit,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (!(permit instanceof PacedPermit)) throw new TypeError('The permit is not one of this service');
    const { State } = await this.#calls.attempt('TerminateSession', permit.use(), signal, (options) =>
      this.client.send(this.#clock.watching(new TerminateSessionCommand({ SessionId: sessionId })), options),
    );
    return State;
  }

  callCounts(): CallCounts {
    return this.#calls.counts();
  }

  clockOffsetMs(): number {
    return this.#clock.offsetMs();
  }

  async *#tagsOf(arn: string, signal: AbortSignal): AsyncGenerator<readonly Tag[]> {
    const pages = this.#calls.pages('ListTagsForResource', signal, (NextToken, options) =>
      this.client.send(
        this.#clock.watching(new ListTagsForResourceCommand({ ResourceARN: arn, NextToken })),
        options,
      ),
    );
    for await (const { Tags = [] } of pages) {
      yield Tags;
    }
  }

  #session(summary: SessionSummary, workGroup: string): Session[] {
    const { SessionId, Description, NotebookVersion, EngineVersion, Status } = summary;
    if (SessionId === undefined) return [];
    return [
      {
        sessionId: SessionId,
        workGroup,
        region: this.region,
        description: Description,
        notebookVersion: NotebookVersion,
        engineVersion: EngineVersion?.EffectiveEngineVersion,
        ...statusOf(Status),
      },
    ];
  }

  #detail(sessionId: string, output: GetSessionCommandOutput): SessionDetail {
    const { SessionConfiguration: own, EngineConfiguration: engine } = output;
    const minutes = own?.SessionIdleTimeoutInMinutes;
    return {
      sessionId,
      workGroup: output.WorkGroup ?? '',
      region: this.region,
      description: output.Description,
      notebookVersion: output.NotebookVersion,
      engineVersion: output.EngineVersion,
      ...statusOf(output.Status),
      coordinatorDpus: engine?.CoordinatorDpuSize,
      idleTimeoutSeconds: own?.IdleTimeoutSeconds ?? (minutes === undefined ? undefined : minutes * 60),
    };
  }

  async #workgroupArn(workGroup: string): Promise<string> {
    const { partition, accountId } = await this.account;
    return `arn:${partition}:athena:${this.region}:${accountId}:workgroup/${workGroup}`;
  }
}

function byKey(tags: readonly Tag[]): Tags {
  return Object.fromEntries(tags.flatMap(({ Key, Value = '' }) => (Key === undefined ? [] : [[Key, Value]])));
}

function statusOf(status: SessionStatus | undefined) {
  return {
    state: status?.State,
    startedAt: status?.StartDateTime,
    lastModifiedAt: status?.LastModifiedDateTime,
    idleSince: status?.IdleSinceDateTime,
  };
}
