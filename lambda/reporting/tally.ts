/** What a sweep adds up, from its first listing to its report. */
import { DUE_OUTCOMES } from '../contract/outcomes.js';
import {
  MAX_NOT_LISTED_REPORTED,
  MAX_SESSIONS_REPORTED,
  type NotListed,
  type RegionReport,
  type SessionRecord,
  type SweepReport,
} from '../contract/report.js';
import type { Mode } from '../contract/settings.js';
import { countsBy, isComplete, type MutableCounts, rounded, sumOfCounts } from './counts.js';
import { foremost, withSessions } from './report-sessions.js';
import { ownerText } from './session-record.js';
import type { TextOptions } from './texts.js';

/** The report of a sweep and the figures that only metrics show. */
export interface SweepResult {
  readonly report: SweepReport;
  /** Seconds that idle sessions have been idle, exempt ones aside: a random sample of at most 99. */
  readonly idleAges: readonly number[];
  /** Seconds past its limit of the session longest past it; see the metric `OldestOverdue`. */
  readonly oldestOverdue: number;
}

/** At 100 values of a metric the writer of metrics flushes, and what it writes then has lost its timestamp. */
const MAX_IDLE_AGES = 99;
/** Records are cut back to the first ones whenever this many have piled up, so that memory stays bounded. */
const RECORDS_BEFORE_CUT = 5 * MAX_SESSIONS_REPORTED;

/** Adds up a sweep as it goes. Its memory does not grow with the number of sessions. */
export class Tally {
  readonly #regions = new Map<string, RegionEntry>();
  readonly #returnedStates = new Map<string, number>();
  readonly #notListed: NotListed[] = [];
  readonly #waiting: NotListed[] = [];
  #oldestListingMs = 0;
  #records: SessionRecord[] = [];
  #recorded = 0;
  #dpuHours = 0;
  #notCounted = 0;
  readonly #idleAges: number[] = [];
  #idleSeen = 0;
  #oldestOverdueMinutes = 0;
  #oldestEndedMinutes = 0;

  constructor(
    regions: readonly string[],
    private readonly random: () => number,
    private readonly isNews: (record: SessionRecord) => boolean = () => true,
  ) {
    for (const region of regions) this.#regions.set(region, { counts: countsBy(() => 0) });
  }

  workgroupListed(region: string): void {
    this.#countsOf(region).workgroups += 1;
  }

  /** A workgroup that is not listed again: all that its last listing showed was kept. */
  remembered(region: string, listing: RememberedCounts): void {
    const counts = this.#countsOf(region);
    counts.workgroups += 1;
    counts.remembered += 1;
    counts.listed += listing.sessions;
    counts.kept += listing.sessions;
    this.#oldestListingMs = Math.max(this.#oldestListingMs, listing.ageMs);
    for (const minutes of listing.idleMinutes) this.idleFor(minutes);
  }

  notListed(item: NotListed): void {
    const entry = this.#entry(item.region);
    const isWaiting = item.kind === 'waiting';
    entry.counts.notListed += 1;
    if (isWaiting) entry.counts.waiting += 1;
    if (item.workGroup === undefined) entry.error = item.error;
    const items = isWaiting ? this.#waiting : this.#notListed;
    if (items.length < MAX_NOT_LISTED_REPORTED) items.push(item);
  }

  clockOffset(region: string, seconds: number): void {
    this.#entry(region).clockOffsetSeconds = seconds;
  }

  /** A due session was looked at without its own tags. */
  tagsUnreadable(region: string): void {
    this.#countsOf(region).tagsUnreadable += 1;
  }

  /** A session is exempt by tag and would have been due for more than a week. */
  longExempt(region: string): void {
    this.#countsOf(region).longExempt += 1;
  }

  /**
   * By its listing, a session has been past the limit that holds for this long; negative where it is not.
   * @param isEnded Athena said just now, and never before, that it is ending.
   */
  overdue(minutes: number, isEnded: boolean): void {
    if (isEnded) this.#oldestEndedMinutes = Math.max(this.#oldestEndedMinutes, minutes);
    else this.#oldestOverdueMinutes = Math.max(this.#oldestOverdueMinutes, minutes);
  }

  listed(region: string, as: 'kept' | 'warned' | 'unknown' | 'due'): void {
    const counts = this.#countsOf(region);
    counts.listed += 1;
    counts[as] += 1;
  }

  /** Keeps a uniform sample (reservoir sampling), so that percentiles hold for any number of sessions. */
  idleFor(minutes: number): void {
    this.#idleSeen += 1;
    const place =
      this.#idleAges.length < MAX_IDLE_AGES
        ? this.#idleAges.length
        : Math.floor(this.random() * this.#idleSeen);
    if (place < MAX_IDLE_AGES) this.#idleAges[place] = minutes * 60;
  }

  record(record: SessionRecord): void {
    this.#recorded += 1;
    this.#records.push(record);
    if (this.#records.length >= RECORDS_BEFORE_CUT) this.#records = foremost(this.#records);
    const counts = this.#countsOf(record.region);
    if (this.isNews(record)) counts.news += 1;
    if (record.outcome === 'warned') return;
    const { count, saves } = DUE_OUTCOMES[record.outcome];
    counts[count] += 1;
    this.#countReturned(record);
    if (record.again) counts.terminatedAgain += 1;
    else if (saves) this.#countSaved(record);
  }

  /** Sessions that were ended, as far as they are kept, and that no tag gives an owner. */
  endedWithoutOwner(): readonly SessionRecord[] {
    return this.#records.filter(
      ({ outcome, again, ownerFrom = 'role' }) => outcome === 'terminated' && !again && ownerFrom === 'role',
    );
  }

  /** @param starters of sessions, by id. */
  namedOwners(starters: ReadonlyMap<string, string>): void {
    this.#records = this.#records.map((record) => {
      const name = starters.get(record.sessionId);
      return name === undefined ? record : { ...record, owner: ownerText(name), ownerFrom: 'cloudtrail' };
    });
  }

  result(sweep: {
    readonly mode: Mode;
    readonly startedAt: Date;
    readonly durationMs: number;
    readonly dpuHourPrice: number;
    readonly calls: { readonly calls: number; readonly throttled: number };
    readonly texts: TextOptions;
  }): SweepResult {
    const regions = [...this.#regions].map(([region, entry]): RegionReport => ({ region, ...entry }));
    const counts = sumOfCounts(regions.map((region) => region.counts));
    const rest = {
      schemaVersion: 2,
      mode: sweep.mode,
      startedAt: sweep.startedAt.toISOString(),
      durationMs: Math.round(sweep.durationMs),
      complete: isComplete(counts),
      counts,
      oldestListingSeconds: Math.round(this.#oldestListingMs / 1_000),
      returnedStates: Object.fromEntries(this.#returnedStates),
      saved: {
        dpuHours: rounded(this.#dpuHours),
        cost: rounded(this.#dpuHours * sweep.dpuHourPrice),
        sessionsNotCounted: this.#notCounted,
      },
      regions,
      notListed: [...this.#notListed, ...this.#waiting].slice(0, MAX_NOT_LISTED_REPORTED),
      calls: sweep.calls.calls,
      throttledCalls: sweep.calls.throttled,
    } as const;
    const report = withSessions(rest, {
      records: this.#records,
      recorded: this.#recorded,
      isNews: this.isNews,
      texts: sweep.texts,
    });
    const oldestOverdue = this.#oldestOverdueSeconds(counts.waiting);
    return { report, idleAges: this.#idleAges, oldestOverdue };
  }

  /** While workgroups wait for their turn, a session that is found late and ends at once is no trouble of its own. */
  #oldestOverdueSeconds(waiting: number): number {
    const ended = waiting > 0 ? 0 : this.#oldestEndedMinutes;
    return Math.round(Math.max(this.#oldestOverdueMinutes, ended) * 60);
  }

  #countReturned({ outcome, returnedState }: SessionRecord): void {
    if (returnedState === undefined && outcome !== 'accepted') return;
    const state = returnedState ?? 'none';
    this.#returnedStates.set(state, (this.#returnedStates.get(state) ?? 0) + 1);
  }

  #countSaved({ dpuHoursSaved }: SessionRecord): void {
    if (dpuHoursSaved === undefined) this.#notCounted += 1;
    else this.#dpuHours += dpuHoursSaved;
  }

  #countsOf(region: string): MutableCounts {
    return this.#entry(region).counts;
  }

  #entry(region: string): RegionEntry {
    const entry = this.#regions.get(region);
    if (!entry) throw new RangeError(`Region ${region} is not part of this sweep`);
    return entry;
  }
}

interface RememberedCounts {
  readonly sessions: number;
  /** How long its idle sessions, exempt ones aside, had been idle. */
  readonly idleMinutes: readonly number[];
  /** Milliseconds since the listing. */
  readonly ageMs: number;
}

interface RegionEntry {
  counts: MutableCounts;
  error?: string;
  clockOffsetSeconds?: number;
}
