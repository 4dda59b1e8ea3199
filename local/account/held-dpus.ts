/** Who holds the DPU quota now, by ListExecutors: a call that the function never makes. */
import { AthenaClient, ListExecutorsCommand } from '@aws-sdk/client-athena';
import type { ClientConfig } from './connection.js';
import { retriedCall } from './retried-call.js';

/** Executors that hold nothing any more. */
const GONE: readonly (string | undefined)[] = ['TERMINATED', 'FAILED'];
const PER_PAGE = 100;

export class Executors {
  readonly #client: AthenaClient;
  #calls = 0;

  constructor(
    readonly region: string,
    clientConfig: ClientConfig,
  ) {
    this.#client = new AthenaClient({ ...clientConfig, maxAttempts: 1, region });
  }

  /** Attempts that failed aside. */
  get calls(): number {
    return this.#calls;
  }

  /**
   * DPUs of every executor of a session that is not gone, the coordinator's too.
   * @throws SessionServiceError of kind `invalid`, perhaps, for Apache Spark 3.5: no source says whether it answers.
   */
  async dpusHeldBy(sessionId: string, signal: AbortSignal): Promise<number> {
    let held = 0;
    let next: string | undefined;
    do {
      const command = new ListExecutorsCommand({
        SessionId: sessionId,
        MaxResults: PER_PAGE,
        NextToken: next,
      });
      const page = await retriedCall('ListExecutors', signal, (options) =>
        this.#client.send(command, options),
      );
      this.#calls += 1;
      for (const { ExecutorState, ExecutorSize = 0 } of page.ExecutorsSummary ?? []) {
        if (!GONE.includes(ExecutorState)) held += ExecutorSize;
      }
      // A token that comes back would never end.
      next = page.NextToken === next ? undefined : page.NextToken;
    } while (next);
    return held;
  }
}
