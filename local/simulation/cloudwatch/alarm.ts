/** One metric alarm of CloudWatch, evaluated over a range of time. */
import * as v from 'valibot';
import { type Datapoint, EXTRA_DATAPOINTS, stateByRange } from './evaluation-range.js';
import type { MetricStore, TimeRange } from './metric-store.js';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** How an alarm went, in order; each state holds until the next one begins. Times are epoch milliseconds. */
export type AlarmStates = readonly { readonly from: number; readonly state: AlarmState }[];

/** Properties of an AWS::CloudWatch::Alarm on one metric. */
export const alarmSchema = v.object({
  AlarmName: v.string(),
  AlarmDescription: v.optional(v.string(), ''),
  Namespace: v.string(),
  MetricName: v.string(),
  Dimensions: v.pipe(
    v.optional(v.array(v.object({ Name: v.string(), Value: v.string() })), []),
    v.transform((list) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]))),
  ),
  Statistic: v.string(),
  Period: v.number(),
  EvaluationPeriods: v.number(),
  DatapointsToAlarm: v.optional(v.number()),
  Threshold: v.number(),
  ComparisonOperator: v.picklist([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  TreatMissingData: v.optional(v.picklist(['breaching', 'notBreaching', 'ignore', 'missing']), 'missing'),
});
export type Alarm = v.InferOutput<typeof alarmSchema>;

/** Evaluates an alarm at the end of each of its periods; before the first whole window it has no data. */
export function evaluateAlarm(alarm: Alarm, store: MetricStore, range: TimeRange): AlarmStates {
  const periodMs = alarm.Period * 1_000;
  const metric = { namespace: alarm.Namespace, name: alarm.MetricName, dimensions: alarm.Dimensions };
  const states: { from: number; state: AlarmState }[] = [{ from: range.from, state: 'INSUFFICIENT_DATA' }];
  const { EvaluationPeriods } = alarm;
  const settings = {
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? EvaluationPeriods,
    treatMissingData: alarm.TreatMissingData,
  };
  const length = EvaluationPeriods + EXTRA_DATAPOINTS;
  const first = range.from - EXTRA_DATAPOINTS * periodMs;
  const datapoints = new Array<Datapoint>(Math.ceil((range.to - first) / periodMs)).fill(undefined);
  for (const { at, value } of store.series(metric, alarm.Statistic, periodMs, range)) {
    datapoints[(at - first) / periodMs] = breaches(value, alarm) ? 'breaching' : 'fine';
  }
  for (let index = 0; range.from + (index + EvaluationPeriods) * periodMs <= range.to; index += 1) {
    const end = range.from + (index + EvaluationPeriods) * periodMs;
    const before = states.at(-1)?.state ?? 'INSUFFICIENT_DATA';
    const state = stateByRange(datapoints.slice(index, index + length), settings) ?? before;
    if (state !== before) states.push({ from: end, state });
  }
  return states;
}

function breaches(value: number, { ComparisonOperator, Threshold }: Alarm): boolean {
  switch (ComparisonOperator) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= Threshold;
    case 'GreaterThanThreshold':
      return value > Threshold;
    case 'LessThanThreshold':
      return value < Threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= Threshold;
    default:
      return ComparisonOperator satisfies never;
  }
}
