/** What a sweep writes down about one region as it goes: into the tally, and for whoever watches. */
import { isFailure } from '../athena/session-service.js';
import { DUE_OUTCOMES, INTERVALS_OVERDUE } from '../contract/outcomes.js';
import type { NotListed } from '../contract/report.js';
import { type Decision, isUnknown } from '../policy/decision.js';
import type { Session } from '../policy/session.js';
import type { SweepObserver } from '../reporting/observer.js';
import { errorText, recordOf } from '../reporting/session-record.js';
import type { Tally } from '../reporting/tally.js';
import type { DueSession, Ending } from './ending.js';
import { idleMinutesOf } from './idle-age.js';
import type { Looked } from './last-look.js';
import type { QuietListing } from './listing-memory.js';
import type { ProcessMemory } from './process-memory.js';

/** Clocks that are further apart are reported. */
const CLOCKS_APART_MS = 60_000;

/** Minutes past its limit after which an exemption by tag is counted as a long one: a week. */
const LONG_EXEMPT = 7 * 24 * 60;

export interface LedgerContext {
  readonly tally: Tally;
  readonly observer: SweepObserver;
  readonly memory: ProcessMemory;
  readonly terminates: boolean;
  readonly sweepIntervalMinutes: number;
}

export class RegionLedger {
  #workgroupsListed = 0;
  #isWhole = true;
  #isReached = false;

  constructor(
    private readonly region: string,
    private readonly context: LedgerContext,
  ) {}

  /** Whether nothing of the region was left unlisted so far. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** @param workgroups how many there are to list. */
  workgroupListed(workgroups: number): void {
    this.#workgroupsListed += 1;
    this.#isReached = true;
    this.context.tally.workgroupListed(this.region);
    this.context.observer.workgroupListed?.(this.region, this.#workgroupsListed, workgroups);
  }

  /** A workgroup that need not be listed, and what is remembered of it. @param now epoch milliseconds, as it has. */
  remembered({ begunAt, sessions, idleMinutes }: QuietListing, now: number): void {
    this.context.tally.remembered(this.region, { sessions, idleMinutes, ageMs: now - begunAt });
    this.#isReached = true;
  }

  /**
   * A workgroup whose turn did not come. Where no other has been reached either, that is more than waiting.
   * @param error by which it was given up.
   */
  notReached(error: unknown, workGroup: string): void {
    this.notListed(error, workGroup, this.#isReached ? 'waiting' : undefined);
  }

  notListed(error: unknown, workGroup?: string, kind?: NotListed['kind']): void {
    this.#isWhole = false;
    const item: NotListed = {
      region: this.region,
      ...(workGroup !== undefined && { workGroup }),
      ...(kind !== undefined && { kind }),
      error: isFailure(error, 'out-of-time') ? 'out of time' : errorText(error),
    };
    this.context.tally.notListed(item);
    this.context.observer.notListed?.(item);
  }

  /** @param offsetMs by which the service's clock is ahead of ours. */
  clock(offsetMs: number): void {
    if (Math.abs(offsetMs) <= CLOCKS_APART_MS) return;
    const clockOffsetSeconds = Math.round(offsetMs / 1_000);
    this.context.tally.clockOffset(this.region, clockOffsetSeconds);
    this.context.observer.clocksApart?.({ region: this.region, clockOffsetSeconds });
  }

  /** Every session is judged once. */
  judged(session: Session, decision: Decision): void {
    const { tally, observer } = this.context;
    observer.judged?.(session, decision);
    switch (decision.action) {
      case 'terminate':
        tally.listed(this.region, 'due');
        break;
      case 'warn':
        tally.listed(this.region, 'warned');
        this.#sampleIdle(session, decision);
        this.#record({ session, decision, kind: decision.kind, outcome: 'warned' });
        break;
      case 'keep':
        tally.listed(this.region, isUnknown(decision) ? 'unknown' : 'kept');
        this.#sampleIdle(session, decision);
        break;
    }
  }

  /** A session that may be due and could not be looked at counts as due, for its outcome says why it is not ended. */
  dueWithoutLook(ending: Ending): void {
    this.context.observer.judged?.(ending.session, ending.decision);
    this.context.tally.listed(this.region, 'due');
    this.#record(ending);
  }

  /** The outcome of a session that was judged due. */
  ended(due: DueSession, { ending, byListing, tagsUnreadable }: Looked): void {
    const { memory, tally, terminates } = this.context;
    const isEnding = ending.outcome === 'terminated';
    const again = isEnding && memory.endedBefore(due.session.sessionId);
    const isExempt = byListing.kind === 'exempt-by-tag' || byListing.kind === 'exempt-by-rule';
    if (!isExempt) this.#sampleIdle(due.session, due.decision);
    const pastLimit = terminates && !isExempt ? [byListing, ending.decision].flatMap(minutesPastLimit) : [];
    for (const minutes of pastLimit) tally.overdue(minutes, isEnding && !again);
    if (
      byListing.kind === 'exempt-by-tag' &&
      minutesPastLimit(due.decision).some((past) => past > LONG_EXEMPT)
    ) {
      tally.longExempt(this.region);
    }
    if (tagsUnreadable) tally.tagsUnreadable(this.region);
    const isEnded = DUE_OUTCOMES[ending.outcome].saves && !again;
    this.#record({
      ...ending,
      decision: withEvidence(ending.decision, due.decision),
      again,
      overdueMinutes: isEnded ? undefined : this.#overdue(pastLimit),
    });
  }

  #overdue(minutesPastLimit: readonly number[]): number | undefined {
    const longest = Math.max(...minutesPastLimit);
    return longest > INTERVALS_OVERDUE * this.context.sweepIntervalMinutes ? longest : undefined;
  }

  #sampleIdle(session: Session, decision: Decision): void {
    const minutes = idleMinutesOf(session, decision);
    if (minutes !== undefined) this.context.tally.idleFor(minutes);
  }

  #record(recorded: Parameters<typeof recordOf>[0]): void {
    const record = recordOf(recorded);
    this.context.tally.record(record);
    this.context.observer.session?.(record);
  }
}

/**
 * How far past its limit a session is. What a look at a due session shows counts beside its listing, which may not have
 * the instant that it is due by for longer.
 */
function minutesPastLimit({ action, evidence: { minutes, limitMinutes } }: Decision): readonly number[] {
  if (action !== 'terminate' || minutes === undefined || limitMinutes === undefined) return [];
  return [minutes - limitMinutes];
}

/** An exemption, or a state without a limit, rests on no time: then the listing's evidence shows how long it had been so. */
function withEvidence(decision: Decision, listed: Decision): Decision {
  return decision.evidence.minutes === undefined ? { ...decision, evidence: listed.evidence } : decision;
}
