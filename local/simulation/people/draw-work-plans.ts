import { Chance } from './chance.js';
import type { Profile } from './profiles.js';
import type { Errand } from './work-plan.js';

const DAY_MINUTES = 24 * 60;

/**
 * Everything that anybody means to do in the simulated hours, by the time at which it starts.
 * A function of its arguments alone: every run of the same seed sees the same people.
 */
export function plan({ people }: Pick<Profile, 'people'>, seed: number, hours: number): readonly Errand[] {
  const chance = new Chance(seed);
  const errands: Errand[] = [];
  for (let day = 0; day * DAY_MINUTES < hours * 60; day += 1) {
    for (const { count, habit, workGroup } of people) {
      for (let person = 0; person < count; person += 1) {
        errands.push(later(habit(chance, workGroup), day * DAY_MINUTES));
      }
    }
  }
  return errands.filter(({ startsAt }) => startsAt < hours * 60).toSorted((a, b) => a.startsAt - b.startsAt);
}

function later({ stopsAt, ...errand }: Errand, minutes: number): Errand {
  return {
    ...errand,
    startsAt: errand.startsAt + minutes,
    calculations: errand.calculations.map(({ at, ...rest }) => ({ at: at + minutes, ...rest })),
    ...(stopsAt !== undefined && { stopsAt: stopsAt + minutes }),
  };
}
