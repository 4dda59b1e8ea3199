import type { Mistake } from '../../../lambda/contract/mistakes.js';
import type { ReaperConfig } from '../keys/reaper-config.js';

/** A mistake that lies in how keys go together. */
export interface Contradiction extends Mistake {
  /** The top-level keys that it was seen in. */
  readonly reads: readonly (keyof ReaperConfig)[];
}
