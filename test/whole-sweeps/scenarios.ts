/** Random scenarios: every corner that the invariants have to hold in is likely enough to be met. */
import fc from 'fast-check';
import {
  DEFAULT_SETTINGS,
  type Narrowing,
  type ReaperSettings,
  type Rule,
} from '../../lambda/contract/settings.js';
import { SESSION_STATES } from '../../lambda/policy/session.js';
import type { JsonValue } from '../../local/athena/index.js';
import { START } from '../support/virtual-time.js';
import {
  FAULT_KINDS,
  type FaultKind,
  type FaultPlan,
  type LifeTurn,
  OPERATIONS,
  type Scenario,
  type SessionPlan,
  type WorkgroupPlan,
} from './scenario.js';

const PREFIX = DEFAULT_SETTINGS.tags.prefix;
const NAMES = ['etl', 'etl-nightly', 'prod-etl', 'prod-ml', 'adhoc', 'dev'] as const;
const DESCRIPTIONS = ['dbt: 7c1f - 9a', 'nightly report', ''] as const;

/** Each key may be left out. */
const OPTIONAL: { requiredKeys: [] } = { requiredKeys: [] };

/** Mostly one thing, sometimes another. */
function mostly<T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}

/** Around the limits that settings give, where one off would show. */
const minutes = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.constantFrom(29, 30, 31, 59, 60, 61),
  fc.double({ min: 29, max: 31, noNaN: true }),
);
const limit = fc.constantFrom(1, 30, 60, 120);

const shownTime: fc.Arbitrary<NonNullable<NonNullable<SessionPlan['shows']>['IdleSinceDateTime']>> = fc.oneof(
  fc.constant('missing' as const),
  fc.integer({ min: -300, max: 60 }).map((after) => new Date(START + after * 60_000)),
  fc.constantFrom<JsonValue>(0, -5, 1e18, '1690000000').map((raw) => ({ raw })),
);

/** A pair of a tag and its value; the later of two with one key holds. */
const tag = fc.oneof(
  fc.tuple(
    fc.constant(`${PREFIX}:exempt`),
    fc.constantFrom('true', 'false', '2026-03-01', '2026-03-02', '2027-01-01', 'perhaps'),
  ),
  fc.tuple(fc.constant(`${PREFIX}:idle-minutes`), fc.constantFrom('10', '45', '240', 'long')),
  fc.constant<[string, string]>(['team', 'data']),
);
const tags = fc
  .array(tag, { maxLength: 3 })
  .map((pairs): Record<string, string> => Object.fromEntries(pairs));

const session: fc.Arbitrary<SessionPlan> = fc
  .record({
    state: mostly('IDLE' as const, fc.constantFrom(...SESSION_STATES)),
    minutesInState: minutes,
    olderBy: fc.integer({ min: 0, max: 300 }),
    description: fc.constantFrom(...DESCRIPTIONS, undefined),
    tags: mostly<Record<string, string>>({}, tags),
    shows: mostly(
      {},
      fc.record(
        { IdleSinceDateTime: shownTime, LastModifiedDateTime: shownTime, StartDateTime: shownTime },
        OPTIONAL,
      ),
    ),
    terminateAnswer: mostly(
      undefined,
      fc.record({
        state: fc.constantFrom(...SESSION_STATES, 'HIBERNATING', undefined),
        takesEffect: fc.boolean(),
      }),
    ),
    idleTimeoutMinutes: fc.constantFrom(undefined, 20, 480),
  })
  .map(({ olderBy, description, idleTimeoutMinutes, ...plan }) => ({
    ...plan,
    ageMinutes: plan.minutesInState + olderBy,
    // Only a session that its own timeout forgot outlives it.
    ...(idleTimeoutMinutes && { idleTimeoutMinutes, outlivesIdleTimeout: true }),
    ...(description && { description }),
  }));

const workgroups: fc.Arbitrary<readonly WorkgroupPlan[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...NAMES),
    engine: mostly(
      'PySpark engine version 3' as const,
      fc.constantFrom('Apache Spark version 3.5', 'Athena engine version 3'),
    ),
    engineShown: mostly(undefined, fc.constantFrom('AUTO', 'missing')),
    tags: mostly<Record<string, string>>({}, tags),
    sessions: fc.array(session, { maxLength: 6 }),
  }),
  { selector: ({ name }) => name, maxLength: 4 },
);

const match: fc.Arbitrary<Rule['match']> = fc.constantFrom(
  { workgroup: 'prod-*' },
  { workgroup: '*etl*' },
  { description: 'dbt: *' },
  { workgroup: 'adhoc', description: '*' },
);
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ match, exempt: fc.constant(true as const) }),
  fc.record({ match, idleMinutes: limit }),
);

export const settings: fc.Arbitrary<Partial<ReaperSettings>> = fc.record(
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
      include: fc.constantFrom(['*'], ['*etl*', 'dev'], ['prod-*']),
      exclude: fc.constantFrom([], ['prod-ml'], ['adhoc', 'dev']),
    }),
    rules: fc.uniqueArray(rule, { maxLength: 2, selector: (drawn) => JSON.stringify(drawn) }),
    tags: fc.record({
      enabled: fc.boolean(),
      prefix: fc.constant(PREFIX),
      unreadable: fc.constantFrom('end', 'spare'),
    }),
    warnMinutes: fc.constantFrom(0, 10, 30),
    maxTerminationsPerSweep: fc.constantFrom(1, 2, 5, 100),
  },
  OPTIONAL,
);

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
  what: fc.constantFrom('works', 'works a moment ago', 'ends', 'vanishes', 'becomes exempt'),
});

const calm = {
  seed: fc.nat(),
  settings,
  event,
  remainingMs: fc.constant(900_000),
  latencyMs: fc.constantFrom(0, 25),
  skewMinutes: fc.constant(0),
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
  skewMinutes: mostly(0, fc.integer({ min: -90, max: 90 })),
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
      settings: settings.map((given) => ({ ...given, maxTerminationsPerSweep: 100 })),
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
