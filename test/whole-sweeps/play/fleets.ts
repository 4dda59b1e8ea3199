/** Random fleets: workgroups, their tags and sessions, with every instant that Athena might show. */
import fc from 'fast-check';
import { DEFAULT_SETTINGS } from '../../../lambda/contract/settings.js';
import { SESSION_STATES } from '../../../lambda/policy/session.js';
import type { Engine, JsonValue } from '../../../local/athena/index.js';
import { START } from '../../support/virtual-time.js';
import type { SessionPlan, WorkgroupPlan } from './scenario.js';

export const PREFIX = DEFAULT_SETTINGS.tags.prefix;
const NAMES = ['etl', 'etl-nightly', 'prod-etl', 'prod-ml', 'adhoc', 'dev'] as const;
const DESCRIPTIONS = ['dbt: 7c1f - 9a', 'nightly report', ''] as const;

const ROLES = [
  'arn:aws:iam::111122223333:role/spark-etl',
  'arn:aws:iam::111122223333:role/team/ada',
] as const;

/** Each key may be left out. */
export const OPTIONAL: { requiredKeys: [] } = { requiredKeys: [] };

/** Mostly one thing, sometimes another. */
export function mostly<T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}

/** Around the limits that settings give, where one off would show. */
const minutes = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.constantFrom(29, 30, 31, 59, 60, 61),
  fc.double({ min: 29, max: 31, noNaN: true }),
);

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
  fc.constantFrom<[string, string]>(
    ['team', 'data'],
    ['Owner', 'ada'],
    ['owner', 'grace'],
    ['AmazonDataZoneProject', 'p1'],
  ),
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
    notebookVersion: mostly(undefined, fc.constant('Athena notebook version 1')),
    executionRole: mostly(undefined, fc.constantFrom(...ROLES)),
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
  .map(({ olderBy, description, notebookVersion, executionRole, idleTimeoutMinutes, ...plan }) => ({
    ...plan,
    ageMinutes: plan.minutesInState + olderBy,
    // Only a session that its own timeout forgot outlives it.
    ...(idleTimeoutMinutes && { idleTimeoutMinutes, outlivesIdleTimeout: true }),
    ...(description && { description }),
    ...(notebookVersion && { notebookVersion }),
    ...(executionRole && { executionRole }),
  }));

export const workgroups: fc.Arbitrary<readonly WorkgroupPlan[]> = fc.uniqueArray(
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
