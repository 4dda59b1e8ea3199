import fc from 'fast-check';
import { describe, it } from 'vitest';
import { checkAll } from './invariants.js';
import { roughScenarios } from './scenarios.js';
import { simulate } from './simulation.js';

const RUNS = Number(process.env.RUNS ?? 100);

describe('whatever a sweep meets', () => {
  it('every invariant holds', async () => {
    await fc.assert(
      fc.asyncProperty(roughScenarios, async (scenario) => checkAll(await simulate(scenario))),
      { numRuns: RUNS },
    );
  });
});
