import type { Turn } from './pacer.js';
import type { TerminationPermit } from './session-service.js';

/** A turn of TerminateSession, taken before the last look and used right after it. */
export class PacedPermit implements TerminationPermit {
  #turn: Turn | undefined;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  use(): Turn {
    const turn = this.#turn;
    if (!turn) throw new TypeError('A permit allows one call');
    this.#turn = undefined;
    return turn;
  }

  release(): void {
    this.#turn?.unused();
    this.#turn = undefined;
  }
}
