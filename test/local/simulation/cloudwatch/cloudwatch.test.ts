import { describe, expect, it } from 'vitest';
import { type Alarm, alarmSchema, evaluateAlarm } from '../../../../local/simulation/cloudwatch/alarm.js';
import { alarmHistories } from '../../../../local/simulation/cloudwatch/alarms.js';
import { runLogQuery } from '../../../../local/simulation/cloudwatch/log-query.js';
import { computeMetric } from '../../../../local/simulation/cloudwatch/metric-math.js';
import { MetricStore, statistic } from '../../../../local/simulation/cloudwatch/metric-store.js';
import { MINUTE } from '../../../../local/simulation/time.js';

const METRIC = { namespace: 'N', name: 'M', dimensions: { service: 's' } };

describe('a metric', () => {
  it.each([
    ['Sum', 10],
    ['Average', 2.5],
    ['Minimum', 1],
    ['Maximum', 4],
    ['SampleCount', 4],
    ['p50', 2],
    ['p90', 4],
  ])('has the statistic %s', (stat, value) => {
    expect(statistic(stat, [4, 1, 3, 2])).toBe(value);
  });

  it('has one value for each period in which anything was emitted, by its exact dimensions', () => {
    const store = new MetricStore();
    store.add(METRIC, 0, [1, 2]);
    store.add(METRIC, 4 * MINUTE, [3]);
    store.add(METRIC, 12 * MINUTE, [5]);
    store.add({ ...METRIC, dimensions: {} }, 0, [100]);
    expect(store.series(METRIC, 'Sum', 5 * MINUTE, { from: 0, to: 15 * MINUTE })).toEqual([
      { at: 0, value: 6 },
      { at: 10 * MINUTE, value: 5 },
    ]);
  });

  it('can be computed from others, at the times that all of them have', () => {
    const series = { a: [4, 6], b: [2] };
    const points = (id: string) =>
      (id === 'a' ? series.a : series.b).map((value, index) => ({ at: index, value }));
    expect(computeMetric('(a + b) / 60 * 2', points)).toEqual([{ at: 0, value: 0.2 }]);
    expect(computeMetric('a * 0.35', points).map(({ value }) => value)).toEqual([1.4, 6 * 0.35]);
  });

  it('is refused rather than computed wrong', () => {
    expect(() => computeMetric('ANOMALY_DETECTION_BAND(a)', () => [])).toThrow(/not understood/);
    expect(() => statistic('tm99', [1])).toThrow(/not understood/);
  });
});

describe('a log query', () => {
  const lines = [
    { '@timestamp': 0, message: 'session', outcome: 'terminated', id: 'a', client: 'notebook', dpu: 1.5 },
    { '@timestamp': 1, message: 'session', outcome: 'terminated', id: 'b', dpu: 2 },
    { '@timestamp': 2, message: 'session', outcome: 'failed', id: 'b', error: 'denied' },
    { '@timestamp': 3_600_000, message: 'sweep', calls: 7, 'counts.due': 1 },
  ];

  it('filters, groups, sorts and limits', () => {
    const query = `SOURCE 'log' | filter message = "session"
      | filter outcome in ["terminated", "accepted"]
      | stats count_distinct(id) as sessions, sum(dpu) as saved by coalesce(client, "not known") as startedBy
      | sort saved desc | limit 1`;
    expect(runLogQuery(query, lines)).toEqual({
      columns: ['startedBy', 'sessions', 'saved'],
      rows: [{ startedBy: 'not known', sessions: 1, saved: 2 }],
    });
  });

  it('knows fields that an earlier command made', () => {
    const query = 'filter ispresent(dpu) | fields coalesce(client, "?") as by | stats count(*) as n by by';
    expect(runLogQuery(query, lines).rows).toEqual([
      { by: 'notebook', n: 1 },
      { by: '?', n: 1 },
    ]);
  });

  it('counts by periods, and names columns that have no name of their own', () => {
    const { columns, rows } = runLogQuery('stats count(*) by bin(1h)', lines);
    expect(columns).toEqual(['bin(1h)', 'count()']);
    expect(rows).toEqual([
      { 'bin(1h)': 0, 'count()': 3 },
      { 'bin(1h)': 3_600_000, 'count()': 1 },
    ]);
  });

  it('reads conditions with "and", "or", "not" and nested fields', () => {
    const found = (condition: string) =>
      runLogQuery(`filter ${condition}`, lines).rows.map((row) => row['@timestamp']);
    expect(found('id = "b" and not ispresent(error)')).toEqual([1]);
    expect(found('ispresent(error) or counts.due > 0')).toEqual([2, 3_600_000]);
  });

  it('is refused where it is not understood', () => {
    expect(() => runLogQuery('parse message "*" as x', lines)).toThrow(/not understood/);
    expect(() => runLogQuery('stats stddev(dpu)', lines)).toThrow(/not understood/);
  });
});

describe('an alarm', () => {
  const properties = {
    AlarmName: 'it',
    Namespace: 'N',
    MetricName: 'M',
    Dimensions: [{ Name: 'service', Value: 's' }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  };

  /** The states at the end of each period of values; undefined is a period without any. */
  function statesOf(values: readonly (number | undefined)[], changes: object = {}) {
    const alarm: Alarm = alarmSchema.parse({ ...properties, ...changes });
    const store = new MetricStore();
    for (const [index, value] of values.entries()) {
      if (value !== undefined) store.add(METRIC, index * MINUTE, [value]);
    }
    return evaluateAlarm(alarm, store, { from: 0, to: values.length * MINUTE }).map(({ state }) => state);
  }

  it('is in ALARM when as many datapoints in a row as it asks for breach the threshold', () => {
    expect(statesOf([0, 1, 0, 1, 1, 0])).toEqual(['INSUFFICIENT_DATA', 'OK', 'ALARM', 'OK']);
    expect(statesOf([0, 1, 0], { DatapointsToAlarm: 1 })).toEqual(['INSUFFICIENT_DATA', 'ALARM']);
  });

  it.each([
    ['breaching', ['INSUFFICIENT_DATA', 'OK', 'ALARM']],
    ['notBreaching', ['INSUFFICIENT_DATA', 'OK']],
    ['missing', ['INSUFFICIENT_DATA', 'OK', 'INSUFFICIENT_DATA']],
    ['ignore', ['INSUFFICIENT_DATA', 'OK']],
  ])('treats missing data as %s', (TreatMissingData, states) => {
    expect(statesOf([0, 0, undefined, undefined], { TreatMissingData })).toEqual(states);
  });

  it('that is made of others follows them', () => {
    const store = new MetricStore();
    for (const [index, value] of [0, 0, 1, 1, 0, 0].entries()) store.add(METRIC, index * MINUTE, [value]);
    const resources = {
      One: { Type: 'AWS::CloudWatch::Alarm', Properties: properties },
      Any: {
        Type: 'AWS::CloudWatch::CompositeAlarm',
        Properties: { AlarmName: 'any', AlarmRule: '(ALARM("One.Arn") OR INSUFFICIENT_DATA("One.Arn"))' },
      },
    };
    const histories = alarmHistories(resources, store, { from: 0, to: 6 * MINUTE });
    expect(histories.get('Any.Arn')?.states).toEqual([
      { from: 0, state: 'ALARM' },
      { from: 2 * MINUTE, state: 'OK' },
      { from: 4 * MINUTE, state: 'ALARM' },
      { from: 5 * MINUTE, state: 'OK' },
    ]);
  });
});
