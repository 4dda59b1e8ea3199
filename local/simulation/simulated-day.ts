import { type Deployment, deploy } from './deployment.js';
import type { Errand } from './errand.js';
import { plan } from './plan.js';
import { PROFILES, type Profile, type ProfileName } from './profiles.js';
import { type Run, run } from './run.js';
import { type Saving, savingOf } from './saving.js';

export interface DayOptions {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly hours: number;
  /** Called with the share of the work that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** The same people twice: once with the reaper, once without. */
export interface SimulatedDay {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly hours: number;
  readonly deployment: Deployment;
  readonly errands: readonly Errand[];
  readonly withReaper: Run;
  readonly without: Run;
  readonly saving: Saving;
}

/** Simulates the hours of a profile. The same options give the same day. */
export async function simulateDay(options: DayOptions): Promise<SimulatedDay> {
  const { hours, seed, onProgress } = options;
  const profile: Profile = PROFILES[options.profile];
  const deployment = await deploy(profile.config);
  const errands = plan(profile, seed, hours);
  const without = await run({ profile, errands, hours });
  const withReaper = await run({ profile, errands, hours, deployment, onProgress });
  const saving = savingOf(without, withReaper);
  return { profile: options.profile, seed, hours, deployment, errands, withReaper, without, saving };
}
