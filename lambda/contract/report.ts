/**
 * What a sweep says about itself: one JSON shape for what the handler returns, what `--json` prints and what
 * events carry.
 */
import { DUE_OUTCOMES, type DueOutcome, type Outcome } from './outcomes.js';
import type { ReasonKind } from './reasons.js';
import type { Mode } from './settings.js';

/** The timestamps of a session that its time is counted from. */
export type Clock = 'idle-since' | 'last-modified' | 'started';

/** What a listing counts. `listed` is `kept + warned + unknown + due`. */
const LISTING_COUNTS = [
  'workgroups',
  /** Workgroups, or whole regions, that were not listed to the last page. */
  'notListed',
  'listed',
  'kept',
  'warned',
  /** Kept only because no usable timestamp or state shows how long they have been as they are. */
  'unknown',
  'due',
] as const;
export type CountName = (typeof LISTING_COUNTS)[number] | (typeof DUE_OUTCOMES)[DueOutcome]['count'];

/** What a sweep counts: its listing, and the outcomes, which add up to `due`. */
export const COUNT_NAMES: readonly CountName[] = [
  ...LISTING_COUNTS,
  ...Object.values(DUE_OUTCOMES).map(({ count }) => count),
];
export type Counts = Readonly<Record<CountName, number>>;

/** A session that was due or warned. */
export interface SessionRecord {
  readonly sessionId: string;
  readonly workGroup: string;
  readonly region: string;
  /** At the last look, or in the listing where there was none. */
  readonly state: string;
  /** How long it has been what makes it due, counted from `clock`: minutes to a tenth. */
  readonly minutes: number;
  /** The timestamp that `minutes` is counted from; missing where there was none to count from. */
  readonly clock?: Clock;
  readonly limitMinutes: number;
  /** What set the limit or the exemption: `default`, `rules[0]`, `stuck.busyMinutes` or a tag. */
  readonly rule: string;
  /** Why, for people. Group and filter by `kind` instead: the wording may change. */
  readonly reason: string;
  /** Why, for programs. */
  readonly kind: ReasonKind;
  readonly outcome: Outcome;
  /** What TerminateSession answered. */
  readonly returnedState?: string;
  /** The program that started the session, where it left a trace. */
  readonly client?: string;
  readonly error?: string;
  /** Estimate, a lower bound; missing where the session's own end is not known. */
  readonly dpuHoursSaved?: number;
}

/** A region, or a workgroup of it, that was not listed to its last page. */
export interface NotListed {
  readonly region: string;
  readonly workGroup?: string;
  readonly error: string;
}

export interface SweepReport {
  readonly schemaVersion: 2;
  readonly mode: Mode;
  /** ISO 8601; also the "now" that every decision of the sweep was made at. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Every selected region and workgroup was listed to its last page, and nothing was deferred or failed. */
  readonly complete: boolean;
  readonly counts: Counts;
  /** Sessions by the state that TerminateSession returned. */
  readonly returnedStates: Readonly<Record<string, number>>;
  /** What the ended sessions would still have billed: an estimate, a lower bound. */
  readonly saved: {
    readonly dpuHours: number;
    /** US dollars. */
    readonly cost: number;
    /** Ended sessions of which nothing is claimed, because their own end is not known. */
    readonly sessionsNotCounted: number;
  };
  readonly regions: readonly { readonly region: string; readonly error?: string; readonly counts: Counts }[];
  /** At most 50. */
  readonly notListed: readonly NotListed[];
  /** Calls to Athena, retries included, and how many of them were answered "rate exceeded". */
  readonly calls: number;
  readonly throttledCalls: number;
  /** Due or warned, oldest first, at most 200. */
  readonly sessions: readonly SessionRecord[];
  readonly sessionsOmitted: number;
}

export const MAX_SESSIONS_REPORTED = 200;
export const MAX_NOT_LISTED_REPORTED = 50;
