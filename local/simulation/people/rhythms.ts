/** What habits are made of: when people begin, how they work and pause, and whether they stop what they started. */
import type { Chance } from './chance.js';
import type { WorkPlan } from './work-plan.js';

type Calculation = WorkPlan['calculations'][number];

export const MINUTES_PER_HOUR = 60;

/** Weights of the hours in which people in an office begin something, from midnight on. */
const OFFICE_HOURS = [0, 0, 0, 0, 0, 0, 1, 3, 8, 12, 10, 6, 3, 9, 10, 8, 5, 3, 2, 1, 1, 0, 0, 0];

export function ownTimeout(minutes: number | undefined): { readonly idleTimeoutMinutes?: number } {
  return minutes === undefined ? {} : { idleTimeoutMinutes: minutes };
}

export function officeTime(chance: Chance): number {
  const hour = chance.weighted(OFFICE_HOURS.map((weight, hour) => [hour, weight] as const));
  return (hour + chance.between(0, 1)) * MINUTES_PER_HOUR;
}

interface Sitting {
  /** Minutes that half of the sittings last at most. */
  readonly median: number;
  /** Median minutes of thinking between two calculations, and of a calculation. */
  readonly think: number;
  readonly run: number;
  /** How likely somebody comes back to the session after a longer absence. */
  readonly returns: number;
}

/** Work in sittings, with a break now and then, until whoever it is does not come back. */
export function sittings(chance: Chance, startsAt: number, sitting: Sitting): Calculation[] {
  const calculations: Calculation[] = [];
  let at = startsAt + chance.between(0.5, 2);
  do {
    const until = at + chance.around(sitting.median, 0.6);
    while (at < until) {
      const minutes = chance.around(sitting.run, 1);
      calculations.push({ at, minutes });
      at += minutes + chance.around(sitting.think, 0.9);
      if (chance.happens(0.04)) at += chance.between(20, 60);
    }
    at += chance.around(75, 0.6);
  } while (chance.happens(sitting.returns));
  return calculations;
}

/** Calculations one after the other, as programs run them. */
export function series(
  chance: Chance,
  startsAt: number,
  count: number,
  { run, pause }: { readonly run: number; readonly pause: number },
): Calculation[] {
  let at = startsAt;
  return Array.from({ length: count }, () => {
    const calculation = { at, minutes: chance.around(run, 0.8) };
    at += calculation.minutes + chance.around(pause, 0.5);
    return calculation;
  });
}

/** Stopped a few minutes after the last calculation, by those who think of it. */
export function stops(
  chance: Chance,
  calculations: readonly Calculation[],
  probability: number,
): { readonly stopsAt?: number } {
  const last = calculations.at(-1);
  if (last === undefined || !chance.happens(probability)) return {};
  return { stopsAt: last.at + last.minutes + chance.between(1, 8) };
}
