import type { Observation } from '../play/simulation.js';

/** What holds for a sweep; `check` throws where it does not. */
export interface Invariant {
  readonly name: string;
  readonly check: (seen: Observation) => void;
}
