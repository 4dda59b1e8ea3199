/**
 * The cap on terminations per sweep. A slot is taken before a session is looked at and given back when the
 * session is spared, so that sessions which are never ended (exempt by tag, say) cannot use up the cap and keep
 * others waiting forever.
 */
export class TerminationBudget {
  #free: number;
  #held = 0;
  #waiting: (() => void)[] = [];

  /** @param cap sessions that may be ended, at least 1. */
  constructor(cap: number) {
    this.#free = cap;
  }

  /** Waits while a slot may still come back. @returns undefined when the cap is reached for good. */
  async take(): Promise<TerminationSlot | undefined> {
    while (this.#free === 0 && this.#held > 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#free === 0) return undefined;
    this.#free -= 1;
    this.#held += 1;
    return { settle: (used) => this.#settle(used) };
  }

  #settle(used: boolean): void {
    this.#held -= 1;
    if (!used) this.#free += 1;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

interface TerminationSlot {
  /** Called once: whether the slot was used, or goes back to the others. */
  settle(used: boolean): void;
}
