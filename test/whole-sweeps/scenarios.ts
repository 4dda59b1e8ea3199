/** Random scenarios: every corner that the invariants have to hold in is likely enough to be met. */
import fc from 'fast-check';
import {
  DEFAULT_SETTINGS,
  type Narrowing,
  type ReaperSettings,
  type Rule,
} from '../../lambda/contract/settings.js';
import { SESSION_STATES } from '../../lambda/policy/session.js';
import type { Engine, JsonValue } from '../../local/athena/index.js';
import { START } from '../support/virtual-time.js';
import { worlds } from '../support/worlds.js';
import {
  FAULT_KINDS,
  type FaultKind,
  type FaultPlan,
  type LifeTurn,
  OPERATIONS,
  type Scenario,
  type SessionPlan,
  TURN_KINDS,
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

/** The day on which Athena for Apache Spark began. */
const SERVICE_BEGAN = Date.UTC(2022, 10, 1);

/** Instants that are missing, near those of the session, impossible, or none. */
const shownTime: fc.Arbitrary<NonNullable<NonNullable<SessionPlan['shows']>['IdleSinceDateTime']>> = fc.oneof(
  { weight: 2, arbitrary: fc.constant('missing' as const) },
  { weight: 2, arbitrary: fc.integer({ min: -300, max: 60 }).map((after) => at(START + after * 60_000)) },
  { weight: 2, arbitrary: fc.integer({ min: -61, max: 61 }).map((seconds) => at(START + seconds * 1_000)) },
  fc.constantFrom(SERVICE_BEGAN - 1_000, SERVICE_BEGAN, 1_690_000_000_000).map(at),
  fc.constantFrom<JsonValue>(0, -5, 1e18, '1690000000').map((raw) => ({ raw })),
);

function at(instant: number): Date {
  return new Date(instant);
}

/** A pair of a tag and its value; the later of two with one key holds. */
const tag = fc.oneof(
  fc.tuple(
    keysLike(`${PREFIX}:exempt`),
    fc.constantFrom(
      ...['true', 'TRUE', 'false', ' False ', 'perhaps', ''],
      ...['2026-02-27', '2026-03-02', '2027-01-01'],
      // Without a zone: over everywhere some hours ago, and not yet over at UTC-12.
      ...['2026-03-01T14:00', '2026-03-02T02:00:00', '2026-03-02T08:00Z', '2026-03-02T23:00+02:00'],
    ),
  ),
  fc.tuple(keysLike(`${PREFIX}:idle-minutes`), fc.constantFrom('10', '45', '240', '10080', 'long', '0')),
  fc.constant<[string, string]>(['team', 'data']),
);
/** A key as it should be, in another case, or with blanks around it. */
function keysLike(key: string): fc.Arbitrary<string> {
  return fc.constantFrom(key, key, key, key.toUpperCase(), ` ${key} `, key.replace(':e', ':E'));
}

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
    isLost: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
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
    engine: fc.constantFrom<Engine>(
      ...(['PySpark engine version 3', 'PySpark engine version 3', 'Apache Spark version 3.5'] as const),
      ...(['Apache Spark version 3.5', 'Apache Spark version 5.0', 'Athena engine version 3'] as const),
    ),
    engineShown: mostly(undefined, fc.constantFrom('AUTO', 'missing', 'Firefly engine version 1')),
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
      include: fc.constantFrom(['*'], ['*etl*', 'dev'], ['prod-*'], ['ETL*']),
      exclude: fc.constantFrom([], ['prod-ml'], ['adhoc', 'dev']),
    }),
    rules: fc.uniqueArray(rule, { maxLength: 2, selector: (drawn) => JSON.stringify(drawn) }),
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
