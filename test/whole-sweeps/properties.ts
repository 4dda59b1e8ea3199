/** Scenarios and what has to hold in them: the suite plays a few, `npm run soak` plays many. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeWorld } from '../../local/athena/index.js';
import { CALM_INVARIANTS } from './invariants/calm-invariants.js';
import { checkAll } from './invariants/invariants.js';
import { checkRow } from './invariants/row-invariants.js';
import { type Lives, lives } from './play/lives.js';
import { sessionLines } from './play/observed.js';
import { playLives } from './play/play-lives.js';
import { type Scenario, sessionIdOf } from './play/scenario.js';
import { calmScenarios, lastingScenarios, roughScenarios, scenariosWithVictim } from './play/scenarios.js';
import { type Observation, simulate, simulateInARow } from './play/simulation.js';
import { nth, regionName } from './play/stage.js';

interface SweepProperty<S> {
  readonly name: string;
  readonly scenarios: fc.Arbitrary<S>;
  readonly check: Check<S>;
}

/** @throws Error where the property does not hold. @returns the sweeps that were played. */
type Check<S> = (scenario: S) => Promise<readonly Observation[]>;

export const PROPERTIES = {
  rough: {
    name: 'holds to its invariants whatever goes wrong, at any call and at any moment',
    scenarios: roughScenarios,
    check: inItsWorld(async (scenario) => {
      const seen = await simulate(scenario);
      checkAll(seen);
      return [seen];
    }),
  },
  calm: {
    name: 'that nothing disturbs does all there is to do, with the fewest calls',
    scenarios: calmScenarios,
    check: inItsWorld(async (scenario) => {
      const seen = await simulate(scenario);
      checkAll(seen);
      checkAll(seen, CALM_INVARIANTS);
      return [seen];
    }),
  },
  victim: {
    name: 'treats everybody else as if the session, workgroup or region that fails were well',
    scenarios: scenariosWithVictim,
    check: inItsWorld(async (scenario) => {
      const seen = await simulate(scenario);
      checkAll(seen);
      const undisturbed = await simulate({ ...scenario, faults: [] });
      assert.deepEqual(outcomesOfOthers(seen, scenario), outcomesOfOthers(undisturbed, scenario));
      return [seen, undisturbed];
    }),
  },
  lasting: {
    name: 'in a row with others leaves no forgotten session alive without an alarm, whatever Athena answers',
    scenarios: lastingScenarios,
    check: inItsWorld(async (scenario) => {
      const sweeps = await simulateInARow(scenario, 3, 5 * 60_000);
      for (const seen of sweeps) checkAll(seen);
      checkRow(sweeps);
      return sweeps;
    }),
  },
  remembering: {
    name: 'that remembers what is quiet ends and announces the same sessions as one that lists everything',
    scenarios: lives,
    check: (drawn: Lives) => {
      const both = inItsWorld(async () => {
        const all = await playLives(drawn, false);
        const some = await playLives(drawn, true);
        assert.deepEqual(outcomesBySweep(some), outcomesBySweep(all));
        return some;
      });
      return both(drawn.scenario);
    },
  },
} as const;

export type PropertyName = keyof typeof PROPERTIES;

/** A property as fast-check runs it. @param hear is given the sweeps of each run. */
export function runnable(name: PropertyName, hear: Hear): fc.IRawProperty<unknown> {
  return name === 'remembering' ? heard(PROPERTIES[name], hear) : heard(PROPERTIES[name], hear);
}

type Hear = (seen: readonly Observation[]) => void;

function heard<S>({ scenarios, check }: SweepProperty<S>, hear: Hear): fc.IRawProperty<unknown> {
  return fc.asyncProperty(scenarios, async (scenario) => hear(await check(scenario)));
}

/** Names the world of a scenario that fails, as `--world` takes it. */
function inItsWorld(check: Check<Scenario>): Check<Scenario> {
  return async (scenario) => {
    try {
      return await check(scenario);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`${message}\nIn the world: ${describeWorld(scenario.world)}`, { cause: error });
    }
  };
}

/** Of each session that was due or announced: what came of it, and why. By the number of the sweep. */
function outcomesBySweep(sweeps: readonly Observation[]): Readonly<Record<number, readonly string[]>> {
  const outcomes = sweeps.map((sweep) =>
    sessionLines(sweep).map(({ sessionId, outcome, kind }) => `${sessionId} ${outcome} ${kind}`),
  );
  return Object.fromEntries(outcomes.map((lines, n) => [n, lines.toSorted()]));
}

/** Outcomes by session, but for those of the victim. */
function outcomesOfOthers(seen: Observation, { faults, regions }: Scenario) {
  const [victim] = faults;
  const region = victim?.region === undefined ? undefined : victim.region % regions.length;
  const workgroups = region === undefined ? regions.flat() : (regions[region] ?? []);
  const workgroup = victim?.workgroup === undefined ? undefined : nth(workgroups, victim.workgroup);
  const session = victim?.session === undefined ? undefined : nth(sessionIds(regions), victim.session);
  const isOther = (line: { sessionId: string; region: string; workGroup: string }) =>
    (session !== undefined && line.sessionId !== session) ||
    (region !== undefined && line.region !== regionName(region)) ||
    (workgroup !== undefined && line.workGroup !== workgroup.name);
  const others = sessionLines(seen).filter(isOther);
  return Object.fromEntries(others.map(({ sessionId, outcome }) => [sessionId, outcome]));
}

function sessionIds(regions: Scenario['regions']): readonly string[] {
  return regions.flatMap((workgroups, r) =>
    workgroups.flatMap(({ engine, sessions }, w) =>
      engine === 'Athena engine version 3' ? [] : sessions.map((_, s) => sessionIdOf(r, w, s)),
    ),
  );
}
