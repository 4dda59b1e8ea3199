/**
 * What one process remembers between its sweeps. Nothing of it makes a session due: forgetting, as a new process does,
 * costs calls, log lines and counts at most, but for a contradiction, which only ever spares and is soon seen again.
 */

import type { ReaperSettings } from '../contract/settings.js';
import { ListingMemory } from './listing-memory.js';

/** Ended sessions, and lines, that are remembered: some hundred kilobytes each. */
const MOST_REMEMBERED = 10_000;

export class ProcessMemory {
  readonly #ended = new RecentSet(MOST_REMEMBERED);
  readonly #spared = new RecentSet(MOST_REMEMBERED);
  readonly #contradicted = new Set<string>();
  readonly #moving = new Set<string>();
  readonly #listings = new Map<string, { readonly settings: string; readonly memory: ListingMemory }>();

  /** Remembers that Athena said a session is ending. @returns whether it had said so before. */
  endedBefore(sessionId: string): boolean {
    return !this.#ended.add(sessionId);
  }

  /** @param line what is said of a session. @returns whether it was said before on that day, in UTC. */
  saidToday(line: string, now: Date): boolean {
    return !this.#spared.add(`${now.toISOString().slice(0, 10)} ${line}`);
  }

  /** Remembers that `LastModifiedDateTime` does not move with the state of sessions in a place. */
  contradictedIn(place: string): void {
    this.#contradicted.add(place);
  }

  isContradictedIn(place: string): boolean {
    return this.#contradicted.has(place);
  }

  /** Remembers that `LastModifiedDateTime` was seen to move with the state of a session in a place. */
  seenMovingIn(place: string): void {
    this.#moving.add(place);
  }

  isSeenMovingIn(place: string): boolean {
    return this.#moving.has(place);
  }

  /** What sweeps with these settings have listed in a place; what others have is forgotten. */
  listingsOf(place: string, settings: ReaperSettings): ListingMemory {
    const text = JSON.stringify(settings);
    const known = this.#listings.get(place);
    if (known?.settings === text) return known.memory;
    const memory = new ListingMemory();
    this.#listings.set(place, { settings: text, memory });
    return memory;
  }
}

/** The texts that were added last; the oldest are forgotten. */
class RecentSet {
  readonly #texts = new Set<string>();

  constructor(private readonly most: number) {}

  /** @returns whether the text is new. */
  add(text: string): boolean {
    if (this.#texts.has(text)) return false;
    const [oldest] = this.#texts;
    if (this.#texts.size >= this.most && oldest !== undefined) this.#texts.delete(oldest);
    this.#texts.add(text);
    return true;
  }
}
