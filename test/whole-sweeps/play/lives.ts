/** Random lives of sessions over an hour or two: how they begin, what becomes of them, and what people do to them. */
import fc from 'fast-check';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import type { Engine } from '../../../local/athena/index.js';
import { worlds } from '../../support/worlds.js';
import { mostly, OPTIONAL, PREFIX } from './fleets.js';
import type { Scenario } from './scenario.js';
import { UNDISTURBED } from './undisturbed.js';

/** What happens in one region while sweeps go by. */
export interface Lives {
  readonly scenario: Scenario;
  readonly intervalMinutes: number;
  readonly sweeps: number;
  readonly sessions: readonly Life[];
  readonly happenings: readonly Happening[];
  /** Numbers of sweeps before which the process is lost. */
  readonly restarts: readonly number[];
}

/** Times are whole minutes after half a minute past the first sweep, so that none is near a sweep. */
export interface Life {
  readonly workgroup: number;
  /** Negative: it is there from the beginning, and this old. */
  readonly startsAt: number;
  /** States in the order in which they come, and for how many minutes each lasts; the last one stays. */
  readonly phases: readonly { readonly state: ActiveState; readonly minutes: number }[];
  readonly description?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly shows: Readonly<Record<string, 'missing'>>;
}

const ACTIVE_STATES = ['IDLE', 'DEGRADED', 'CREATING', 'CREATED', 'BUSY'] as const;
type ActiveState = (typeof ACTIVE_STATES)[number];

interface Happening {
  readonly at: number;
  readonly session: number;
  readonly what: HappeningKind;
}

export const HAPPENING_KINDS = [
  'works',
  'works over Spark Connect',
  'ends',
  'becomes exempt',
  'loses its tags',
  'workgroup becomes exempt',
  'workgroup loses its tags',
] as const;
export type HappeningKind = (typeof HAPPENING_KINDS)[number];

export const WORKGROUPS = ['etl', 'prod-etl', 'adhoc'] as const;
export const EXEMPT = `${PREFIX}:exempt`;
export const LONGER = `${PREFIX}:idle-minutes`;

const limit = fc.constantFrom(1, 7, 20, 30, 45);
/** Their edges lie between two sweeps, and within the hours or two that lives take from 10 o'clock on. */
const hours = fc.constantFrom(
  { from: '10:22', to: '11:03', timezone: 'UTC' },
  { from: '08:03', to: '10:37', timezone: 'UTC' },
);

const rule = fc.oneof(
  fc.record({ match: fc.record({ hours }), idleMinutes: limit }),
  fc.record({
    match: fc.record({ hours, workgroup: fc.constant('*etl') }),
    exempt: fc.constant(true as const),
  }),
  fc.record({ match: fc.constant({ workgroup: 'prod-*' }), exempt: fc.constant(true as const) }),
  fc.record({
    match: fc.constantFrom(
      { workgroup: '*etl' },
      { description: 'dbt: *' },
      { client: 'dbt-athena' },
      { engine: 'PySpark*' },
      { tag: `${PREFIX}:*` },
      { workgroup: 'adhoc', description: '*' },
    ),
    idleMinutes: limit,
  }),
);

const settings: fc.Arbitrary<Partial<ReaperSettings>> = fc.record(
  {
    mode: mostly('terminate' as const, fc.constant('report' as const)),
    idleMinutes: fc.constantFrom(20, 30, 45),
    stuck: mostly(
      {},
      fc.record(
        {
          degradedMinutes: limit,
          creatingMinutes: limit,
          createdMinutes: limit,
          busyMinutes: limit,
          maxAgeMinutes: fc.constantFrom(60, 240),
        },
        OPTIONAL,
      ),
    ),
    rules: fc.uniqueArray(rule, { maxLength: 2, selector: (drawn) => JSON.stringify(drawn) }),
    trust: fc.constantFrom(...[false, false, false, true].map((lastModified) => ({ lastModified }))),
    warnMinutes: mostly(0, fc.constantFrom(5, 10)),
  },
  OPTIONAL,
);

const phase = fc.record({
  state: fc.constantFrom(...ACTIVE_STATES),
  minutes: fc.integer({ min: 1, max: 50 }),
});
const idleAtLast = fc
  .tuple(fc.array(phase, { maxLength: 3 }), mostly('IDLE' as const, fc.constantFrom(...ACTIVE_STATES)))
  .map(([before, state]) => [...before, { state, minutes: 1 }]);

const life: fc.Arbitrary<Life> = fc.record({
  workgroup: fc.nat({ max: 2 }),
  startsAt: fc.oneof(fc.integer({ min: -300, max: -1 }), fc.integer({ min: 0, max: 60 })),
  phases: idleAtLast,
  description: fc.constantFrom('dbt: 7c1f', undefined),
  tags: mostly({}, fc.constantFrom({ [EXEMPT]: 'true' }, { [LONGER]: '60' })),
  shows: mostly<Life['shows']>(
    {},
    fc.constantFrom(
      { IdleSinceDateTime: 'missing' as const },
      { LastModifiedDateTime: 'missing' as const },
      { StartDateTime: 'missing' as const },
    ),
  ),
});

const engine = fc.constantFrom<Engine>('PySpark engine version 3', 'Apache Spark version 3.5');

export const lives: fc.Arbitrary<Lives> = fc
  .record({
    settings,
    world: worlds,
    latencyMs: fc.constantFrom(0, 25),
    clockOffsetMs: mostly(0, fc.constantFrom(-3_600_000, 90_000)),
    engines: fc.tuple(engine, engine, engine),
    intervalMinutes: fc.constantFrom(5, 5, 10),
    sessions: fc.array(life, { minLength: 1, maxLength: 4 }),
    happenings: fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 80 }),
        session: fc.nat({ max: 3 }),
        what: fc.constantFrom(...HAPPENING_KINDS),
      }),
      { maxLength: 5 },
    ),
    restarts: mostly<readonly number[]>([], fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 3 })),
  })
  .map(({ settings, world, latencyMs, clockOffsetMs, engines, intervalMinutes, ...rest }) => ({
    ...rest,
    intervalMinutes,
    sweeps: 16,
    scenario: {
      ...UNDISTURBED,
      settings: { ...settings, sweepIntervalMinutes: intervalMinutes },
      world,
      latencyMs,
      clockOffsetMs,
      regions: [
        WORKGROUPS.map((name, n) => ({ name, engine: engines[n] ?? engines[0], tags: {}, sessions: [] })),
      ],
    },
  }));
