import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeWorld } from '../../local/athena/index.js';
import { lives } from './play/lives.js';
import { playLives } from './play/play-lives.js';

/** Of the runs below; mutation testing plays fewer, each mutant anew. */
const share = Number(process.env.PROPERTY_SHARE ?? 1);

describe('sweeps that remember what is quiet', { timeout: 120_000 }, () => {
  it('end and announce the same sessions at the same sweeps as sweeps that list everything', async () => {
    let [listings, remembered] = [0, 0];
    await fc.assert(
      fc.asyncProperty(lives, async (drawn) => {
        const all = await playLives(drawn, false);
        const some = await playLives(drawn, true);
        expect(outcomesOf(some), describeWorld(drawn.scenario.world)).toEqual(outcomesOf(all));
        remembered += some.reduce((sum, sweep) => sum + sweep.remembered, 0);
        listings += 3 * some.length;
      }),
      { numRuns: 25 * share },
    );
    // Otherwise there was nothing to compare.
    expect(remembered / listings).toBeGreaterThan(0.1);
  });
});

function outcomesOf(
  sweeps: Awaited<ReturnType<typeof playLives>>,
): Readonly<Record<number, readonly string[]>> {
  return Object.fromEntries(sweeps.map(({ outcomes }, n) => [n, outcomes]));
}
