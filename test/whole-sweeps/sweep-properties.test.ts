/** A few of each kind, for the suite; `npm run soak` plays the same properties by the thousand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/property-share.js';
import { recordedWorlds } from '../support/recorded-worlds.js';
import { roughScenarios } from './play/scenarios.js';
import { simulate } from './play/simulation.js';
import { PROPERTIES } from './properties.js';

const { rough, calm, victim, lasting } = PROPERTIES;

// Long enough for a property that fails to shrink.
describe('a sweep', () => {
  it.each([
    { ...rough, numRuns: runs(30) },
    { ...calm, numRuns: runs(15) },
    { ...victim, numRuns: runs(10) },
    { ...lasting, numRuns: runs(10) },
  ])('$name', async ({ scenarios, check, numRuns }) => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => void (await check(scenario))),
      { numRuns },
    );
  });

  it('is the same sweep again when its scenario is played again', async () => {
    await fc.assert(
      fc.asyncProperty(roughScenarios, async (scenario) => {
        const { report, exchanges } = await simulate(scenario);
        const again = await simulate(scenario);
        expect([again.report, again.exchanges]).toEqual([report, exchanges]);
      }),
      { numRuns: runs(4) },
    );
  });
});

// What accounts were seen to do together, beside all that could be drawn.
describe.each(recordedWorlds())('in the recorded world $name a sweep', ({ world }) => {
  it.each([
    { ...rough, numRuns: runs(6) },
    { ...calm, numRuns: runs(4) },
    { ...victim, numRuns: runs(3) },
    { ...lasting, numRuns: runs(3) },
  ])('$name', async ({ scenarios, check, numRuns }) => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => void (await check({ ...scenario, world }))),
      { numRuns },
    );
  });
});
