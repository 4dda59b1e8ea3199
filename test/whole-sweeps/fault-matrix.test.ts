import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { INACTIVE_STATES } from '../../lambda/policy/limits-by-state.js';
import { WORLD_ANSWERS } from '../../local/athena/index.js';
import { checkAll } from './invariants/invariants.js';
import { DUE_SESSIONS, type FailureMode } from './matrix/failure-mode.js';
import { failureModesPage } from './matrix/failure-modes-page.js';
import { FAULT_MATRIX } from './matrix/fault-matrix.js';
import { scenarioOf, type WorldCase } from './matrix/world-case.js';
import { WORLD_MATRIX } from './matrix/world-matrix.js';
import { ALARM_NAMES, alarmsOn } from './play/alarms-on.js';
import { BASE } from './play/base.js';
import { sessionLines } from './play/observed.js';
import type { Scenario } from './play/scenario.js';
import { type Observation, simulateInARow } from './play/simulation.js';
import { regionName } from './play/stage.js';

/** Sweeps in a row, as many as an alarm waits for. Each mode and each world has one, for its test and for the page. */
const inARow = (scenario: Scenario) => simulateInARow(scenario, 3, 5 * 60_000);
const played = new Map<FailureMode | WorldCase, Promise<readonly Observation[]>>();

function sweepsOf(row: FailureMode | WorldCase, scenario: Scenario): Promise<readonly Observation[]> {
  const sweeps = played.get(row) ?? inARow(scenario);
  played.set(row, sweeps);
  return sweeps;
}

const underFault = (mode: FailureMode) => sweepsOf(mode, { ...BASE, ...mode.scenario });
const inWorld = (world: WorldCase) => sweepsOf(world, scenarioOf(world));

/** Due sessions that a failure mode leaves alone: not its own, and not of a place that it hides. */
function othersThan({ outcomes, unknown = [], notListed = [] }: FailureMode): readonly string[] {
  const struck = Object.keys(outcomes ?? {});
  const hidden = notListed.flatMap((place) =>
    Object.entries(DUE_SESSIONS).flatMap(([where, ids]) => (where.startsWith(place) ? ids : [])),
  );
  return Object.values(DUE_SESSIONS)
    .flat()
    .filter((id) => ![...struck, ...hidden, ...unknown].includes(id));
}

describe('a failure mode', () => {
  it.each(FAULT_MATRIX.map((mode) => [mode.id, mode] as const))(
    '%s strikes only what it strikes, and is shown in report and log',
    async (_, mode) => {
      const sweeps = await underFault(mode);
      for (const seen of sweeps) checkAll(seen);
      const [seen = expect.fail('no sweep')] = sweeps;
      expect(seen.faults.every(({ struck }) => struck() > 0)).toBe(true);
      expectOthersEnded(mode, seen);
      expectTold(mode, seen);
    },
  );
});

function expectOthersEnded(mode: FailureMode, seen: Observation): void {
  const outcomes = Object.fromEntries(
    sessionLines(seen).map(({ sessionId, outcome }) => [sessionId, outcome]),
  );
  const ended = Object.fromEntries(othersThan(mode).map((id) => [id, 'terminated']));
  expect(outcomes).toEqual({ ...ended, ...mode.outcomes });
  for (const id of othersThan(mode)) expect(INACTIVE_STATES).toContain(trueState(seen, id));
}

function expectTold(mode: FailureMode, { lines }: Observation): void {
  const errors = lines.flatMap(({ fields }) => (typeof fields.error === 'string' ? [fields.error] : []));
  const reasons = lines.flatMap(({ fields }) => (typeof fields.reason === 'string' ? [fields.reason] : []));
  if (mode.says) expect([...errors, ...reasons].join('\n')).toMatch(mode.says);
  else expect(errors).toEqual([]);
  const missing = lines.filter(({ level, fields }) => level === 'error' && fields.outcome === undefined);
  const places = missing.map(({ fields }) =>
    fields.workGroup === undefined ? fields.region : `${fields.region}/${fields.workGroup}`,
  );
  expect(places.toSorted()).toEqual([...(mode.notListed ?? [])].toSorted());
}

describe('a world', () => {
  it.each(WORLD_MATRIX.map((world) => [world.id, world] as const))(
    '%s raises the alarms that are said, and no other',
    async (_, world) => {
      const sweeps = await inWorld(world);
      for (const seen of sweeps) checkAll(seen);
      expect(alarmsOn(sweeps)).toEqual(world.alarms);
    },
  );

  it('of each answer to each open question is among them', () => {
    const played = WORLD_MATRIX.map((world) => new Map(Object.entries(scenarioOf(world).world)));
    const missing = Object.entries(WORLD_ANSWERS).flatMap(([name, answers]) =>
      answers
        .filter((answer) => !played.some((world) => world.get(name) === answer))
        .map((answer) => `${name}=${answer}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('docs/failure-modes.md', () => {
  it('is what was observed; `npx vitest run test/whole-sweeps/fault-matrix.test.ts -u` writes it anew', async () => {
    const modes = [];
    for (const mode of FAULT_MATRIX) modes.push({ mode, sweeps: await underFault(mode) });
    const worlds = [];
    for (const world of WORLD_MATRIX) worlds.push({ world, sweeps: await inWorld(world) });
    await expect(failureModesPage(modes, worlds)).toMatchFileSnapshot('../../docs/failure-modes.md');
  });

  it('names only alarms that the runbook has a section for', async () => {
    const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(sections).toEqual(expect.arrayContaining([...ALARM_NAMES]));
  });
});

function trueState({ athena }: Observation, id: string) {
  const [, region] = id.split('-');
  return athena.region(regionName(Number(region))).session(id).state;
}
