/**
 * How people and jobs use sessions over a day. What they leave behind is what athena.md says of each client:
 * idle timeouts of their own, descriptions, tags, notebook versions, and who never ends what it starts.
 */
import type { Chance } from './chance.js';
import type { Errand } from './errand.js';

/** Draws what somebody does in one day; times are minutes since midnight. */
export type Habit = (chance: Chance, workGroup: string) => Errand;

type Calculation = Errand['calculations'][number];

const HOUR = 60;

/** Weights of the hours in which people in an office begin something, from midnight on. */
const OFFICE_HOURS = [0, 0, 0, 0, 0, 0, 1, 3, 8, 12, 10, 6, 3, 9, 10, 8, 5, 3, 2, 1, 1, 0, 0, 0];

/** A notebook in the console: long thinking, lunch and meetings, tabs that are closed without a stop. */
export const notebook: Habit = (chance, workGroup) => {
  const startsAt = officeTime(chance);
  const calculations = sittings(chance, startsAt, {
    median: 80,
    think: 4,
    run: 1.2,
    returns: 0.25,
  });
  return {
    client: 'notebook',
    workGroup,
    startsAt,
    calculations,
    ...stops(chance, calculations, 0.2),
    session: {
      notebookVersion: 'Athena notebook version 1',
      // The console's default is 20; who lost work to it once sets more.
      ...ownTimeout(
        chance.weighted([
          [20, 3],
          [60, 2],
          [240, 2],
          [480, 4],
        ]),
      ),
    },
  };
};

/** A script on Spark Connect or PyAthena: a few calculations, and its session stays when the process ends. */
export const script: Habit = (chance, workGroup) => {
  const startsAt = chance.between(5 * HOUR, 22 * HOUR);
  const calculations = series(chance, startsAt + 1, chance.whole(1, 6), { run: 4, pause: 0.5 });
  return {
    client: 'script',
    workGroup,
    startsAt,
    calculations,
    ...stops(chance, calculations, 0.15),
    session: {
      ...ownTimeout(
        chance.weighted([
          [undefined, 1],
          [60, 2],
          [480, 3],
        ]),
      ),
      ...(chance.happens(0.3) && { coordinatorDpus: 2 }),
    },
  };
};

/** One thread of a scheduled dbt run, which never ends the session it started. */
export function dbtRun(startHour: number, invocation: string): Habit {
  return (chance, workGroup) => {
    const startsAt = startHour * HOUR + chance.between(0, 3);
    return {
      client: 'dbt',
      workGroup,
      startsAt,
      calculations: series(chance, startsAt + 0.5, chance.whole(4, 18), { run: 1.5, pause: 0.2 }),
      session: {
        description: `dbt: ${invocation} - ${Math.floor(chance.between(0x1000, 0xffff)).toString(16)}`,
        // dbt-athena's own default is 10; profiles that saw slow starts raise it.
        ...ownTimeout(
          chance.weighted([
            [10, 4],
            [60, 2],
            [240, 2],
            [480, 1],
          ]),
        ),
      },
    };
  };
}

/** A client that keeps its session alive by a query every 300 seconds: idle, but never for long. */
export const keptAlive: Habit = (chance, workGroup) => {
  const startsAt = officeTime(chance);
  const queries = Math.floor(chance.between(1.5, 6) * (HOUR / 5));
  return {
    client: 'dbt',
    workGroup,
    startsAt,
    calculations: Array.from({ length: queries }, (_, index) => ({
      at: startsAt + 1 + index * 5,
      minutes: 0.1,
    })),
    session: { description: 'dbt: develop - kept alive', ...ownTimeout(480) },
  };
};

/** SageMaker Unified Studio: short sittings, many of them resumed after a while. */
export const studio: Habit = (chance, workGroup) => {
  const startsAt = officeTime(chance);
  const calculations = sittings(chance, startsAt, { median: 45, think: 3, run: 0.8, returns: 0.4 });
  return {
    client: 'studio',
    workGroup,
    startsAt,
    calculations,
    ...stops(chance, calculations, 0.1),
    session: {
      tags: { AmazonDataZoneProject: workGroup },
      ...ownTimeout(
        chance.weighted([
          [15, 3],
          [60, 3],
          [480, 2],
        ]),
      ),
    },
  };
};

/** Somebody's work that must not end, and says so by a tag. */
export const exempt: Habit = (chance, workGroup) => {
  const errand = notebook(chance, workGroup);
  const { stopsAt: _, ...forgotten } = errand;
  return {
    ...forgotten,
    session: { ...errand.session, ...ownTimeout(480), tags: { 'session-reaper:exempt': 'true' } },
  };
};

/** A session that waits for resources that never come. */
export const neverCreated: Habit = (chance, workGroup) => ({
  client: 'notebook',
  workGroup,
  startsAt: officeTime(chance),
  calculations: [],
  trouble: { kind: 'never created' },
  session: { notebookVersion: 'Athena notebook version 1', ...ownTimeout(480) },
});

/** A session that loses its coordinator while nobody looks. */
export const degrading: Habit = (chance, workGroup) => ({
  client: 'script',
  workGroup,
  startsAt: officeTime(chance),
  calculations: [],
  trouble: { kind: 'degrades', afterMinutes: chance.between(2, 15) },
  session: ownTimeout(480),
});

/** A calculation that never comes back, so that its session stays busy. */
export const hanging: Habit = (chance, workGroup) => {
  const startsAt = officeTime(chance);
  return {
    client: 'script',
    workGroup,
    startsAt,
    calculations: [{ at: startsAt + 1, minutes: 100 * HOUR }],
    session: ownTimeout(480),
  };
};

/** A session that Athena promises to end, and does not. */
export const immortal: Habit = (chance, workGroup) => ({
  ...script(chance, workGroup),
  session: { terminateAnswer: { state: 'IDLE', takesEffect: false } },
});

function ownTimeout(minutes: number | undefined): { readonly idleTimeoutMinutes?: number } {
  return minutes === undefined ? {} : { idleTimeoutMinutes: minutes };
}

function officeTime(chance: Chance): number {
  const hour = chance.weighted(OFFICE_HOURS.map((weight, hour) => [hour, weight] as const));
  return (hour + chance.between(0, 1)) * HOUR;
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
function sittings(chance: Chance, startsAt: number, sitting: Sitting): Calculation[] {
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
function series(
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
function stops(
  chance: Chance,
  calculations: readonly Calculation[],
  probability: number,
): { readonly stopsAt?: number } {
  const last = calculations.at(-1);
  if (last === undefined || !chance.happens(probability)) return {};
  return { stopsAt: last.at + last.minutes + chance.between(1, 8) };
}
