/** The sessions that the experiment starts. It ends these, whatever happens, and no others. */
import { randomUUID } from 'node:crypto';
import type { StartSessionCommandInput } from '@aws-sdk/client-athena';
import { failureOf } from '../../../lambda/athena/errors.js';
import { isFailure, type SessionServiceError } from '../../../lambda/athena/session-service.js';
import type { ExperimentCalls } from './experiment-calls.js';
import { NotObservable } from './observed.js';

/** What own sessions have in common. */
export interface OwnSessionSpec {
  readonly workGroup: string;
  readonly workGroupArn: string | undefined;
  /** The tag that spares a session from a reaper that is deployed already. */
  readonly exemptKey: string;
  /** Says whose session it is. */
  readonly ownKey: string;
}

/** What became of an own session. */
export interface OwnSession {
  /** Missing where StartSession never answered. */
  readonly sessionId?: string;
  readonly description: string;
  readonly idleTimeoutMinutes: number | undefined;
  readonly ended: boolean;
  /** Why it could not be ended. */
  readonly why?: string;
}

/** How the first TerminateSession of a session went. Times are epoch milliseconds of this machine's clock. */
export interface Termination {
  readonly answer: string | undefined;
  readonly askedAt: number;
  /** That TerminateSession was denied before the session's exempt tag was taken away. */
  readonly deniedBefore?: SessionServiceError;
}

const GONE: readonly (string | undefined)[] = ['TERMINATING', 'TERMINATED', 'FAILED'];
const ROUNDS = 5;
const PAUSE_MS = 2_000;
/** Enough for every round, and short enough for somebody who has pressed Ctrl+C. */
const LONGEST_CLEANUP_MS = 90_000;

interface Record {
  readonly description: string;
  readonly idleTimeoutMinutes: number | undefined;
  sessionId?: string;
  ended: boolean;
  why?: string;
}

export class OwnSessions {
  readonly #records: Record[] = [];

  constructor(
    private readonly calls: ExperimentCalls,
    private readonly spec: OwnSessionSpec,
  ) {}

  /**
   * Starts a session that carries an exemption and its own mark.
   * @param idleTimeoutMinutes undefined: none is asked for.
   * @returns its id.
   */
  async start(idleTimeoutMinutes: number | undefined, signal: AbortSignal): Promise<string> {
    const token = randomUUID();
    const record: Record = {
      description: `athena-session-reaper verify ${token}`,
      idleTimeoutMinutes,
      ended: false,
    };
    this.#records.push(record);
    try {
      const id = await this.calls.start(this.#input(record, token), signal);
      if (id === undefined) throw new NotObservable('StartSession answered without a session id');
      record.sessionId = id;
      return id;
    } catch (error) {
      // A refusal starts nothing; after anything else a session may be there all the same.
      if (isFailure(error, 'denied', 'invalid', 'not-found')) record.ended = true;
      throw error;
    }
  }

  /** Ends an own session; where a Deny by its exempt tag is in the way, it takes the tag away first. */
  async end(sessionId: string, signal: AbortSignal): Promise<Termination> {
    const record = this.#records.find((own) => own.sessionId === sessionId);
    if (record === undefined) throw new Error(`${sessionId} is no session of this experiment`);
    const ending = await this.#terminate(sessionId, signal);
    record.ended = GONE.includes(ending.answer);
    return ending;
  }

  /** Ends what has not ended yet. Never rejects, and does not stop with the experiment. */
  async endAll(): Promise<readonly OwnSession[]> {
    const signal = AbortSignal.timeout(LONGEST_CLEANUP_MS);
    for (const record of this.#records) {
      for (let round = 1; round <= ROUNDS && !record.ended && !signal.aborted; round += 1) {
        if (round > 1) await this.calls.clock.sleep(PAUSE_MS, signal).catch(() => undefined);
        await this.#endOnce(record, signal);
      }
    }
    return this.#records.filter(({ ended, sessionId }) => !ended || sessionId !== undefined);
  }

  async #endOnce(record: Record, signal: AbortSignal): Promise<void> {
    try {
      const id = record.sessionId ?? (await this.#findStarted(record.description, signal));
      if (id === undefined) {
        record.why = 'StartSession did not answer, and no session with this description is listed';
        return;
      }
      record.sessionId = id;
      const { answer } = await this.#terminate(id, signal);
      record.ended = GONE.includes(answer);
      record.why = `TerminateSession answered ${answer ?? 'no state'}`;
    } catch (error) {
      // An id that StartSession gave and that is not known any more has ended.
      record.ended = isFailure(error, 'not-found', 'invalid');
      record.why = failureOf('TerminateSession', error).message;
    }
    if (record.ended) delete record.why;
  }

  /** The description has a random part that nobody else knows. */
  async #findStarted(description: string, signal: AbortSignal): Promise<string | undefined> {
    const listed = await this.calls.list(this.spec.workGroup, undefined, signal);
    return listed.find(({ Description }) => Description === description)?.SessionId;
  }

  async #terminate(sessionId: string, signal: AbortSignal): Promise<Termination> {
    const askedAt = this.calls.clock.now();
    try {
      return { answer: await this.calls.terminate(sessionId, signal), askedAt };
    } catch (error) {
      const { workGroupArn, exemptKey } = this.spec;
      if (!isExplicitDeny(error) || workGroupArn === undefined) throw error;
      await this.calls.untag(`${workGroupArn}/session/${sessionId}`, exemptKey, signal).catch(() => {
        // What is in the way is the Deny, whatever else may be.
        throw error;
      });
      const again = this.calls.clock.now();
      return {
        answer: await this.calls.terminate(sessionId, signal),
        askedAt: again,
        deniedBefore: failureOf('TerminateSession', error),
      };
    }
  }

  #input({ description, idleTimeoutMinutes }: Record, token: string): StartSessionCommandInput {
    const { workGroup, exemptKey, ownKey } = this.spec;
    return {
      WorkGroup: workGroup,
      Description: description,
      // The least that may be asked for, and nothing that Apache Spark 3.5 refuses.
      EngineConfiguration: { MaxConcurrentDpus: 2 },
      SessionIdleTimeoutInMinutes: idleTimeoutMinutes,
      ClientRequestToken: token,
      Tags: [
        { Key: exemptKey, Value: 'true' },
        { Key: ownKey, Value: token },
      ],
    };
  }
}

function isExplicitDeny(error: unknown): boolean {
  return isFailure(error, 'denied') && error.message.includes('explicit deny in an identity-based policy');
}
