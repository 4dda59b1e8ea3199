import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DrivenClock, systemClock } from '../../local/athena/index.js';
import { servedAthena, sweepAt } from '../support/athena.js';
import { hurryTime } from '../support/hurried-time.js';
import { runs, someOf } from '../support/property-share.js';
import { START } from '../support/virtual-time.js';
import { BASE } from './play/base.js';
import { sessionLines } from './play/observed.js';
import { calmScenarios } from './play/scenarios.js';
import { type Observation, simulate } from './play/simulation.js';
import { stage } from './play/stage.js';

/** The same sweep over HTTP, in real time, on a service that stands still at the simulation's first moment. */
async function sweepOverHttp({ scenario, settings }: Observation) {
  const { world } = scenario;
  // The client runs in real time, so that the service's Date headers have to.
  const clocks = { clock: new DrivenClock(START), dateClock: systemClock };
  const { athena, url } = await servedAthena({ ...clocks, world });
  stage(scenario, athena);
  const outcomes = new Map<string, string>();
  const { report } = await sweepAt(url, settings, {
    clock: () => START,
    observer: { session: ({ sessionId, outcome }) => void outcomes.set(sessionId, outcome) },
  });
  return { counts: report.counts, notListed: report.notListed.length, outcomes };
}

function outcomesOf(seen: Observation) {
  const outcomes = sessionLines(seen).map(({ sessionId, outcome }) => [sessionId, outcome] as const);
  return {
    counts: seen.report?.counts,
    notListed: seen.report?.notListed.length,
    outcomes: new Map(outcomes),
  };
}

/** As over HTTP, where nobody gives smaller pages, or hides an engine, than is asked for. */
const plainScenarios = calmScenarios.map((scenario) => ({
  ...scenario,
  pageSize: 100,
  clockOffsetMs: 0,
  settings: { ...scenario.settings, maxTerminationsPerSweep: 100 },
  regions: scenario.regions.map((workgroups) =>
    workgroups.map((workgroup) => ({ ...workgroup, engineShown: undefined })),
  ),
}));

describe('over HTTP', () => {
  it('a sweep does what it does in simulated time', async () => {
    await fc.assert(
      fc.asyncProperty(plainScenarios, async (scenario) => {
        const simulated = await simulate(scenario);
        expect(await sweepOverHttp(simulated)).toEqual(outcomesOf(simulated));
      }),
      { numRuns: runs(20) },
    );
  });

  it.each(
    someOf([
      { what: 'dropped', operation: 'ListSessions', times: 2 },
      { what: '500 though done', operation: 'TerminateSession', times: 2 },
      { what: 'cut off', operation: 'GetSession', times: 1 },
      { what: 'malformed JSON', operation: 'ListTagsForResource', times: 1 },
      { what: 'throttled', operation: 'ListWorkGroups', times: 1 },
      { what: 'access denied', operation: 'TerminateSession', times: 0 },
    ] as const),
  )('and so it does when calls of $operation are $what', async (fault) => {
    const scenario = { ...BASE, pageSize: 100, faults: [{ ...fault, after: 0 }] };
    const simulated = await simulate(scenario);
    hurryTime();
    expect((await sweepOverHttp(simulated)).counts).toEqual(simulated.report?.counts);
  });
});
