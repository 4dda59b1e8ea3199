/** A day with the reaper beside the same day without it. */
import type { ReaperConfigInput } from '../../../lib/config/config.js';
import { drawWorkPlans } from '../people/draw-work-plans.js';
import { PROFILES, type Profile, type ProfileName } from '../people/profiles.js';
import type { WorkPlan } from '../people/work-plan.js';
import { type Deployment, deploy } from './deployment.js';
import { type Run, run } from './run.js';
import { type Saved, savedBetween } from './saved.js';

export interface DayOptions {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly hours: number;
  /** Instead of the profile's own; its regions and its schedule's time zone are not looked at. */
  readonly config?: ReaperConfigInput | undefined;
  /** Called with the share of the work that is done, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** The same people twice: once with the reaper, once without. */
export interface SimulatedDay {
  readonly options: DayOptions;
  readonly deployment: Deployment;
  readonly plans: readonly WorkPlan[];
  readonly withReaper: Run;
  readonly without: Run;
  readonly saved: Saved;
}

/**
 * Simulates the hours of a profile. The same options give the same day.
 * @throws ConfigError that lists every mistake in the configuration at once.
 */
export async function simulateDay(options: DayOptions): Promise<SimulatedDay> {
  const { hours, seed, onProgress } = options;
  const profile: Profile = PROFILES[options.profile];
  const deployment = await deploy({ ...(options.config ?? profile.config), regions: [] });
  const plans = drawWorkPlans(profile, seed, hours);
  const without = await run({ profile, plans, hours });
  const withReaper = await run({ profile, plans, hours, deployment, onProgress });
  return { options, deployment, plans, withReaper, without, saved: savedBetween(without, withReaper) };
}
