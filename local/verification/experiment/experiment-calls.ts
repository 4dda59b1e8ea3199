/** The calls of the experiment: one at a time, retried where Athena throttles or does not answer. */
import {
  type AthenaClient,
  GetSessionCommand,
  type GetSessionCommandOutput,
  GetSessionStatusCommand,
  ListSessionsCommand,
  ListTagsForResourceCommand,
  ListWorkGroupsCommand,
  type SessionState,
  type SessionSummary,
  StartCalculationExecutionCommand,
  StartSessionCommand,
  type StartSessionCommandInput,
  TerminateSessionCommand,
  UntagResourceCommand,
  type WorkGroupSummary,
} from '@aws-sdk/client-athena';
import { boundedCall, type Send } from '../../../lambda/athena/bounded-call.js';
import { failureOf, isRetryable } from '../../../lambda/athena/errors.js';
import type { Tags } from '../../../lambda/policy/session.js';
import type { Clock } from '../../athena/index.js';
import { type Sample, sampleOf } from './sample.js';

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/** Every method rejects with a SessionServiceError, and stops when its signal aborts. */
export class ExperimentCalls {
  /** @param client one that does not retry by itself. */
  constructor(
    private readonly client: AthenaClient,
    readonly clock: Clock,
  ) {}

  async workgroups(signal: AbortSignal): Promise<readonly WorkGroupSummary[]> {
    const found: WorkGroupSummary[] = [];
    let next: string | undefined;
    do {
      const NextToken = next;
      const page = await this.#retried('ListWorkGroups', signal, (options) =>
        this.client.send(new ListWorkGroupsCommand({ NextToken }), options),
      );
      found.push(...(page.WorkGroups ?? []));
      next = page.NextToken;
    } while (next !== undefined);
    return found;
  }

  /** @param input with a ClientRequestToken, so that a retry starts nothing more. */
  async start(input: StartSessionCommandInput, signal: AbortSignal): Promise<string | undefined> {
    const { SessionId } = await this.#retried('StartSession', signal, (options) =>
      this.client.send(new StartSessionCommand(input), options),
    );
    return SessionId;
  }

  async status(sessionId: string, signal: AbortSignal): Promise<Sample> {
    const askedAt = this.clock.now();
    const { Status } = await this.#retried('GetSessionStatus', signal, (options) =>
      this.client.send(new GetSessionStatusCommand({ SessionId: sessionId }), options),
    );
    return sampleOf('GetSessionStatus', askedAt, Status);
  }

  session(sessionId: string, signal: AbortSignal): Promise<GetSessionCommandOutput> {
    return this.#retried('GetSession', signal, (options) =>
      this.client.send(new GetSessionCommand({ SessionId: sessionId }), options),
    );
  }

  /**
   * The listing, newest first.
   * @param isEnough looks at each page; no further page is asked for once it says yes.
   */
  async list(
    workGroup: string,
    StateFilter: SessionState | undefined,
    signal: AbortSignal,
    isEnough: (page: readonly SessionSummary[]) => boolean = () => false,
  ): Promise<readonly SessionSummary[]> {
    const found: SessionSummary[] = [];
    let next: string | undefined;
    do {
      const query = { WorkGroup: workGroup, StateFilter, NextToken: next };
      const page = await this.#retried('ListSessions', signal, (options) =>
        this.client.send(new ListSessionsCommand(query), options),
      );
      found.push(...(page.Sessions ?? []));
      next = isEnough(page.Sessions ?? []) ? undefined : page.NextToken;
    } while (next !== undefined);
    return found;
  }

  /** One ListSessions call of one session, never retried: to see when Athena throttles. */
  async listOnce(workGroup: string, signal: AbortSignal): Promise<void> {
    try {
      await boundedCall(
        (options) =>
          this.client.send(new ListSessionsCommand({ WorkGroup: workGroup, MaxResults: 1 }), options),
        signal,
      );
    } catch (error) {
      throw failureOf('ListSessions', error);
    }
  }

  async tags(arn: string, signal: AbortSignal): Promise<Tags> {
    const { Tags = [] } = await this.#retried('ListTagsForResource', signal, (options) =>
      this.client.send(new ListTagsForResourceCommand({ ResourceARN: arn }), options),
    );
    return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  }

  async untag(arn: string, key: string, signal: AbortSignal): Promise<void> {
    await this.#retried('UntagResource', signal, (options) =>
      this.client.send(new UntagResourceCommand({ ResourceARN: arn, TagKeys: [key] }), options),
    );
  }

  async startCalculation(sessionId: string, code: string, token: string, signal: AbortSignal): Promise<void> {
    const input = { SessionId: sessionId, CodeBlock: code, ClientRequestToken: token };
    await this.#retried('StartCalculationExecution', signal, (options) =>
      this.client.send(new StartCalculationExecutionCommand(input), options),
    );
  }

  /** @returns the state that Athena answered with. */
  async terminate(sessionId: string, signal: AbortSignal): Promise<string | undefined> {
    const { State } = await this.#retried('TerminateSession', signal, (options) =>
      this.client.send(new TerminateSessionCommand({ SessionId: sessionId }), options),
    );
    return State;
  }

  async #retried<T>(operation: string, signal: AbortSignal, send: Send<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await boundedCall(send, signal);
      } catch (error) {
        const failure = failureOf(operation, error);
        if (signal.aborted || attempt === ATTEMPTS || !isRetryable(failure)) throw failure;
        await this.clock.sleep(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS), signal);
      }
    }
  }
}
