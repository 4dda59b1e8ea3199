/** Random scenarios: every corner that the invariants have to hold in is likely enough to be met. */
import fc from 'fast-check';
import type { Narrowing, ReaperSettings, Rule } from '../../../lambda/contract/settings.js';
import { worlds } from '../../support/worlds.js';
import { mostly, OPTIONAL, PREFIX, workgroups } from './fleets.js';
import {
  FAULT_KINDS,
  type FaultKind,
  type FaultPlan,
  type LifeTurn,
  OPERATIONS,
  type Scenario,
  type SessionPlan,
  TURN_KINDS,
} from './scenario.js';

/** Minutes, as settings give them. */
const limit = fc.constantFrom(1, 30, 60, 120);

const match: fc.Arbitrary<Rule['match']> = fc.constantFrom(
  { workgroup: 'prod-*' },
  { workgroup: '*etl*' },
  { description: 'dbt: *' },
  { workgroup: 'adhoc', description: '*' },
  { client: 'dbt-athena' },
  { client: 'notebook', engine: 'PySpark*' },
  { engine: '*Spark version 3.5' },
  { hours: { from: '06:00', to: '22:00', timezone: 'UTC' } },
  { workgroup: '*etl*', hours: { from: '22:00', to: '06:00', timezone: 'UTC' } },
  { role: 'spark-*' },
  { owner: 'ada' },
  { owner: 'spark-*', workgroup: '*etl*' },
  { tag: 'team=*' },
  { tag: 'Owner=*', client: 'SageMaker*' },
);
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ match, exempt: fc.constant(true as const) }),
  fc.record({ match, idleMinutes: limit }),
);

const settings: fc.Arbitrary<Partial<ReaperSettings>> = fc
  .record(
    {
      mode: mostly('terminate', fc.constant('report')),
      idleMinutes: limit,
      stuck: fc.record(
        {
          degradedMinutes: limit,
          creatingMinutes: limit,
          createdMinutes: limit,
          busyMinutes: limit,
          maxAgeMinutes: fc.constantFrom(60, 240),
        },
        OPTIONAL,
      ),
      workgroups: fc.record({
        include: fc.constantFrom(['*'], ['*etl*', 'dev'], ['prod-*'], ['ETL*']),
        exclude: fc.constantFrom([], ['prod-ml'], ['adhoc', 'dev']),
      }),
      rules: fc.uniqueArray(rule, { maxLength: 3, selector: (drawn) => JSON.stringify(drawn) }),
      tags: fc.record({
        enabled: fc.boolean(),
        prefix: fc.constant(PREFIX),
        unreadable: fc.constantFrom('end', 'spare'),
      }),
      trust: fc.record({ lastModified: fc.boolean() }),
      warnMinutes: fc.constantFrom(0, 10, 30),
      maxTerminationsPerSweep: fc.constantFrom(1, 2, 5, 100),
    },
    OPTIONAL,
  )
  .map(({ rules, ...given }) => ({
    ...given,
    ...(rules && { rules: rules.filter((one) => isReadable(one, given)) }),
  }));

/** Whether tags are read where a rule asks for them: others are refused. */
function isReadable({ match: keys }: Rule, { tags }: Partial<ReaperSettings>): boolean {
  return tags?.enabled !== false || (keys.owner === undefined && keys.tag === undefined);
}

const event: fc.Arbitrary<Narrowing> = mostly(
  {},
  fc.record(
    { mode: fc.constant('report' as const), workgroups: fc.constantFrom(['*etl'], ['prod-*', 'dev']) },
    OPTIONAL,
  ),
);

const index = fc.nat({ max: 40 });

const fault: fc.Arbitrary<FaultPlan> = fc.record({
  what: fc.constantFrom(...FAULT_KINDS),
  operation: fc.option(fc.constantFrom(...OPERATIONS), { nil: undefined, freq: 4 }),
  region: fc.option(index, { nil: undefined }),
  workgroup: fc.option(index, { nil: undefined, freq: 2 }),
  session: fc.option(index, { nil: undefined, freq: 2 }),
  after: fc.oneof(fc.constant(0), fc.nat({ max: 30 })),
  times: fc.constantFrom(1, 1, 2, 4, 8, 0),
});

const turn: fc.Arbitrary<LifeTurn> = fc.record({
  beforeCall: fc.integer({ min: 1, max: 80 }),
  session: index,
  what: fc.constantFrom(...TURN_KINDS),
});

const MINUTE = 60_000;
const clockOffset = fc.oneof(
  fc.constantFrom(-1_000, -1, 400, 1_500),
  fc.integer({ min: -90, max: 90 }).map((minutes) => minutes * MINUTE),
);

const calm = {
  seed: fc.nat(),
  settings,
  event,
  remainingMs: fc.constant(900_000),
  latencyMs: fc.constantFrom(0, 25),
  world: worlds,
  clockOffsetMs: mostly(0, clockOffset),
  denyTagged: fc.constant(false),
  pageSize: fc.constantFrom(1, 2, 3, 100),
  rateLimit: fc.constant(undefined),
  regions: fc.array(workgroups, { minLength: 1, maxLength: 3 }),
  faults: fc.constant<readonly FaultPlan[]>([]),
  turns: fc.constant<readonly LifeTurn[]>([]),
};

/** Nothing goes wrong, nobody works, and there is time enough. */
export const calmScenarios: fc.Arbitrary<Scenario> = fc.record(calm);

/** Anything goes wrong at any call. */
export const roughScenarios: fc.Arbitrary<Scenario> = fc.record({
  ...calm,
  remainingMs: fc.oneof(fc.constant(60_000), fc.integer({ min: 0, max: 60_000 }), fc.constant(900_000)),
  latencyMs: fc.constantFrom(0, 25, 400),
  denyTagged: fc.boolean(),
  rateLimit: mostly(
    undefined,
    fc.record({ ratePerSecond: fc.constantFrom(1, 5), burst: fc.constantFrom(1, 5) }),
  ),
  faults: fc.array(fault, { maxLength: 5 }),
  turns: fc.array(turn, { maxLength: 6 }),
});

/** What fails for as long as the sweep asks for it: a region, a workgroup of one, or a session. */
const victim = fc.oneof(
  fc.record({ region: index }),
  fc.record({ region: index, workgroup: index }),
  fc.record({ session: index }),
);

/** A scenario in which nothing but one victim fails, with slots enough for all. */
export const scenariosWithVictim: fc.Arbitrary<Scenario> = fc
  .record({
    scenario: fc.record({
      ...calm,
      // Ends that rest on trust wait for their whole region, so that they depend on everybody in it.
      settings: settings.map((given) => ({
        ...given,
        trust: { lastModified: false },
        maxTerminationsPerSweep: 100,
      })),
    }),
    victim,
    what: fc.constantFrom<FaultKind>(
      ...(['throttled', '500', 'dropped', 'hang', 'cut off', 'malformed JSON', 'odd JSON'] as const),
      ...(['access denied', 'credentials expired', 'unknown error'] as const),
    ),
  })
  .map(({ scenario, victim, what }) => ({
    ...scenario,
    faults: [{ ...victim, what, after: 0, times: 0 }],
  }));

/** Sessions that do not go, and faults that do not pass: what is silent once is silent for ever. */
export const lastingScenarios: fc.Arbitrary<Scenario> = fc
  .record({
    scenario: fc.record({ ...calm, denyTagged: fc.boolean(), event: fc.constant({}) }),
    faults: mostly<readonly FaultPlan[]>([], fc.array(lasting(fault), { minLength: 1, maxLength: 2 })),
    hours: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1 }),
  })
  .map(({ scenario, faults, hours }) => ({
    ...scenario,
    settings: { ...scenario.settings, mode: 'terminate' },
    regions: scenario.regions.map((workgroups) =>
      workgroups.map((workgroup) => ({
        ...workgroup,
        sessions: workgroup.sessions.map((plan, n) => stubborn(plan, 60 * (hours[n % hours.length] ?? 0))),
      })),
    ),
    faults,
  }));

function lasting(drawn: fc.Arbitrary<FaultPlan>): fc.Arbitrary<FaultPlan> {
  return drawn.map((plan) => ({ ...plan, after: 0, times: 0 }));
}

/** A session that has been as it is for longer, shows the truth or nothing, and may be deaf to its end. */
function stubborn({ shows = {}, ...plan }: SessionPlan, minutesMore: number): SessionPlan {
  const missing = Object.entries(shows).map(([member]) => [member, 'missing'] as const);
  return {
    ...plan,
    minutesInState: (plan.minutesInState ?? 0) + minutesMore,
    ageMinutes: (plan.ageMinutes ?? 0) + minutesMore,
    shows: Object.fromEntries(missing),
    ...(plan.terminateAnswer && { terminateAnswer: { ...plan.terminateAnswer, takesEffect: false } }),
  };
}
