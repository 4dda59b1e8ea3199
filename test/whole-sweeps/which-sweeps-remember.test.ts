import { expect, it } from 'vitest';
import type { Narrowing, ReaperSettings } from '../../lambda/contract/settings.js';
import { countsOf, metricOf } from './play/observed.js';
import { type Observation, play } from './play/simulation.js';
import { UNDISTURBED } from './play/undisturbed.js';

const MINUTE = 60_000;
const PYSPARK = 'PySpark engine version 3' as const;
const idle = { minutesInState: 3, ageMinutes: 40 };

/** Sweeps five minutes apart of a workgroup that is in use and two that are empty. */
function sweeps(
  events: readonly (Narrowing | 'new process' | undefined)[],
  settings: Partial<ReaperSettings> = {},
): Promise<readonly Observation[]> {
  const regions = [
    ['etl', 'adhoc', 'dev'].map((name) => ({
      ...{ name, engine: PYSPARK, tags: {} },
      sessions: name === 'etl' ? [idle] : [],
    })),
  ] as const;
  return play({ ...UNDISTURBED, settings, regions }, async ({ observe, restart }) => {
    const seen: Observation[] = [];
    for (const event of events) {
      if (event === 'new process') restart();
      else {
        seen.push(await observe(event));
        await new Promise((resolve) => setTimeout(resolve, 5 * MINUTE));
      }
    }
    return seen;
  });
}

const listed = (seen: Observation) =>
  seen.exchanges.filter(({ operation }) => operation === 'ListSessions').length;

it('the schedule lists what is quiet once, and asks for the workgroups at every sweep', async () => {
  const seen = await sweeps([undefined, undefined, undefined]);
  expect(seen.map(listed)).toEqual([3, 0, 0]);
  for (const { exchanges } of seen)
    expect(exchanges.filter(({ operation }) => operation === 'ListWorkGroups')).toHaveLength(1);
});

it('what is remembered counts as the last listing showed it, and its age is said', async () => {
  const [first, , third] = await sweeps([undefined, undefined, undefined]);
  expect(third?.report).toMatchObject({
    complete: true,
    counts: { workgroups: 3, remembered: 3, notListed: 0, listed: 1, kept: 1 },
    oldestListingSeconds: 600,
  });
  expect(first?.report?.oldestListingSeconds).toBe(0);
  for (const name of ['SessionsListed', 'IdleAge', 'SweepComplete'] as const)
    expect(third && metricOf(third, name), name).toBe(first && metricOf(first, name));
});

it.each<[string, readonly (Narrowing | 'new process' | undefined)[], Partial<ReaperSettings>]>([
  ['a sweep in report mode by event', [undefined, { mode: 'report' }], {}],
  ['a sweep of some workgroups by event', [undefined, { workgroups: ['*'] }], {}],
  ['a sweep of some regions by event', [undefined, { regions: ['eu-west-1'] }], {}],
  ['a new process', [undefined, 'new process', undefined], {}],
  ['a reaper that is to list everything', [undefined, undefined], { skipQuietWorkgroups: false }],
  ['a reaper that trusts LastModified', [undefined, undefined], { trust: { lastModified: true } }],
])('%s lists everything', async (_, events, settings) => {
  const seen = await sweeps(events, settings);
  expect(seen.map(listed)).toEqual([3, 3]);
  expect(seen.map((one) => countsOf(one).remembered)).toEqual([0, 0]);
});

it('nothing that a sweep by event has listed is remembered', async () => {
  expect((await sweeps([{ mode: 'report' }, undefined])).map(listed)).toEqual([3, 3]);
});
