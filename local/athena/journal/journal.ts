/** What the embedded Athena was asked, and what it answered. */
import type { SessionState } from '@aws-sdk/client-athena';
import type { OperationName } from '../operations/operation-table.js';
import type { JsonValue } from '../wire/json.js';
import type { Call, CallResult } from './call.js';

export interface JournalEntry extends Call {
  /** Undefined while the call is being answered, and forever if it hangs. */
  answeredAt?: number;
  outcome?: CallResult;
  /** What GetSession and GetSessionStatus showed, and TerminateSession returned as `State`. */
  answered?: { readonly status?: JsonValue | undefined; readonly state?: JsonValue | undefined };
  /** The true state of the session named by the call, before the call did anything. */
  stateBefore?: SessionState;
}

/** The calls that touched one session, in order of arrival. */
export interface Witness {
  /** GetSession and GetSessionStatus. */
  readonly looks: readonly JournalEntry[];
  /** Each TerminateSession, with the last look that was answered `ok` before it arrived. */
  readonly terminations: readonly {
    readonly call: JournalEntry;
    readonly lastLook: JournalEntry | undefined;
  }[];
}

/** `counts` keeps no calls, so that a long run costs no memory. */
export type JournalDetail = 'full' | 'counts';

/** Every call, in order of arrival. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #counts = new Map<string, number>();
  readonly #detail: JournalDetail;

  constructor(detail: JournalDetail) {
    this.#detail = detail;
  }

  /** Every call since the last {@link clear}, in order of arrival; empty when only counts are kept. */
  get calls(): readonly JournalEntry[] {
    return this.#entries;
  }

  of(operation: OperationName): readonly JournalEntry[] {
    return this.#entries.filter((entry) => entry.operation === operation);
  }

  /** How often an operation was called; with an outcome, how often it was answered so. */
  count(operation: OperationName, outcome?: CallResult): number {
    return this.#counts.get(countKey(operation, outcome)) ?? 0;
  }

  witness(sessionId: string): Witness {
    const touching = this.#entries.filter((entry) => entry.sessionId === sessionId);
    const looks = touching.filter(({ operation }) => LOOKS.includes(operation));
    const terminations = touching.filter(({ operation }) => operation === 'TerminateSession');
    return {
      looks,
      terminations: terminations.map((call) => ({
        call,
        lastLook: looks.findLast(
          (look) =>
            look.outcome === 'ok' && look.seq < call.seq && (look.answeredAt ?? Infinity) <= call.arrivedAt,
        ),
      })),
    };
  }

  clear(): void {
    this.#entries.length = 0;
    this.#counts.clear();
  }

  /** Notes a call that has arrived; the entry is completed when it is answered. */
  open(call: Call): JournalEntry {
    const entry: JournalEntry = { ...call };
    this.#add(countKey(call.operation));
    if (this.#detail === 'full') this.#entries.push(entry);
    return entry;
  }

  close(entry: JournalEntry, outcome: CallResult): void {
    entry.outcome = outcome;
    this.#add(countKey(entry.operation, outcome));
  }

  #add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
}

const LOOKS: readonly OperationName[] = ['GetSession', 'GetSessionStatus'];

function countKey(operation: OperationName, outcome?: CallResult): string {
  return outcome === undefined ? operation : `${operation}/${outcome}`;
}
