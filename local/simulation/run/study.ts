import { drawWorkPlans } from '../people/draw-work-plans.js';
import { PROFILES, type Profile } from '../people/profiles.js';
import { deploy } from './deployment.js';
import { countEndedBy, countFoundEndedBy } from './ended-by.js';
import { run } from './run.js';
import { savedBetween } from './saved.js';
import type { DayOptions } from './simulated-day.js';

/** The same day under several idle limits: the picture to choose a limit by. */
export interface Study {
  readonly options: DayOptions;
  /** DPU-hours billed without the reaper. */
  readonly without: number;
  readonly points: readonly StudyPoint[];
}

export interface StudyPoint {
  readonly idleMinutes: number;
  /** DPU-hours, measured. */
  readonly saved: number;
  readonly ended: number;
  /** How often somebody came back to a session and found it ended by the reaper. */
  readonly foundEnded: number;
}

/**
 * Runs the same day for each limit, and once without the reaper.
 * @param limits idle minutes, instead of the configured ones; put in order.
 */
export async function studyLimits(options: DayOptions, limits: readonly number[]): Promise<Study> {
  const { hours, seed, onProgress } = options;
  const profile: Profile = PROFILES[options.profile];
  const deployment = await deploy({ ...(options.config ?? profile.config), regions: [] });
  const plans = drawWorkPlans(profile, seed, hours);
  const without = await run({ profile, plans, hours });
  const points: StudyPoint[] = [];
  for (const [index, idleMinutes] of limits.toSorted((a, b) => a - b).entries()) {
    const limited = { ...deployment, settings: { ...deployment.settings, idleMinutes } };
    const withReaper = await run({
      profile,
      plans,
      hours,
      deployment: limited,
      onProgress: (share) => onProgress?.((index + share) / limits.length),
    });
    points.push({
      idleMinutes,
      saved: savedBetween(without, withReaper).measured,
      ended: countEndedBy(withReaper).reaper,
      foundEnded: countFoundEndedBy(withReaper).reaper,
    });
  }
  return { options, without: without.lives.reduce((sum, { dpuHours }) => sum + dpuHours, 0), points };
}
