/** A few of each kind, for the suite; `npm run soak` plays the same properties by the thousand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedWorlds } from '../support/recorded-worlds.js';
import { roughScenarios } from './play/scenarios.js';
import { simulate } from './play/simulation.js';
import { PROPERTIES } from './properties.js';

const { rough, calm, victim, lasting } = PROPERTIES;
/** Mutation testing plays fewer, each mutant anew. Whole ones: fast-check never ends a fraction of runs. */
const some = (runs: number) => Math.ceil(runs * Number(process.env.PROPERTY_SHARE ?? 1));

// Long enough for a property that fails to shrink.
describe('a sweep', () => {
  it.each([
    { ...rough, numRuns: some(30) },
    { ...calm, numRuns: some(15) },
    { ...victim, numRuns: some(10) },
    { ...lasting, numRuns: some(10) },
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
      { numRuns: 4 },
    );
  });
});

// What accounts were seen to do together, beside all that could be drawn.
describe.each(recordedWorlds())('in the recorded world $name a sweep', ({ world }) => {
  it.each([
    { ...rough, numRuns: some(6) },
    { ...calm, numRuns: some(4) },
    { ...victim, numRuns: some(3) },
    { ...lasting, numRuns: some(3) },
  ])('$name', async ({ scenarios, check, numRuns }) => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => void (await check({ ...scenario, world }))),
      { numRuns },
    );
  });
});
