import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INACTIVE_STATES } from '../../lambda/policy/limits-by-state.js';
import { runs } from '../support/property-share.js';
import { sessionLines } from './play/observed.js';
import type { Scenario } from './play/scenario.js';
import { calmScenarios } from './play/scenarios.js';
import { play, type Stage } from './play/simulation.js';
import { regionName } from './play/stage.js';

/** Sweeps that may end all that is due, of sessions that end when they are told to. */
const scenarios = calmScenarios.map(
  (scenario): Scenario => ({
    ...scenario,
    settings: { ...scenario.settings, mode: 'terminate', maxTerminationsPerSweep: 100 },
    event: {},
    // The clocks do not differ, so that each sweep takes the same sessions for due.
    clockOffsetMs: 0,
    regions: scenario.regions.map((workgroups) =>
      workgroups.map((workgroup) => ({
        ...workgroup,
        sessions: workgroup.sessions.map((session) => ({ ...session, terminateAnswer: undefined })),
      })),
    ),
  }),
);

const HARMLESS: readonly string[] = ['terminated', 'already-inactive', 'spared', 'warned'];

describe('invocations', () => {
  it('that overlap end what one would end, and nothing fails', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, fc.integer({ min: 0, max: 200 }), async (scenario, laterMs) => {
        const alone = await play(scenario, async ({ invoke, athena }) => {
          await invoke();
          return active(athena, scenario);
        });
        await play(scenario, async ({ invoke, athena }) => {
          const second = new Promise((resolve) => setTimeout(resolve, laterMs)).then(invoke);
          for (const seen of await Promise.all([invoke(), second])) {
            expect(seen).toMatchObject({ report: { counts: { failed: 0 } } });
            expect(outcomesOf(seen).filter((outcome) => !HARMLESS.includes(outcome))).toEqual([]);
          }
          expect(active(athena, scenario)).toEqual(alone);
        });
      }),
      { numRuns: runs(20) },
    );
  });

  it('that are repeated find nothing more to end', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        await play(scenario, async ({ invoke, athena }) => {
          await invoke();
          const left = active(athena, scenario);
          const again = await invoke();
          expect(again).toMatchObject({ report: { counts: { terminated: 0, failed: 0 } } });
          expect(active(athena, scenario)).toEqual(left);
        });
      }),
      { numRuns: runs(20) },
    );
  });
});

/** Ids of the sessions that are still there. */
function active(athena: Stage['athena'], { regions }: Scenario): readonly string[] {
  return regions.flatMap((_, index) =>
    athena
      .region(regionName(index))
      .sessions()
      .filter(({ state }) => !INACTIVE_STATES.includes(state))
      .map(({ sessionId }) => sessionId),
  );
}

function outcomesOf(seen: Awaited<ReturnType<Stage['invoke']>>): readonly string[] {
  return sessionLines(seen).map(({ outcome }) => outcome);
}
