import { HOUR_MS } from '../../../lambda/contract/durations.js';
import { DrivenClock, EmbeddedAthena, systemClock } from '../../athena/index.js';
import type { Profile } from '../people/profiles.js';
import type { WorkPlan } from '../people/work-plan.js';
import { MIDNIGHT } from '../time.js';
import { type FoundEnded, SimulatedAccount } from './account.js';
import { REGION } from './deployed-function.js';
import type { Deployment } from './deployment.js';
import { ScheduledReaper, type Sweep } from './scheduled-reaper.js';
import { type SessionLife, sessionLives } from './session-life.js';

/** What happened in the simulated hours. */
export interface Run {
  /** Epoch milliseconds at which the simulated hours are over. */
  readonly endedAt: number;
  readonly lives: readonly SessionLife[];
  /** In order; none without the reaper. */
  readonly sweeps: readonly Sweep[];
  readonly foundEnded: readonly FoundEnded[];
}

export interface RunOptions {
  readonly profile: Pick<Profile, 'workgroups' | 'mishaps'>;
  readonly plans: readonly WorkPlan[];
  readonly hours: number;
  /** Left out: there is no reaper. */
  readonly deployment?: Deployment;
  /** Called with the share of the simulated hours that has passed, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Lets people use an account for some hours, with the reaper or without. */
export async function run({ profile, plans, hours, deployment, onProgress }: RunOptions): Promise<Run> {
  const clock = new DrivenClock(MIDNIGHT);
  // The SDK of the simulated function runs in real time, so that it must not take the driven clock for a skew.
  const athena = new EmbeddedAthena({ clock, dateClock: systemClock, journal: 'counts' });
  const region = athena.region(REGION);
  for (const workgroup of profile.workgroups) region.createWorkgroup(workgroup);
  const account = new SimulatedAccount(region, plans, MIDNIGHT);
  const reaper = deployment && new ScheduledReaper(athena, deployment, profile.mishaps);
  const endedAt = MIDNIGHT + hours * HOUR_MS;
  for (let at = nextOf(account, reaper); at < endedAt; at = nextOf(account, reaper)) {
    await clock.advance(at - clock.now());
    account.act();
    if (reaper?.nextAt === at) await reaper.act();
    onProgress?.((at - MIDNIGHT) / (endedAt - MIDNIGHT));
  }
  await clock.advance(endedAt - clock.now());
  const sweeps = reaper?.sweeps ?? [];
  return { endedAt, lives: sessionLives(account, endedAt), sweeps, foundEnded: account.foundEnded };
}

function nextOf(account: SimulatedAccount, reaper: ScheduledReaper | undefined): number {
  return Math.min(account.nextAt ?? Infinity, reaper?.nextAt ?? Infinity);
}
