/**
 * How people and jobs use sessions over a day. What they leave behind is what athena.md says of each client:
 * idle timeouts of their own, descriptions, tags, notebook versions, and who never ends what it starts.
 */
import type { Chance } from './chance.js';
import { MINUTES_PER_HOUR, officeTime, ownTimeout, series, sittings, stops } from './rhythms.js';
import type { WorkPlan } from './work-plan.js';

/** Draws what somebody does in one day; times are minutes since midnight. */
export type Habit = (chance: Chance, workGroup: string) => WorkPlan;

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
  const startsAt = chance.between(5 * MINUTES_PER_HOUR, 22 * MINUTES_PER_HOUR);
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
    const startsAt = startHour * MINUTES_PER_HOUR + chance.between(0, 3);
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
  const queries = Math.floor(chance.between(1.5, 6) * (MINUTES_PER_HOUR / 5));
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
  const plan = notebook(chance, workGroup);
  const { stopsAt: _, ...forgotten } = plan;
  return {
    ...forgotten,
    session: { ...plan.session, ...ownTimeout(480), tags: { 'session-reaper:exempt': 'true' } },
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
    calculations: [{ at: startsAt + 1, minutes: 100 * MINUTES_PER_HOUR }],
    session: ownTimeout(480),
  };
};

/** A session that Athena promises to end, and does not. */
export const immortal: Habit = (chance, workGroup) => ({
  ...script(chance, workGroup),
  session: { terminateAnswer: { state: 'IDLE', takesEffect: false } },
});
