/** A few lives, for the suite; `npm run soak` plays the same property by the hundred. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf } from './play/observed.js';
import { PROPERTIES } from './properties.js';

const { name, scenarios, check } = PROPERTIES.remembering;

describe('a sweep', () => {
  it(name, async () => {
    let [listings, remembered] = [0, 0];
    await fc.assert(
      fc.asyncProperty(scenarios, async (drawn) => {
        const sweeps = await check(drawn);
        remembered += sweeps.reduce((sum, sweep) => sum + countsOf(sweep).remembered, 0);
        listings += 3 * sweeps.length;
      }),
      { numRuns: 10 },
    );
    // Otherwise there was nothing to compare.
    expect(remembered / listings).toBeGreaterThan(0.1);
  });
});
