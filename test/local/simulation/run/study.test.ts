import { expect, it } from 'vitest';
import { studyLimits } from '../../../../local/simulation/run/study.js';

/** Sweeps rarely, so that the test takes little time. */
const CONFIG = { schedule: 'rate(1 hour)' };

it('a study saves more, and ends more sessions that somebody comes back to, the lower the limit', async () => {
  const { points, without } = await studyLimits(
    { profile: 'studio', seed: 3, hours: 13, config: CONFIG },
    [60, 15],
  );
  const [low, high] = points;
  expect([low?.idleMinutes, high?.idleMinutes]).toEqual([15, 60]);
  expect(low?.saved).toBeGreaterThan(high?.saved ?? Number.NaN);
  expect(low?.foundEnded).toBeGreaterThan(high?.foundEnded ?? Number.NaN);
  expect(low?.saved).toBeLessThan(without);
});
