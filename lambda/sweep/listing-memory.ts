/**
 * What a process remembers of the workgroups of one region, as sweeps with the same settings have listed them: until
 * when each surely holds no session that is due or due soon, and which has waited longest to be listed.
 */
import { MINUTE_MS } from '../contract/durations.js';
import type { Workgroup } from '../policy/session.js';
import { ahead } from './level-load.js';

/** What the last complete listing of a workgroup showed; every session in it was kept. */
export interface QuietListing {
  /** When it began: epoch milliseconds by the service's clock. */
  readonly begunAt: number;
  /** Until then no session of the workgroup can be due, or due soon. */
  readonly quietUntil: number;
  readonly sessions: number;
  /** How long its idle sessions had been idle. */
  readonly idleMinutes: readonly number[];
}

export class ListingMemory {
  readonly #quiet = new Map<string, QuietListing>();
  readonly #triedAt = new Map<string, number>();

  /** Forgets all workgroups but these. */
  keepOnly(names: readonly string[]): void {
    const kept = new Set(names);
    for (const known of [this.#quiet, this.#triedAt]) {
      for (const name of known.keys()) if (!kept.has(name)) known.delete(name);
    }
  }

  /** @param now epoch milliseconds by the service's clock. @returns undefined where the workgroup is to be listed. */
  quiet(workGroup: string, now: number): QuietListing | undefined {
    const listing = this.#quiet.get(workGroup);
    // A clock that was set back since has nothing to say about what was seen before.
    return listing && listing.begunAt <= now && now < listing.quietUntil ? listing : undefined;
  }

  listed(workGroup: string, listing: QuietListing): void {
    this.#quiet.set(workGroup, listing);
    this.#triedAt.set(workGroup, listing.begunAt);
  }

  /** The workgroup refused to be listed: it has had its turn. */
  refused(workGroup: string, at: number): void {
    this.#quiet.delete(workGroup);
    this.#triedAt.set(workGroup, at);
  }

  /**
   * The workgroups that are to be listed now, in their turn: those first that have waited longest, and of those that were
   * never tried in the order given; then some that could wait, see {@link ahead}.
   * @param now epoch milliseconds by the service's clock.
   */
  inTurn(workgroups: readonly Workgroup[], now: number, intervalMinutes: number): readonly Workgroup[] {
    const triedAt = ({ name }: Workgroup) => this.#triedAt.get(name) ?? 0;
    const needed = workgroups.filter(({ name }) => !this.quiet(name, now));
    const canWait = workgroups
      .flatMap((workgroup) => {
        const quiet = this.quiet(workgroup.name, now);
        return quiet && Number.isFinite(quiet.quietUntil)
          ? [{ workgroup, quietMs: quiet.quietUntil - now }]
          : [];
      })
      .toSorted((a, b) => a.quietMs - b.quietMs);
    const sweepsAhead = canWait.map(({ quietMs }) => Math.ceil(quietMs / (intervalMinutes * MINUTE_MS)));
    const soonest = canWait.slice(0, ahead(needed.length, sweepsAhead)).map(({ workgroup }) => workgroup);
    return [...needed.toSorted((a, b) => triedAt(a) - triedAt(b)), ...soonest];
  }
}
