/** Amazon Athena's session service in this process, without a transport. */
import { randomUUID } from 'node:crypto';
import { AthenaRegion } from './control/region.js';
import type { Fault } from './faults/fault.js';
import { type CallFaults, FaultScript, type ScriptedFault } from './faults/fault-script.js';
import type { Call } from './journal/call.js';
import { Journal, type JournalDetail } from './journal/journal.js';
import { isOperationName, type OperationName } from './operations/operation-table.js';
import { performCall } from './perform-call.js';
import { namedBy } from './store/arn.js';
import { RegionStore, type TagDeny } from './store/region-store.js';
import { type Clock, shiftedClock, systemClock } from './time/clock.js';
import { type RateLimit, TokenBucket } from './time/throttle.js';
import { DEFAULT_TIMINGS, type Timings } from './time/timeline.js';
import type { JsonObject } from './wire/json.js';
import {
  type AthenaAnswer,
  type AthenaRequest,
  addressOf,
  errorAnswer,
  parseInput,
  unknownOperation,
} from './wire/protocol.js';
import { ServiceError } from './wire/service-error.js';
import { DEFAULT_WORLD, type World } from './world/world.js';

/** The account of every access key that is not mapped to another. */
export const DEFAULT_ACCOUNT = '111122223333';

export interface EmbeddedAthenaOptions {
  /** @default systemClock */
  readonly clock?: Clock | undefined;
  /**
   * What `Date` headers are read from. A caller whose SDK runs in real time takes a driven clock that jumps for a
   * skew of its own clock, and retries what it would not retry otherwise.
   * @default clock
   */
  readonly dateClock?: Clock | undefined;
  /**
   * Milliseconds by which the service's clock, and with it every timestamp and `Date` header, is ahead of `clock`;
   * negative where it is behind.
   * @default 0
   */
  readonly clockOffsetMs?: number | undefined;
  /** Switches that differ from the default world. @default DEFAULT_WORLD */
  readonly world?: Partial<World> | undefined;
  /** The caller's policy denies TerminateSession on what has this tag, in any letter case. @default no Deny */
  readonly denyTagged?: TagDeny | undefined;
  /** Milliseconds from a call to its answer; half of it passes before the call takes effect. @default 0 */
  readonly latencyMs?: number | undefined;
  /** For each operation, account and region. @default no limit */
  readonly rateLimit?: RateLimit | undefined;
  /** Instead of `rateLimit`, for single operations. */
  readonly rateLimits?: Partial<Readonly<Record<OperationName, RateLimit>>> | undefined;
  /** Account ids by access key id. @default every key belongs to 111122223333 */
  readonly accounts?: Readonly<Record<string, string>> | undefined;
  /** @default DEFAULT_TIMINGS */
  readonly timings?: Partial<Timings> | undefined;
  /** @default 'full' */
  readonly journal?: JournalDetail | undefined;
}

/** A call above the rate goes no further, and no fault strikes it. */
const THROTTLED: CallFaults = { answer: { kind: 'throttle' }, alterations: [] };

interface Place {
  readonly store: RegionStore;
  readonly control: AthenaRegion;
  readonly buckets: Map<OperationName, TokenBucket>;
}

/** The service; `http-server.ts` and `in-process.ts` in `wire/` are its transports. */
export class EmbeddedAthena {
  /** The service's clock. */
  readonly clock: Clock;
  readonly world: World;
  readonly journal: Journal;
  readonly #options: EmbeddedAthenaOptions;
  readonly #dateClock: Clock;
  readonly #faults = new FaultScript();
  readonly #places = new Map<string, Place>();
  #calls = 0;

  constructor(options: EmbeddedAthenaOptions = {}) {
    this.#options = options;
    this.clock = shiftedClock(options.clock ?? systemClock, options.clockOffsetMs ?? 0);
    this.#dateClock = shiftedClock(
      options.dateClock ?? options.clock ?? systemClock,
      options.clockOffsetMs ?? 0,
    );
    this.world = { ...DEFAULT_WORLD, ...options.world };
    this.journal = new Journal(options.journal ?? 'full');
  }

  /** Direct control of a region, which is empty when it is first named. */
  region(name: string, account = DEFAULT_ACCOUNT): AthenaRegion {
    return this.#place(name, account).control;
  }

  /** Puts a fault into force. A region is down with `{ kind: 'drop', region }`. */
  script(fault: Fault): ScriptedFault {
    return this.#faults.add(fault);
  }

  /** Takes every fault out of force. */
  clearScript(): void {
    this.#faults.clear();
  }

  /**
   * Answers one request, or says what the transport has to do with its connection. Rejects only if a scripted hook throws.
   * The journal does not have what is refused before the operation is known (wrong target, no credentials, no JSON).
   */
  async handle(request: AthenaRequest): Promise<AthenaAnswer> {
    const requestId = randomUUID();
    try {
      const { call, place } = this.#receive(request);
      return await performCall({
        athena: this,
        journal: this.journal,
        call,
        store: place.store,
        faults: this.#letThrough(place, call) ? this.#faults.strike(call) : THROTTLED,
        latencyMs: this.#options.latencyMs ?? 0,
        requestId,
        dateClock: this.#dateClock,
        signal: request.signal,
      });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { kind: 'answer', ...errorAnswer(error, { requestId, now: this.#dateClock.now() }) };
    }
  }

  #receive(request: AthenaRequest): { readonly call: Call; readonly place: Place } {
    const { operation, accessKeyId, region } = addressOf(request);
    if (!isOperationName(operation)) throw unknownOperation();
    const input = parseInput(request.body);
    const account = this.#options.accounts?.[accessKeyId] ?? DEFAULT_ACCOUNT;
    const place = this.#place(region, account);
    this.#calls += 1;
    const arrivedAt = this.clock.now();
    const about = subjectOf(input, place.store);
    return { place, call: { seq: this.#calls, arrivedAt, account, region, operation, input, ...about } };
  }

  #letThrough(place: Place, { operation, arrivedAt }: Call): boolean {
    const limit = this.#options.rateLimits?.[operation] ?? this.#options.rateLimit;
    if (limit === undefined) return true;
    let bucket = place.buckets.get(operation);
    if (bucket === undefined) {
      bucket = new TokenBucket(limit, arrivedAt);
      place.buckets.set(operation, bucket);
    }
    return bucket.take(arrivedAt);
  }

  #place(region: string, account: string): Place {
    const key = `${account}/${region}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      const store = new RegionStore({
        region,
        account,
        clock: this.clock,
        timings: { ...DEFAULT_TIMINGS, ...this.#options.timings },
        world: this.world,
        denyTagged: this.#options.denyTagged,
      });
      place = { store, control: new AthenaRegion(store), buckets: new Map() };
      this.#places.set(key, place);
    }
    return place;
  }
}

/** The workgroup and the session that a call is about, for faults and the journal. */
function subjectOf(input: JsonObject, store: RegionStore): Pick<Call, 'workGroup' | 'sessionId'> {
  const { WorkGroup, SessionId, CalculationExecutionId, ResourceARN } = input;
  if (typeof WorkGroup === 'string') return { workGroup: WorkGroup };
  if (typeof ResourceARN === 'string') return namedBy(ResourceARN);
  const sessionId =
    typeof CalculationExecutionId === 'string'
      ? store.calculations.get(CalculationExecutionId)?.sessionId
      : SessionId;
  if (typeof sessionId !== 'string') return {};
  return { sessionId, workGroup: store.sessions.get(sessionId)?.workGroup };
}
