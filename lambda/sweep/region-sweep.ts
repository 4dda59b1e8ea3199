/** The sweep of one region: which workgroups, what is due in each, and what came of it. */
import pLimit, { type LimitFunction } from 'p-limit';
import { isFailure, type SessionService } from '../athena/session-service.js';
import type { SweepSettings } from '../contract/settings.js';
import { decide } from '../policy/decide.js';
import { type Decision, isUnknown } from '../policy/decision.js';
import { limitsFor } from '../policy/limits.js';
import { statesWithLimit } from '../policy/limits-by-state.js';
import type { Session, Tags, Workgroup } from '../policy/session.js';
import { engineOf, isSelected } from '../policy/workgroup-selection.js';
import type { SweepObserver } from '../reporting/observer.js';
import { type Recorded, recordOf, shortened } from '../reporting/session-record.js';
import type { Tally } from '../reporting/tally.js';
import { type DueSession, deferred, type Ending } from './ending.js';
import { type LookOptions, lookAndEnd } from './last-look.js';
import type { TerminationBudget } from './termination-budget.js';

/** Workgroups listed at the same time. Calls are paced by what the service takes, so this only bounds memory. */
const WORKGROUPS_AT_ONCE = 128;
/** Sessions looked at and ended at the same time. */
const ENDINGS_AT_ONCE = 128;
/** Due sessions that may wait to be ended before listing waits for them, so that memory stays bounded. */
const MAX_WAITING = 2_000;

interface RegionContext extends Omit<LookOptions, 'workgroupTags'> {
  readonly settings: SweepSettings;
  readonly observer: SweepObserver;
  readonly random: () => number;
  readonly tally: Tally;
  readonly budget: TerminationBudget;
}

/** The sweep of one region. Listing and ending run side by side, each at the service's own rate. */
export class RegionSweep {
  readonly #endings: LimitFunction = pLimit(ENDINGS_AT_ONCE);
  readonly #listings: LimitFunction = pLimit(WORKGROUPS_AT_ONCE);
  #listed = 0;

  constructor(
    private readonly service: SessionService,
    private readonly context: RegionContext,
  ) {}

  async run(): Promise<void> {
    const workgroups = await this.#selectedWorkgroups();
    const pending = new Set<Promise<void>>();
    await this.#listings.map(shuffled(workgroups, this.context.random), async (workgroup) => {
      const due = await this.#listDue(workgroup, workgroups.length);
      const ended = this.#endAll(workgroup, due);
      pending.add(ended);
      void ended.then(() => pending.delete(ended));
      if (this.#endings.pendingCount > MAX_WAITING) await ended;
    });
    await Promise.all(pending);
  }

  async #selectedWorkgroups(): Promise<readonly Workgroup[]> {
    const { settings, stop } = this.context;
    // By name, for a page that comes twice must not have its workgroups swept twice.
    const selected = new Map<string, Workgroup>();
    try {
      for await (const page of this.service.listWorkgroups(stop)) {
        for (const workgroup of page) {
          if (isSelected(workgroup, settings)) selected.set(workgroup.name, workgroup);
        }
      }
    } catch (error) {
      this.#notListed(error);
    }
    return [...selected.values()];
  }

  /** Lists a workgroup to its last page. Where that fails, what it found due is deferred. */
  async #listDue(workgroup: Workgroup, workgroups: number): Promise<readonly DueSession[]> {
    const { tally, observer } = this.context;
    const due: DueSession[] = [];
    let pages = 0;
    try {
      for await (const page of this.#sessionsOf(workgroup)) {
        pages += 1;
        due.push(...page.flatMap((session) => this.#judge(session)));
      }
    } catch (error) {
      // A workgroup that has given a page does hold sessions: what is refused then is the page token.
      if (pages === 0 && isNotSpark(error, workgroup)) return [];
      this.#notListed(error, workgroup.name);
      for (const one of due) this.#record(deferred(one, 'listing-broken-off'));
      return [];
    }
    this.#listed += 1;
    tally.workgroupListed(this.service.region);
    observer.workgroupListed?.(this.service.region, this.#listed, workgroups);
    return due;
  }

  /** Pages of the sessions in a state with a limit; one that changes its state meanwhile comes only once. */
  async *#sessionsOf({ name }: Workgroup): AsyncGenerator<readonly Session[]> {
    const { settings, stop } = this.context;
    const seen = new Set<string>();
    for (const state of statesWithLimit(settings)) {
      for await (const page of this.service.listSessions(name, state, stop)) {
        const fresh = page.filter(({ sessionId }) => !seen.has(sessionId));
        for (const { sessionId } of fresh) seen.add(sessionId);
        yield fresh;
      }
    }
  }

  /** @returns the session where it is due. */
  #judge(session: Session): DueSession[] {
    const { settings, now, tally, observer } = this.context;
    const decision = decide(session, limitsFor(session, settings), now);
    observer.judged?.(session, decision);
    const { clock, minutes } = decision.evidence;
    if (session.state === 'IDLE' && clock !== 'started' && minutes !== undefined) tally.idleFor(minutes);
    const { region } = this.service;
    switch (decision.action) {
      case 'terminate':
        tally.listed(region, 'due');
        return [{ session, decision }];
      case 'warn':
        tally.listed(region, 'warned');
        this.#record({ session, decision, kind: decision.kind, outcome: 'warned' });
        return [];
      case 'keep':
        tally.listed(region, isUnknown(decision) ? 'unknown' : 'kept');
        return [];
    }
  }

  /** Oldest first. */
  async #endAll(workgroup: Workgroup, due: readonly DueSession[]): Promise<void> {
    const { stop } = this.context;
    let tags: Promise<Tags> | undefined;
    const workgroupTags = () => {
      tags ??= this.service.workgroupTags(workgroup.name, stop);
      return tags;
    };
    const oldestFirst = due.toSorted(
      (a, b) => (b.decision.evidence.minutes ?? 0) - (a.decision.evidence.minutes ?? 0),
    );
    await this.#endings.map(oldestFirst, async (one) => this.#record(await this.#end(one, workgroupTags)));
  }

  async #end(due: DueSession, workgroupTags: () => Promise<Tags>): Promise<Ending> {
    const slot = await this.context.budget.take();
    if (!slot) return deferred(due, 'cap-reached');
    const looked = await lookAndEnd(due, this.service, { ...this.context, workgroupTags });
    const ending = { ...looked, decision: withEvidence(looked.decision, due.decision) };
    slot.settle(ending.mayHaveEnded || ending.outcome === 'would-terminate');
    return ending;
  }

  #record(recorded: Recorded): void {
    const record = recordOf(recorded);
    this.context.tally.record(record);
    this.context.observer.session?.(record);
  }

  #notListed(error: unknown, workGroup?: string): void {
    const message = isFailure(error, 'out-of-time') ? 'out of time' : messageOf(error);
    const item = {
      region: this.service.region,
      ...(workGroup !== undefined && { workGroup }),
      error: message,
    };
    this.context.tally.notListed(item);
    this.context.observer.notListed?.(item);
  }
}

/** An exemption, or a state without a limit, rests on no time: then the listing's evidence shows how long it had been so. */
function withEvidence(decision: Decision, listed: Decision): Decision {
  return decision.evidence.minutes === undefined ? { ...decision, evidence: listed.evidence } : decision;
}

/** A workgroup whose engine is not known and that refuses to list sessions runs SQL: there is nothing to list. */
function isNotSpark(error: unknown, workgroup: Workgroup): boolean {
  return isFailure(error, 'invalid') && engineOf(workgroup) === 'unknown';
}

function messageOf(error: unknown): string {
  return shortened(error instanceof Error ? error.message : String(error));
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
