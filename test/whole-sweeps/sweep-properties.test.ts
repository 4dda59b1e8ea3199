import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedWorlds } from '../support/recorded-worlds.js';
import { roughScenarios } from './play/scenarios.js';
import { simulate } from './play/simulation.js';
import { PROPERTIES } from './properties.js';

const { rough, calm, victim, lasting } = PROPERTIES;
/** Of the runs below; mutation testing plays fewer, each mutant anew. */
const share = Number(process.env.PROPERTY_SHARE ?? 1);

// Long enough for a property that fails to shrink.
describe('a sweep', () => {
  it.each([
    { ...rough, numRuns: 60 * share },
    { ...calm, numRuns: 30 * share },
    { ...victim, numRuns: 20 * share },
    { ...lasting, numRuns: 20 * share },
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
      { numRuns: 8 },
    );
  });
});

// What accounts were seen to do together, beside all that could be drawn.
describe.each(recordedWorlds())('in the recorded world $name a sweep', ({ world }) => {
  it.each([
    { ...rough, numRuns: 12 * share },
    { ...calm, numRuns: 8 * share },
    { ...victim, numRuns: 6 * share },
    { ...lasting, numRuns: 6 * share },
  ])('$name', async ({ scenarios, check, numRuns }) => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => void (await check({ ...scenario, world }))),
      { numRuns },
    );
  });
});
