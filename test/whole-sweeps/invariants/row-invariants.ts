/** What holds for sweeps in a row by one process. */
import assert from 'node:assert/strict';
import { countsOf, sessionLines } from '../play/observed.js';
import type { Observation } from '../play/simulation.js';
import { checkOrphansAreLoud } from './orphan-invariant.js';
import { checkContradictionsAreRemembered } from './trust-invariants.js';

/** @param sweeps at least three. @throws Error where something does not hold. */
export function checkRow(sweeps: readonly Observation[]): void {
  checkOrphansAreLoud(sweeps);
  checkContradictionsAreRemembered(sweeps);
  checkEndsAreCountedOnce(sweeps);
}

/** However often Athena says that a session is ending. */
function checkEndsAreCountedOnce(sweeps: readonly Observation[]): void {
  const ended = new Set<string>();
  for (const seen of sweeps) {
    const now = sessionLines(seen)
      .filter(({ outcome }) => outcome === 'terminated')
      .map(({ sessionId }) => sessionId);
    const again = now.filter((id) => ended.has(id));
    assert.equal(countsOf(seen).terminatedAgain, again.length, 'ended once more');
    for (const id of now) ended.add(id);
  }
}
