/**
 * What a sweep says about itself: one JSON shape for what the handler returns, what `--json` prints and what
 * events carry.
 */
import type { ChatMessage } from './chat-message.js';
import { DUE_OUTCOMES, type DueOutcome, type Outcome } from './outcomes.js';
import type { ReasonKind } from './reasons.js';
import type { Mode } from './settings.js';

/** The timestamps of a session that its time is counted from. */
export type Clock = 'idle-since' | 'last-modified' | 'started';

/** What names the owner of a session: a tag of its own, a tag of its workgroup, or the role that it runs as. */
export type OwnerSource = 'tag' | 'workgroup-tag' | 'role';

/** What a listing counts. `listed` is `kept + warned + unknown + due`. */
const LISTING_COUNTS = [
  'workgroups',
  /** Workgroups, or whole regions, that were not listed to the last page; 1 where the settings select none. */
  'notListed',
  /** Of `notListed`: workgroups that wait for their turn at the next sweep, because Athena's rate allowed no more. */
  'waiting',
  /**
   * Of `workgroups`: those that were not listed again, because nothing in them can be due yet. Their sessions are
   * counted as the last listing showed them.
   */
  'remembered',
  'listed',
  'kept',
  'warned',
  /** Kept only because Athena shows no state or no time, by listing and by look, that could make them due. */
  'unknown',
  'due',
] as const;
/** What is counted besides, of sessions that have their outcome too. */
const MORE_COUNTS = [
  /** Of `terminated`: those that Athena had said were ending before, as far as the process remembers. */
  'terminatedAgain',
  /** Looked at although Athena said that their own tags cannot be read. */
  'tagsUnreadable',
  /** Exempt by tag, and past their limit by more than a week. */
  'longExempt',
  /** Worth a digest: ended, or due soon; those that do not go away once a day. */
  'news',
] as const;
export type CountName =
  | (typeof LISTING_COUNTS)[number]
  | (typeof DUE_OUTCOMES)[DueOutcome]['count']
  | (typeof MORE_COUNTS)[number];

/** What a sweep counts: its listing, the outcomes, which add up to `due`, and what is counted besides. */
export const COUNT_NAMES: readonly CountName[] = [
  ...LISTING_COUNTS,
  ...Object.values(DUE_OUTCOMES).map(({ count }) => count),
  ...MORE_COUNTS,
];
export type Counts = Readonly<Record<CountName, number>>;

/** A session that was due or warned. */
export interface SessionRecord {
  /** The account that it is in; only in the sum of an organization. */
  readonly accountId?: string;
  readonly sessionId: string;
  readonly workGroup: string;
  readonly region: string;
  /** At the last look, or in the listing where there was none. */
  readonly state: string;
  /** ISO 8601; missing where Athena shows no usable time. */
  readonly startedAt?: string;
  /** How long it has been what makes it due, counted from `clock`: minutes to a tenth. */
  readonly minutes: number;
  /** The timestamp that `minutes` is counted from; missing where there was none to count from. */
  readonly clock?: Clock;
  /** It was trusted without being promised, so that `minutes` is the least that it can be: `trust.lastModified`. */
  readonly lowerBound?: true;
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
  /** Athena had said before that the session is ending: it is not claimed as ended, or as saved, a second time. */
  readonly again?: true;
  /**
   * In terminate mode: it has been past its limit for this long, which is more than three sweeps take, and this sweep
   * did not end it.
   */
  readonly overdueMinutes?: number;
  /** The program that started the session, where it left a trace. */
  readonly client?: string;
  /** The person, team or role that the session belongs to; at most 100 characters. */
  readonly owner?: string;
  /** What names the owner, `cloudtrail` for whoever started the session; missing where none is known. */
  readonly ownerFrom?: OwnerSource | 'cloudtrail';
  readonly error?: string;
  /** Estimate, a lower bound; missing where the session's own end is not known. */
  readonly dpuHoursSaved?: number;
}

/** A region, or a workgroup of it, that was not listed to its last page. In the sum of an organization: `all` regions. */
export interface NotListed {
  readonly region: string;
  readonly workGroup?: string;
  /**
   * `none-selected`: all was listed, and the settings or the event select none of it, in no region; `region` is the
   * first. `waiting`: the workgroup's turn comes at the next sweep, before that of those listed now.
   */
  readonly kind?: 'none-selected' | 'waiting';
  readonly error: string;
}

export interface RegionReport {
  readonly region: string;
  readonly error?: string;
  /** By which Athena's clock is ahead of the function's; only where they are more than a minute apart. */
  readonly clockOffsetSeconds?: number;
  readonly counts: Counts;
}

/** How the targets of an organization fared: its accounts times the regions. */
export interface OrganizationTotals {
  /** Where the sweep was given up: of which something was heard, for nobody knows how many there were to be. */
  readonly targets: number;
  /** They refused, failed, were not begun, or gave no answer. */
  readonly targetsNotSwept: number;
  /** Of those not swept: time was up before. */
  readonly targetsNotBegun: number;
  /** Accounts in which the workgroup globs select something. */
  readonly accountsReached: number;
  readonly accountsNotReached: number;
  /** Only where the sweep did not come to its end: somebody stopped it, or it lasted too long. */
  readonly givenUp?: 'stopped' | 'timed-out';
}

export interface SweepReport {
  readonly schemaVersion: 2;
  readonly mode: Mode;
  /**
   * ISO 8601; also the "now" of every decision, in a region whose clock differs from the function's plus the
   * difference.
   */
  readonly startedAt: string;
  readonly durationMs: number;
  /**
   * Every selected region and workgroup was listed to its last page, or is known to hold nothing that is due yet, and
   * nothing was deferred or failed.
   */
  readonly complete: boolean;
  readonly counts: Counts;
  /** Age of the oldest listing that sessions are counted from; 0 where every workgroup was listed by this sweep. */
  readonly oldestListingSeconds: number;
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
  readonly regions: readonly RegionReport[];
  /** At most 50; those that wait for their turn come last. */
  readonly notListed: readonly NotListed[];
  /** Calls to Athena, retries included, and how many of them were answered "rate exceeded". */
  readonly calls: number;
  readonly throttledCalls: number;
  /** The same for people, in lines that a mail can carry as they are: no quotes, backslashes or control characters. */
  readonly digest: readonly string[];
  /** The same for a chat; only where it is sent to one. */
  readonly chat?: ChatMessage;
  /** Only in the sum of an organization. */
  readonly organization?: OrganizationTotals;
  /** Due or warned, in the order of `REPORT_ORDER`, those longest past their limit first; at most 200. */
  readonly sessions: readonly SessionRecord[];
  readonly sessionsOmitted: number;
}

/** A longer name of an owner is cut to this many characters. */
export const MAX_OWNER_LENGTH = 100;
export const MAX_SESSIONS_REPORTED = 200;
export const MAX_NOT_LISTED_REPORTED = 50;
export const MAX_DIGEST_LINES = 20;
/** Room for a session with the longest names that there are, and the command that exempts it. */
export const MAX_DIGEST_LINE_LENGTH = 760;
