/** Who does what in the simulated hours, drawn from a profile by a seed. */
import { Chance } from './chance.js';
import { withOwner } from './owners.js';
import type { Profile } from './profiles.js';
import { MINUTES_PER_HOUR } from './rhythms.js';
import type { WorkPlan } from './work-plan.js';

const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;

/**
 * Everything that anybody means to do in the simulated hours, by the time at which it starts.
 * A function of its arguments alone: every run of the same seed sees the same people.
 */
export function drawWorkPlans(
  { people }: Pick<Profile, 'people'>,
  seed: number,
  hours: number,
): readonly WorkPlan[] {
  const chance = new Chance(seed);
  const plans: WorkPlan[] = [];
  for (let day = 0; day * MINUTES_PER_DAY < hours * MINUTES_PER_HOUR; day += 1) {
    for (const { count, habit, workGroup } of people) {
      for (let person = 0; person < count; person += 1) {
        plans.push(later(withOwner(habit(chance, workGroup), person), day * MINUTES_PER_DAY));
      }
    }
  }
  return plans
    .filter(({ startsAt }) => startsAt < hours * MINUTES_PER_HOUR)
    .toSorted((a, b) => a.startsAt - b.startsAt);
}

function later({ stopsAt, ...plan }: WorkPlan, minutes: number): WorkPlan {
  return {
    ...plan,
    startsAt: plan.startsAt + minutes,
    calculations: plan.calculations.map(({ at, ...rest }) => ({ at: at + minutes, ...rest })),
    ...(stopsAt !== undefined && { stopsAt: stopsAt + minutes }),
  };
}
