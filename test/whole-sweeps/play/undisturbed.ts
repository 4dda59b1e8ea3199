/** A scenario in which there is nothing yet and nothing goes wrong. */
import { DEFAULT_WORLD } from '../../../local/athena/index.js';
import type { Scenario } from './scenario.js';

export const UNDISTURBED: Scenario = {
  seed: 4,
  settings: {},
  event: {},
  remainingMs: 300_000,
  latencyMs: 25,
  world: DEFAULT_WORLD,
  clockOffsetMs: 0,
  denyTagged: false,
  pageSize: 100,
  regions: [],
  faults: [],
  turns: [],
};
