/** Plays lives from sweep to sweep. */
import type { AthenaRegion, EmbeddedAthena } from '../../../local/athena/index.js';
import { EXEMPT, type HappeningKind, type Life, type Lives, LONGER, WORKGROUPS } from './lives.js';
import { type Observation, play } from './simulation.js';
import { regionName } from './stage.js';

const MINUTE = 60_000;

/** @param skips whether sweeps may leave out what is quiet. */
export function playLives(lives: Lives, skips: boolean): Promise<readonly Observation[]> {
  const { settings } = lives.scenario;
  const scenario = { ...lives.scenario, settings: { ...settings, skipQuietWorkgroups: skips } };
  return play(scenario, async ({ athena, time, observe, restart }) => {
    const upTo = (at: number) =>
      new Promise((resolve) => setTimeout(resolve, Math.max(0, at - time.elapsedMs())));
    const coming = comings(lives, athena);
    const seen: Observation[] = [];
    while (seen.length < lives.sweeps) {
      const at = seen.length * lives.intervalMinutes * MINUTE;
      for (let next = coming[0]; next && next.at < at; next = coming[0]) {
        await upTo(next.at);
        next.comes();
        coming.shift();
      }
      await upTo(at);
      if (lives.restarts.includes(seen.length)) restart();
      seen.push(await observe());
    }
    return seen;
  });
}

interface Coming {
  /** Milliseconds from the first sweep. */
  readonly at: number;
  readonly comes: () => void;
}

function comings({ sessions, happenings }: Lives, athena: EmbeddedAthena): Coming[] {
  const region = athena.region(regionName(0));
  const placed = new Set<number>();
  const begin = (life: Life, n: number) => {
    place(life, `session-${n}`, region);
    placed.add(n);
  };
  for (const [n, life] of sessions.entries()) if (life.startsAt < 0) begin(life, n);
  const starts = [...sessions.entries()]
    .filter(([, { startsAt }]) => startsAt >= 0)
    .map(([n, life]) => ({ at: life.startsAt, comes: () => begin(life, n) }));
  const others = happenings.map(({ at, session, what }) => ({
    at,
    comes: () => {
      const n = session % sessions.length;
      if (placed.has(n)) HAPPENINGS[what](region, `session-${n}`);
    },
  }));
  return [...starts, ...others]
    .map(({ at, comes }) => ({ at: (at + 0.5) * MINUTE, comes }))
    .toSorted((a, b) => a.at - b.at);
}

function place(
  { workgroup, startsAt, phases, description, tags, shows }: Life,
  sessionId: string,
  region: AthenaRegion,
) {
  const [first, ...others] = phases;
  const age = Math.max(0, -startsAt);
  // Half a minute, so that nothing that counts from here is near a sweep.
  const ageMinutes = age === 0 ? 0 : age + 0.5;
  let inMinutes = age === 0 ? 0 : 0.5;
  const later = others.map(({ state }, n) => {
    inMinutes += phases[n]?.minutes ?? 1;
    return { state, inMinutes };
  });
  region.putSession({
    workGroup: WORKGROUPS[workgroup] ?? WORKGROUPS[0],
    sessionId,
    state: first?.state,
    minutesInState: ageMinutes,
    ageMinutes,
    later,
    tags,
    shows,
    ...(description !== undefined && { description }),
  });
}

const HAPPENINGS: Readonly<Record<HappeningKind, (region: AthenaRegion, id: string) => void>> = {
  works: (region, id) => {
    if (isIdle(region, id)) region.runCalculation(id, 4 * MINUTE);
  },
  'works over Spark Connect': (region, id) => {
    if (!isIdle(region, id)) return;
    try {
      region.sparkConnectWork(id, { seconds: 240 });
    } catch {
      // The older engine has none.
    }
  },
  ends: (region, id) => region.endSession(id),
  'becomes exempt': (region, id) => region.tag({ sessionId: id }, { [EXEMPT]: 'true' }),
  'loses its tags': (region, id) =>
    region.tag({ sessionId: id }, { [EXEMPT]: undefined, [LONGER]: undefined }),
  'workgroup becomes exempt': (region, id) => region.tag(workgroupOf(region, id), { [EXEMPT]: 'true' }),
  'workgroup loses its tags': (region, id) => region.tag(workgroupOf(region, id), { [EXEMPT]: undefined }),
};

function isIdle(region: AthenaRegion, id: string): boolean {
  return region.session(id).state === 'IDLE';
}

function workgroupOf(region: AthenaRegion, id: string): { readonly workGroup: string } {
  return { workGroup: region.session(id).workGroup };
}
