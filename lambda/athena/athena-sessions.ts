/**
 * The adapter of the session port on the Athena client: pages to the last one, timeouts, retries, pacing, and
 * errors in the port's words.
 */
import {
  type AthenaClient,
  type AthenaClientConfig,
  GetSessionCommand,
  ListSessionsCommand,
  ListTagsForResourceCommand,
  ListWorkGroupsCommand,
  TerminateSessionCommand,
} from '@aws-sdk/client-athena';
import type { Session, SessionDetail, SessionState, Tags, Workgroup } from '../policy/session.js';
import { SESSIONS_PAGE, sessionAnswer, TAGS_PAGE, usable, WORKGROUPS_PAGE } from './answers.js';
import { AthenaCalls, PacedPermit } from './calls.js';
import { WIDEST } from './calls-at-once.js';
import { AdaptivePacer, type Pacer } from './pacer.js';
import { RecentReads } from './recent-reads.js';
import { ServiceClock } from './service-clock.js';
import {
  type Begin,
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
    const pages = this.#calls.pages('ListWorkGroups', signal, async (NextToken, options) => {
      const command = new ListWorkGroupsCommand({ MaxResults: WORKGROUPS_PER_PAGE, NextToken });
      const answer = await this.client.send(this.#clock.watching(command), options);
      return usable('ListWorkGroups', WORKGROUPS_PAGE, answer);
    });
    for await (const { WorkGroups } of pages) yield WorkGroups;
  }

  async *listSessions(
    workGroup: string,
    state: SessionState,
    signal: AbortSignal,
    begin: Begin = 'begun',
  ): AsyncGenerator<readonly Session[]> {
    const query = { WorkGroup: workGroup, StateFilter: state, MaxResults: SESSIONS_PER_PAGE };
    const pages = this.#calls.pages(
      'ListSessions',
      signal,
      async (NextToken, options) => {
        const command = new ListSessionsCommand({ ...query, NextToken });
        const answer = await this.client.send(this.#clock.watching(command), options);
        return usable('ListSessions', SESSIONS_PAGE, answer);
      },
      begin,
    );
    for await (const { Sessions } of pages) {
      yield Sessions.map((session) => ({ ...session, workGroup, region: this.region }));
    }
  }

  async getSession(sessionId: string, signal: AbortSignal): Promise<SessionDetail> {
    const detail = await this.#calls.retried('GetSession', signal, async (options) => {
      const command = new GetSessionCommand({ SessionId: sessionId });
      const answer = await this.client.send(this.#clock.watching(command), options);
      return usable('GetSession', sessionAnswer(sessionId), answer);
    });
    return { ...detail, region: this.region };
  }

  workgroupTags(
    workGroup: string,
    signal: AbortSignal,
    { fresh = false }: { readonly fresh?: boolean } = {},
  ): Promise<Tags> {
    const read = async () => {
      const tags = new Map<string, string>();
      await this.#readTags(await this.#workgroupArn(workGroup), tags, signal);
      return Object.fromEntries(tags);
    };
    return fresh ? this.#workgroupTags.fresh(workGroup, read) : this.#workgroupTags.recent(workGroup, read);
  }

  async sessionTags(workGroup: string, sessionId: string, signal: AbortSignal): Promise<SessionTags> {
    const arn = `${await this.#workgroupArn(workGroup)}/session/${sessionId}`;
    const tags = new Map<string, string>();
    let readable = true;
    try {
      await this.#readTags(arn, tags, signal);
    } catch (error) {
      // No source shows that a session's tags can be read; these two would mean that they cannot.
      if (!isFailure(error, 'invalid', 'not-found')) throw error;
      readable = false;
    }
    return { tags: Object.fromEntries(tags), readable };
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
    const { State } = await this.#calls.attempt('TerminateSession', permit.use(), signal, (options) => {
      const command = new TerminateSessionCommand({ SessionId: sessionId });
      return this.client.send(this.#clock.watching(command), options);
    });
    // Whatever it says, the call was accepted.
    return typeof State === 'string' ? State : undefined;
  }

  callCounts(): CallCounts {
    return this.#calls.counts();
  }

  clockOffsetMs(): number {
    return this.#clock.offsetMs();
  }

  /** @param into is given every tag as soon as its page was read. */
  async #readTags(arn: string, into: Map<string, string>, signal: AbortSignal): Promise<void> {
    const pages = this.#calls.pages('ListTagsForResource', signal, async (NextToken, options) => {
      const command = new ListTagsForResourceCommand({ ResourceARN: arn, NextToken });
      const answer = await this.client.send(this.#clock.watching(command), options);
      return usable('ListTagsForResource', TAGS_PAGE, answer);
    });
    for await (const { Tags } of pages) for (const { Key, Value } of Tags) into.set(Key, Value);
  }

  async #workgroupArn(workGroup: string): Promise<string> {
    const { partition, accountId } = await this.account;
    return `arn:${partition}:athena:${this.region}:${accountId}:workgroup/${workGroup}`;
  }
}
