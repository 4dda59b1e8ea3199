/** The function, run in this process on the driven clock as Lambda would run it. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { AthenaClient } from '@aws-sdk/client-athena';
import { AthenaSessions, CLIENT_DEFAULTS } from '../../../lambda/athena/athena-sessions.js';
import type { SweepReport } from '../../../lambda/contract/report.js';
import { NAMESPACE } from '../../../lambda/contract/telemetry.js';
import type { Host } from '../../../lambda/host/host.js';
import { invoke, NothingSweptError } from '../../../lambda/invocation.js';
import { ProcessMemory } from '../../../lambda/sweep/process-memory.js';
import { DEFAULT_ACCOUNT, type EmbeddedAthena, inProcessHandler } from '../../athena/index.js';
import { Chance } from '../people/chance.js';
import type { Deployment } from './deployment.js';
import { functionOutput } from './function-output.js';

export const REGION = 'eu-west-1';

export interface Invocation {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly durationMs: number;
  /** Missing where the invocation failed. */
  readonly report?: SweepReport;
  /** What it wrote: log lines, and metrics in the embedded metric format. */
  readonly lines: readonly string[];
}

/** Milliseconds that a call takes at the real service, roughly; the driven clock stands still meanwhile. */
export const USUAL_CALL_MS = 30;

/** A sweep lets go in time to write its report, see `lambda/sweep/deadlines.ts`. */
const ENDS_BEFORE_TIMEOUT_MS = 2_000;

/** The function's own code and settings, calling the embedded Athena by the SDK, on the driven clock. */
export class DeployedFunction {
  /** Milliseconds that each call adds to the duration of a sweep. */
  callMs = USUAL_CALL_MS;
  readonly #client: AthenaClient;
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  readonly #memory = new ProcessMemory();
  /** The same for each day: a day differs from another by its people alone. */
  readonly #chance = new Chance(1);
  #connected: AthenaSessions[] = [];

  constructor(
    private readonly deployment: Deployment,
    private readonly athena: EmbeddedAthena,
  ) {
    const { serviceName } = deployment;
    this.#client = new AthenaClient({
      ...CLIENT_DEFAULTS,
      region: REGION,
      // Sockets would take most of the time of a simulated day, and show nothing of it.
      requestHandler: inProcessHandler(athena),
      credentials: { accessKeyId: 'SIMULATION', secretAccessKey: 'simulation' },
    });
    this.#logger = new Logger({ serviceName });
    // Powertools would warn at each sweep that a simulated day is not today.
    this.#metrics = new Metrics({ namespace: NAMESPACE, serviceName, logger: SILENT });
  }

  async run(): Promise<Invocation> {
    const { functionName, timeoutMs } = this.deployment;
    const at = this.athena.clock.now();
    this.#connected = [];
    const context = {
      invokedFunctionArn: `arn:aws:lambda:${REGION}:${DEFAULT_ACCOUNT}:function:${functionName}`,
      getRemainingTimeInMillis: () => timeoutMs,
    };
    const { result: report, lines } = await functionOutput(() =>
      invoke({}, context, this.#host()).catch(nothingSwept),
    );
    return { at, durationMs: this.#now() - at, lines, ...(report && { report }) };
  }

  #host(): Host {
    return {
      settings: () => this.deployment.settings,
      ownRegion: REGION,
      connect: (region, account) => {
        const sessions = new AthenaSessions(this.#client, region, account);
        this.#connected.push(sessions);
        return sessions;
      },
      logger: this.#logger,
      metrics: this.#metrics,
      clock: () => this.#now(),
      memory: this.#memory,
      random: () => this.#chance.between(0, 1),
    };
  }

  #now(): number {
    const calls = this.#connected.reduce((sum, sessions) => sum + sessions.callCounts().calls, 0);
    const lasted = Math.min(calls * this.callMs, this.deployment.timeoutMs - ENDS_BEFORE_TIMEOUT_MS);
    return this.athena.clock.now() + lasted;
  }
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** A failed invocation is part of the simulation; any other error is a defect and ends it. */
function nothingSwept(error: unknown): undefined {
  if (!(error instanceof NothingSweptError)) throw error;
}
