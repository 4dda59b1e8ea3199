/** A few lives, for the suite; `npm run soak` plays the same property by the hundred. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { runs } from '../support/property-share.js';
import { countsOf } from './play/observed.js';
import { PROPERTIES } from './properties.js';

const { name, scenarios, check } = PROPERTIES.remembering;

describe('a sweep', () => {
  it(name, async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (drawn) => {
        const sweeps = await check(drawn);
        const remembered = sweeps.reduce((sum, sweep) => sum + countsOf(sweep).remembered, 0);
        // Otherwise there was nothing to compare, and another life is drawn.
        fc.pre(remembered > 0.1 * 3 * sweeps.length);
      }),
      { numRuns: runs(10) },
    );
  });
});
