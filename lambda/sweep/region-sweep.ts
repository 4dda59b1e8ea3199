/** The sweep of one region: which workgroups, what is due in each, and what came of it. */
import pLimit, { type LimitFunction } from 'p-limit';
import { isFailure, isGone, type SessionService } from '../athena/session-service.js';
import type { SweepSettings } from '../contract/settings.js';
import { decide, decideListed, needsLook } from '../policy/decide.js';
import type { Decision } from '../policy/decision.js';
import { limitsFor } from '../policy/limits.js';
import { isInactive } from '../policy/limits-by-state.js';
import type { Session, Workgroup } from '../policy/session.js';
import { type DueSession, deferred, type Ending, notLookedAt } from './ending.js';
import { type FoundWorkgroups, findWorkgroups } from './find-workgroups.js';
import { lookAndEnd } from './last-look.js';
import type { LastModifiedTrust } from './last-modified-trust.js';
import { listSessions } from './list-sessions.js';
import type { ListingMemory } from './listing-memory.js';
import type { RegionLedger } from './region-ledger.js';
import type { TerminationBudget } from './termination-budget.js';
import { WorkgroupListing } from './workgroup-listing.js';

/** Workgroups listed at the same time. Calls are paced by what the service takes, so this only bounds memory. */
const WORKGROUPS_AT_ONCE = 128;
/** Sessions looked at and ended at the same time. */
const ENDINGS_AT_ONCE = 128;
/** Sessions that may wait to be looked at before listing waits for them, so that memory stays bounded. */
const MAX_WAITING = 2_000;

export interface RegionContext {
  readonly settings: SweepSettings;
  /** Milliseconds since the epoch at which the sweep began, by our clock. */
  readonly startedAt: number;
  /** Our clock, in milliseconds since the epoch. */
  readonly clock: () => number;
  /** Aborts when no other workgroup may be begun. */
  readonly stopListing: AbortSignal;
  readonly stop: AbortSignal;
  readonly lastCall: AbortSignal;
  readonly random: () => number;
  readonly budget: TerminationBudget;
  readonly ledger: RegionLedger;
  readonly trust: LastModifiedTrust;
  readonly listings: ListingMemory;
}

/** The sweep of one region. Listing and ending run side by side, each at the service's own rate. */
export class RegionSweep {
  readonly #endings: LimitFunction = pLimit(ENDINGS_AT_ONCE);
  readonly #listings: LimitFunction = pLimit(WORKGROUPS_AT_ONCE);
  /** Due by a last-modified time alone, which may be trusted only when the region is listed. */
  readonly #held: DueSession[] = [];
  /** Workgroups whose turn did not come, and the error by which they were given up. */
  readonly #notReached: { readonly workGroup: string; readonly error: unknown }[] = [];
  #now: Date;

  constructor(
    private readonly service: SessionService,
    private readonly context: RegionContext,
  ) {
    this.#now = new Date(context.startedAt);
  }

  async run(): Promise<FoundWorkgroups> {
    const { settings, stop, ledger, trust } = this.context;
    const found = await findWorkgroups(this.service, settings, stop);
    if (found.error !== undefined) ledger.notListed(found.error);
    this.#readClock();
    const toList = this.#inTurn(found);
    const pending = new Set<Promise<void>>();
    await this.#listings.map(toList, async (workgroup) => {
      const settled = this.#settleAll(await this.#list(workgroup, toList.length));
      pending.add(settled);
      void settled.then(() => pending.delete(settled));
      if (this.#endings.pendingCount > MAX_WAITING) await settled;
    });
    await Promise.all(pending);
    for (const { error, workGroup } of this.#notReached) ledger.notReached(error, workGroup);
    if (ledger.isWhole) trust.regionListed();
    await this.#endings.map(this.#held, (due) => this.#settleHeld(due));
    return found;
  }

  /** The service's clock is the one that its instants were read from; its first answers have shown it. */
  #readClock(): void {
    const offsetMs = this.service.clockOffsetMs();
    this.#now = new Date(this.context.startedAt + offsetMs);
    this.context.ledger.clock(offsetMs);
  }

  /** The workgroups that are to be listed, those first that have waited longest; the others are remembered. */
  #inTurn({ selected, names, error }: FoundWorkgroups): readonly Workgroup[] {
    const { listings, random, settings } = this.context;
    if (error === undefined) listings.keepOnly(names);
    const toList = listings.inTurn(
      shuffled(selected, random),
      this.#now.getTime(),
      settings.sweepIntervalMinutes,
    );
    const turns = new Set(toList.map(({ name }) => name));
    for (const { name } of selected) if (!turns.has(name)) this.#remember(name);
    return toList;
  }

  /** @returns whether what is remembered of a workgroup is enough for this sweep. */
  #remember(workGroup: string): boolean {
    const now = this.#now.getTime();
    const quiet = this.context.listings.quiet(workGroup, now);
    if (quiet) this.context.ledger.remembered(quiet, now);
    return quiet !== undefined;
  }

  /** @returns what is due, or needs a look, in a workgroup that was listed to its last page. */
  async #list(workgroup: Workgroup, workgroups: number): Promise<readonly DueSession[]> {
    const { ledger, listings } = this.context;
    const found: DueSession[] = [];
    const listing = this.#begin(workgroup);
    try {
      for await (const page of listSessions(workgroup, this.service, this.context)) {
        found.push(...page.flatMap((session) => this.#judge(session, listing)));
      }
    } catch (error) {
      this.#notListed(error, workgroup.name, listing);
      for (const one of found) {
        if (needsLook(one.decision)) ledger.judged(one.session, one.decision);
        else this.#ended(one, deferred(one, 'listing-broken-off'));
      }
      return [];
    }
    listings.listed(workgroup.name, listing);
    ledger.workgroupListed(workgroups);
    return found;
  }

  #begin({ name }: Workgroup): WorkgroupListing {
    const { settings, trust } = this.context;
    const context = { settings, now: this.#now, lastModifiedMoves: trust.isSeenMoving };
    return new WorkgroupListing(name, this.#serviceTime(), context);
  }

  #notListed(error: unknown, workGroup: string, { sessions }: WorkgroupListing): void {
    const { ledger, listings } = this.context;
    if (isNeverAsked(error)) {
      // What was listed ahead of time is known as before, unless some of its sessions are counted already.
      if (sessions > 0 || !this.#remember(workGroup)) this.#notReached.push({ workGroup, error });
    } else {
      listings.refused(workGroup, this.#serviceTime());
      ledger.notListed(error, workGroup);
    }
  }

  #serviceTime(): number {
    return this.context.clock() + this.service.clockOffsetMs();
  }

  #judge(session: Session, listing: WorkgroupListing): DueSession[] {
    const { settings, ledger, trust } = this.context;
    trust.observe(session);
    const decision = decideListed(session, limitsFor(session, settings, this.#now), this.#now);
    listing.judged(session, decision);
    if (needsLook(decision)) return [{ session, decision }];
    ledger.judged(session, decision);
    return decision.action === 'terminate' ? [{ session, decision }] : [];
  }

  /** Longest first. */
  async #settleAll(found: readonly DueSession[]): Promise<void> {
    const minutesOf = ({ decision }: DueSession) => decision.evidence.minutes ?? 0;
    const longestFirst = found.toSorted((a, b) => minutesOf(b) - minutesOf(a));
    await this.#endings.map(longestFirst, async (one) => {
      const due = needsLook(one.decision) ? await this.#look(one) : one;
      if (due) await this.#end(due);
    });
  }

  /** Asks GetSession for the idle-since time that a listing does not have. @returns the session where it is due. */
  async #look(listed: DueSession): Promise<DueSession | undefined> {
    const { ledger, stop, trust } = this.context;
    const { sessionId, workGroup } = listed.session;
    try {
      const seen = { ...(await this.service.getSession(sessionId, stop)), workGroup };
      trust.observe(seen);
      // What is listed as idle and looks ended is known no better than before, and may be so at every sweep.
      if (isInactive(seen)) ledger.judged(listed.session, listed.decision);
      else return this.#judgeSeen(seen);
    } catch (error) {
      if (isGone(error)) ledger.judged(listed.session, listed.decision);
      else ledger.dueWithoutLook(notLookedAt(listed, error));
    }
    return undefined;
  }

  #judgeSeen(session: Session): DueSession | undefined {
    const { ledger, trust } = this.context;
    const decision = this.#decideOn(session, trust.isPossible);
    const due = decision.action === 'terminate';
    if (due && decision.evidence.lowerBound) this.#held.push({ session, decision });
    else ledger.judged(session, decision);
    return due && !decision.evidence.lowerBound ? { session, decision } : undefined;
  }

  async #settleHeld(due: DueSession): Promise<void> {
    const { ledger, trust } = this.context;
    if (!trust.isPossible) return ledger.judged(due.session, this.#decideOn(due.session, false));
    ledger.judged(due.session, due.decision);
    if (trust.holds) await this.#end(due);
    else this.#ended(due, deferred(due, 'listing-broken-off'));
  }

  async #end(due: DueSession): Promise<void> {
    const slot = await this.context.budget.take();
    if (!slot) return this.#ended(due, deferred(due, 'cap-reached'));
    const looked = await lookAndEnd(due, this.service, { ...this.context, now: this.#now });
    slot.settle(looked.ending.mayHaveEnded === true);
    this.context.ledger.ended(due, looked);
  }

  /** Without a last look. */
  #ended(due: DueSession, ending: Ending): void {
    this.context.ledger.ended(due, { ending, byListing: due.decision, tagsUnreadable: false });
  }

  #decideOn(session: Session, trustsLastModified: boolean): Decision {
    const limits = limitsFor(session, this.context.settings, this.#now);
    return decide(session, { ...limits, trustsLastModified }, this.#now);
  }
}

/** Whether a listing was given up before any of its calls had failed: its turn did not come in time. */
function isNeverAsked(error: unknown): boolean {
  return isFailure(error, 'out-of-time') && error.cause === undefined;
}

/** Fisher-Yates, so that a sweep cut short does not starve the same workgroups at every sweep. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const deck = [...items];
  return items
    .map(() => {
      const [drawn] = deck.splice(Math.floor(random() * deck.length), 1);
      return drawn;
    })
    .filter((item) => item !== undefined);
}
