/** Accounts to simulate: their workgroups, who works there, how the reaper is set up, and what goes wrong. */
import type { ReaperConfigInput } from '../../../lib/config/config.js';
import type { Fault, WorkgroupSpec } from '../../athena/index.js';
import {
  dbtRun,
  degrading,
  exempt,
  type Habit,
  hanging,
  immortal,
  keptAlive,
  neverCreated,
  notebook,
  script,
  studio,
} from './habits.js';

export interface Profile {
  /** One sentence, for the help and the page. */
  readonly description: string;
  readonly config: ReaperConfigInput;
  readonly workgroups: readonly WorkgroupSpec[];
  /** Who is there each day. */
  readonly people: readonly Group[];
  readonly mishaps: readonly Mishap[];
}

export interface Group {
  readonly count: number;
  readonly habit: Habit;
  readonly workGroup: string;
}

/** Something that goes wrong for a while, in hours since the simulated day began. */
export type Mishap = { readonly fromHour: number; readonly toHour: number; readonly what: string } & (
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** Each call to Athena takes this long. */
  | { readonly kind: 'slow'; readonly callMs: number }
  /** Somebody stopped the reaper by its reserved concurrency. */
  | { readonly kind: 'stopped' }
);

const SPARK_3_5 = 'Apache Spark version 3.5';

const TEAM_WORKGROUPS: readonly WorkgroupSpec[] = [
  { name: 'analytics' },
  { name: 'data-science' },
  { name: 'etl', engine: SPARK_3_5 },
  { name: 'ad-hoc', engine: SPARK_3_5 },
  { name: 'studio-marketing', engine: SPARK_3_5 },
  { name: 'reporting', engine: 'Athena engine version 3' },
];

const TEAM_PEOPLE: readonly Group[] = [
  { count: 14, habit: notebook, workGroup: 'analytics' },
  { count: 10, habit: notebook, workGroup: 'data-science' },
  { count: 1, habit: exempt, workGroup: 'data-science' },
  { count: 3, habit: dbtRun(2, 'nightly'), workGroup: 'etl' },
  { count: 2, habit: dbtRun(6, 'morning'), workGroup: 'etl' },
  { count: 2, habit: dbtRun(12, 'noon'), workGroup: 'etl' },
  { count: 2, habit: dbtRun(18, 'evening'), workGroup: 'etl' },
  { count: 2, habit: keptAlive, workGroup: 'etl' },
  { count: 10, habit: script, workGroup: 'ad-hoc' },
  { count: 1, habit: degrading, workGroup: 'ad-hoc' },
  { count: 1, habit: neverCreated, workGroup: 'ad-hoc' },
  { count: 8, habit: studio, workGroup: 'studio-marketing' },
];

const STUCK = { degradedMinutes: 30, creatingMinutes: 30 };

const team: Profile = {
  description: 'A data team: notebooks, scheduled dbt, scripts, a studio project, and a few stuck sessions',
  config: { stuck: STUCK },
  workgroups: TEAM_WORKGROUPS,
  people: TEAM_PEOPLE,
  mishaps: [],
};

const DBT_HOURS = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22];

const dbt: Profile = {
  description:
    'dbt all day: scheduled runs that never end their sessions, and developers that keep theirs alive',
  config: { stuck: STUCK },
  workgroups: [
    { name: 'dbt-prod', engine: SPARK_3_5 },
    { name: 'dbt-dev', engine: SPARK_3_5 },
    { name: 'reporting', engine: 'Athena engine version 3' },
  ],
  people: [
    ...DBT_HOURS.map((hour) => ({ count: 4, habit: dbtRun(hour, 'scheduled'), workGroup: 'dbt-prod' })),
    { count: 8, habit: keptAlive, workGroup: 'dbt-dev' },
    { count: 6, habit: script, workGroup: 'dbt-dev' },
  ],
  mishaps: [],
};

const studioOnly: Profile = {
  description: 'SageMaker Unified Studio: many projects, short sittings, people who come back',
  config: { stuck: STUCK },
  workgroups: ['marketing', 'pricing', 'supply', 'fraud'].map((name) => ({
    name: `studio-${name}`,
    engine: SPARK_3_5,
  })),
  people: [
    { count: 18, habit: studio, workGroup: 'studio-marketing' },
    { count: 14, habit: studio, workGroup: 'studio-pricing' },
    { count: 12, habit: studio, workGroup: 'studio-supply' },
    { count: 10, habit: studio, workGroup: 'studio-fraud' },
    { count: 1, habit: degrading, workGroup: 'studio-fraud' },
  ],
  mishaps: [],
};

const DENIED = { kind: 'error', code: 'AccessDeniedException', message: 'Not authorized' } as const;

const chaos: Profile = {
  description: 'The team on a bad day: lost permissions, throttling, a slow Athena, a stopped reaper',
  config: { stuck: { ...STUCK, busyMinutes: 240 } },
  workgroups: TEAM_WORKGROUPS,
  people: [
    ...TEAM_PEOPLE,
    { count: 2, habit: hanging, workGroup: 'analytics' },
    { count: 1, habit: degrading, workGroup: 'data-science' },
    { count: 1, habit: immortal, workGroup: 'ad-hoc' },
  ],
  mishaps: [
    {
      kind: 'fault',
      what: 'no permission on workgroup etl',
      fromHour: 8.2,
      toHour: 9.2,
      fault: { ...DENIED, operation: 'ListSessions', workGroup: 'etl' },
    },
    {
      kind: 'fault',
      what: 'no permission to end sessions',
      fromHour: 10.5,
      toHour: 11.5,
      fault: { ...DENIED, operation: 'TerminateSession' },
    },
    {
      kind: 'fault',
      what: 'throttled by Athena',
      fromHour: 13,
      toHour: 13.1,
      fault: { kind: 'throttle', operation: 'ListSessions', times: 3 },
    },
    { kind: 'slow', what: 'a slow Athena', fromHour: 14.5, toHour: 15, callMs: 3_500 },
    {
      kind: 'fault',
      what: 'no permission at all',
      fromHour: 16.2,
      toHour: 16.6,
      fault: { ...DENIED, operation: 'ListWorkGroups' },
    },
    { kind: 'stopped', what: 'the reaper stopped by hand', fromHour: 18.2, toHour: 19 },
  ],
};

export const PROFILES = { team, dbt, studio: studioOnly, chaos } as const satisfies Record<string, Profile>;
export type ProfileName = keyof typeof PROFILES;
