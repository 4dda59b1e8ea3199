/** What holds for every sweep, whatever it meets. */
import assert from 'node:assert/strict';
import type { Observation } from '../play/simulation.js';
import { ANSWER_INVARIANTS } from './answer-invariants.js';
import type { Invariant } from './invariant.js';
import { REPORT_INVARIANTS } from './report-invariants.js';
import { TERMINATION_INVARIANTS } from './termination-invariants.js';

const IN_TIME: readonly Invariant[] = [
  {
    name: 'ends before its deadline, and begins nothing afterwards',
    check: ({ scenario, elapsedMs, late }) => {
      const allowed = Math.max(0, scenario.remainingMs - 1_500);
      assert(elapsedMs <= allowed, `took ${elapsedMs} ms of ${scenario.remainingMs}`);
      assert.equal(late, 0, 'calls after the end');
    },
  },
];

const INVARIANTS: readonly Invariant[] = [
  ...TERMINATION_INVARIANTS,
  ...REPORT_INVARIANTS,
  ...ANSWER_INVARIANTS,
  ...IN_TIME,
];

/** @throws Error that names the invariant which does not hold. */
export function checkAll(seen: Observation, invariants: readonly Invariant[] = INVARIANTS): void {
  for (const { name, check } of invariants) {
    try {
      check(seen);
    } catch (error) {
      throw new Error(`a sweep ${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }
}
