/**
 * Each alarm on sweeps, over a year of its schedule: it comes as soon as it says, and never without a reason; when the
 * reaper has been stopped and is started again, every alarm goes off by itself.
 */
import { Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import type { AlarmSpecification } from '../../../lib/alarms/alarm-specification.js';
import { functionAlarms } from '../../../lib/alarms/function-alarms.js';
import { sweepAlarms } from '../../../lib/alarms/sweep-alarms.js';
import { readReaperConfig } from '../../../lib/config/config.js';
import { sweepTiming } from '../../../lib/schedule/sweep-timing.js';
import { evaluateAlarm } from '../../../local/simulation/cloudwatch/alarm.js';
import { MetricStore } from '../../../local/simulation/cloudwatch/metric-store.js';
import { asDeployed } from '../../support/alarms.js';
import { runs, someOf } from '../../support/property-share.js';
import { seededRandom } from '../../support/virtual-time.js';

const SCHEDULES = [
  ['rate(5 minutes)', 'UTC'],
  ['rate(1 minute)', 'UTC'],
  ['rate(7 minutes)', 'UTC'],
  ['rate(1 hour)', 'UTC'],
  ['rate(12 hours)', 'UTC'],
  ['rate(1 day)', 'UTC'],
  ['rate(2 days)', 'UTC'],
  ['cron(0/5 * * * ? *)', 'Europe/Berlin'],
  ['cron(0/20 * * * ? *)', 'Australia/Lord_Howe'],
  ['cron(0 7,8,18 * * ? *)', 'UTC'],
  ['cron(0 7,8,18 * * ? *)', 'America/New_York'],
  ['cron(0/10 8-18 ? * MON-FRI *)', 'Europe/Berlin'],
  ['cron(0/30 22-23 ? * SUN-THU *)', 'Asia/Kolkata'],
  ['cron(0 8 ? * MON-FRI *)', 'Europe/Berlin'],
  ['cron(0 8 ? * MON,WED,FRI *)', 'America/Sao_Paulo'],
  ['cron(30 2 * * ? *)', 'Europe/Berlin'],
  ['cron(30 1 * * ? *)', 'America/New_York'],
  ['cron(0 0/6 * * ? *)', 'Africa/Casablanca'],
  ['cron(0 9,10,11,12 ? * TUE,THU,SAT *)', 'Pacific/Auckland'],
  ['cron(15 6 1,4,7,10,13,16,19,22,25,28 * ? *)', 'UTC'],
] as const;

const MINUTE = 60_000;
const DAY = 1_440;

/** What sweeps report of themselves by which alarms judge them. */
const GOOD = {
  ...{ SweepComplete: 1, SessionsFailed: 0, OldestOverdue: 0, SessionsDeferred: 0 },
  ...{ SessionsUnknown: 0, SessionTagsUnreadable: 0, LeftOut: 0, WorkgroupsWaiting: 0, Duration: 800 },
};
const BAD = {
  ...{ SweepComplete: 0, SessionsFailed: 2, OldestOverdue: 1e9, SessionsDeferred: 5 },
  ...{ SessionsUnknown: 1, SessionTagsUnreadable: 1, LeftOut: 1, WorkgroupsWaiting: 700, Duration: 1e9 },
};

describe.each(someOf(SCHEDULES))('with %s in %s', (schedule, timezone) => {
  const timing = sweepTiming(readReaperConfig({ schedule, timezone }));
  const specifications = [
    ...sweepAlarms({
      config: { mode: 'terminate', maxTerminationsPerSweep: 100, stuck: {} },
      deployment: 'd',
      timing,
    }),
    ...functionAlarmsOn(timing).filter(({ section }) => section === 'sweep-near-timeout'),
  ];
  const sweeps = sweepsOf(timing);
  const firsts = beginnings(sweeps);

  test('no alarm comes while every sweep is good', () => {
    for (const specification of specifications) {
      const store = stored(specification, sweeps, () => GOOD);
      const on = turnsOn(specification, store, sweeps[0] ?? 0, sweeps.at(-1) ?? 0);
      expect(on, specification.section).toEqual([]);
    }
  });

  test.each(specifications.map((specification) => [specification.section, specification] as const))(
    '%s comes within the time that its text says, whenever it begins',
    (section, specification) => {
      const said = minutesSaid(specification.meaning);
      for (const first of firsts) {
        const around = between(sweeps, first - 8 * DAY, first + said + 2 * DAY);
        const stops = section === 'no-sweep-completed';
        const reported = stops ? around.filter((at) => at <= first) : around;
        const store = stored(specification, reported, (at) => (at >= first && !stops ? BAD : GOOD));
        const [from, to] = [around[0] ?? 0, first + said + DAY];
        const on = turnsOn(specification, store, from, to).filter((at) => at >= first);

        expect(on[0], `${section} from ${new Date(first * MINUTE).toISOString()}`).toBeLessThanOrEqual(
          first + said,
        );
      }
    },
  );

  test('the first good sweep ends every alarm of a reaper that was stopped, or a week does where sweeps are rare', () => {
    const stoppedAt = sweeps.find((at) => at > (sweeps[0] ?? 0) + 10 * DAY) ?? 0;
    const startedAt = sweeps.find((at) => at > stoppedAt + 3 * DAY) ?? 0;
    const around = sweeps.filter((at) => at < startedAt + 9 * DAY);
    const reported = around.filter((at) => at <= stoppedAt || at >= startedAt);
    for (const specification of specifications) {
      const store = stored(specification, reported, (at) => (at <= stoppedAt ? BAD : GOOD));
      const states = statesOf(specification, store, around[0] ?? 0, startedAt + 9 * DAY);
      const last = states.at(-1);

      expect(last?.state, specification.section).toBe('OK');
      expect(last?.from, specification.section).toBeLessThanOrEqual(startedAt + longestAfter(specification));
    }
  });
});

/** Minutes: a week for alarms that count bad days of one; for others until the period of the good sweep is over. */
function longestAfter({ datapointsToAlarm, evaluationPeriods, metric }: AlarmSpecification): number {
  if ((datapointsToAlarm ?? evaluationPeriods) < evaluationPeriods) return 8 * DAY;
  return 2 * (metric.toMetricConfig().metricStat?.period.toMinutes() ?? 0);
}

function functionAlarmsOn(timing: ReturnType<typeof sweepTiming>): readonly AlarmSpecification[] {
  const stack = new Stack();
  const sweep = LambdaFunction.fromFunctionName(stack, 'Sweep', 'sweep');
  return functionAlarms({ sweep, deadLetterQueue: new Queue(stack, 'Queue'), timing });
}

/** Minutes since the epoch at which sweeps start, for a year; a rate shows all it has in a month. */
function sweepsOf({ times, interval }: ReturnType<typeof sweepTiming>): readonly number[] {
  if (times.length > 12) return times;
  const count = Math.ceil((30 * DAY) / interval.toMinutes());
  return Array.from({ length: count }, (_, index) => 29_000_000 + index * interval.toMinutes());
}

/** Those of a range of time, its begin included. A year has a hundred thousand, so they are not looked at one by one. */
function between(sweeps: readonly number[], from: number, to: number): readonly number[] {
  return sweeps.slice(countBefore(sweeps, from), countBefore(sweeps, to));
}

function countBefore(sweeps: readonly number[], time: number): number {
  let [low, high] = [0, sweeps.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sweeps[middle] ?? time) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sweeps from which on something is wrong: some of any, and those before the longest pauses. */
function beginnings(sweeps: readonly number[]): readonly number[] {
  const random = seededRandom(3);
  const last = (sweeps.at(-1) ?? 0) - 12 * DAY;
  const eligible = sweeps.filter((at) => at < last);
  const pauses = eligible
    .map((at, index) => ({ at, gap: (sweeps[index + 1] ?? at) - at }))
    .toSorted((a, b) => b.gap - a.gap)
    .slice(0, 8);
  const any = Array.from({ length: runs(8) }, () => eligible[Math.floor(random() * eligible.length)] ?? 0);
  return [...pauses.map(({ at }) => at), ...any];
}

/**
 * What an alarm's metric was at each sweep: Scheduler starts one within a minute, and it takes some seconds until
 * it reports.
 */
function stored(
  specification: AlarmSpecification,
  sweeps: readonly number[],
  figuresOf: (at: number) => Readonly<Record<string, number>>,
): MetricStore {
  const { Namespace: namespace, MetricName: name, Dimensions: dimensions } = asDeployed(specification);
  const metric = { namespace, name, dimensions };
  const random = seededRandom(7);
  const store = new MetricStore();
  for (const at of sweeps) {
    const reportedAt = at * MINUTE + random() * MINUTE + 1_000 + random() * 9_000;
    const value = figuresOf(at)[name];
    if (value === undefined) throw new Error(`this test reports no ${name}`);
    store.add(metric, reportedAt, [value]);
  }
  return store;
}

/** When an alarm goes into ALARM between two times; all in minutes. */
function turnsOn(
  specification: AlarmSpecification,
  store: MetricStore,
  from: number,
  to: number,
): readonly number[] {
  const states = statesOf(specification, store, from, to);
  return states.filter(({ state }) => state === 'ALARM').map(({ from: at }) => at);
}

/** How an alarm goes between two times; all in minutes. */
function statesOf(specification: AlarmSpecification, store: MetricStore, from: number, to: number) {
  const alarm = asDeployed(specification);
  const period = alarm.Period / 60;
  const range = { from: Math.floor(from / period) * period * MINUTE, to: to * MINUTE };
  return evaluateAlarm(alarm, store, range).map(({ from: at, state }) => ({ from: at / MINUTE, state }));
}

function minutesSaid(meaning: string): number {
  const [, count, unit] = /within (\d+) (minutes|hours|days) of/.exec(meaning) ?? [];
  return Number(count) * ({ minutes: 1, hours: 60, days: DAY }[String(unit)] ?? Number.NaN);
}
