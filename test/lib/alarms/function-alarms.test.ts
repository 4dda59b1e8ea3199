import * as v from 'valibot';
import { expect, test } from 'vitest';
import { alarmSchema, evaluateAlarm } from '../../../local/simulation/cloudwatch/alarm.js';
import { MetricStore } from '../../../local/simulation/cloudwatch/metric-store.js';
import { alarm } from '../../support/alarms.js';

const MINUTE = 60_000;
const FIVE_MINUTES = 5 * MINUTE;

test.each(['function-errors', 'function-throttled', 'dead-letters', 'session-events-failed'])(
  '%s comes when its five minutes are over, whenever in them it happens, and goes off by itself',
  (section) => {
    const { Dimensions: _, ...properties } = Object(alarm(section, { notify: { sessionEvents: true } }));
    const deployed = v.parse(alarmSchema, properties);
    const { Namespace: namespace, MetricName: name } = deployed;
    for (const at of [0, 150, 299].map((second) => FIVE_MINUTES + second * 1_000)) {
      const store = new MetricStore();
      // There is a point for each invocation, message and sweep: zero where all is well.
      for (let minute = 0; minute < 60; minute += 5)
        store.add({ namespace, name, dimensions: {} }, minute * MINUTE, [0]);
      store.add({ namespace, name, dimensions: {} }, at, [1]);

      const states = evaluateAlarm(deployed, store, { from: 0, to: 60 * MINUTE });

      expect(states.filter(({ state }) => state !== 'INSUFFICIENT_DATA')).toEqual([
        { from: FIVE_MINUTES, state: 'OK' },
        { from: 2 * FIVE_MINUTES, state: 'ALARM' },
        { from: 3 * FIVE_MINUTES, state: 'OK' },
      ]);
    }
  },
);

test('dead letters raise the alarm when they arrive, not for as long as they are kept', () => {
  expect(alarm('dead-letters')).toMatchObject({
    MetricName: 'NumberOfMessagesSent',
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  });
});

test('sweeps that take nearly all of their time raise the alarm', () => {
  expect(alarm('sweep-near-timeout', { schedule: 'rate(20 minutes)' })).toMatchObject({
    MetricName: 'Duration',
    Statistic: 'Maximum',
    Threshold: 0.85 * 240_000,
    Period: 1_200,
    EvaluationPeriods: 3,
  });
});
