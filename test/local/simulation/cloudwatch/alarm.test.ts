import * as v from 'valibot';
import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../lambda/contract/durations.js';
import { alarmSchema, evaluateAlarm } from '../../../../local/simulation/cloudwatch/alarm.js';
import { MetricStore } from '../../../../local/simulation/cloudwatch/metric-store.js';
import { METRIC, PROPERTIES } from './an-alarm.js';

/** The states at the end of each period of values; undefined is a period without any. */
function statesOf(values: readonly (number | undefined)[], changes: object = {}) {
  const alarm = v.parse(alarmSchema, { ...PROPERTIES, ...changes });
  const store = new MetricStore();
  for (const [index, value] of values.entries()) {
    if (value !== undefined) store.add(METRIC, index * MINUTE_MS, [value]);
  }
  return evaluateAlarm(alarm, store, { from: 0, to: values.length * MINUTE_MS }).map(({ state }) => state);
}

it('an alarm is in ALARM when as many datapoints in a row as it asks for breach the threshold', () => {
  expect(statesOf([0, 1, 0, 1, 1, 0])).toEqual(['INSUFFICIENT_DATA', 'OK', 'ALARM', 'OK']);
  expect(statesOf([0, 1, 0], { DatapointsToAlarm: 1 })).toEqual(['INSUFFICIENT_DATA', 'ALARM']);
});

it.each([
  ['breaching', ['INSUFFICIENT_DATA', 'OK', 'ALARM']],
  ['notBreaching', ['INSUFFICIENT_DATA', 'OK']],
  ['missing', ['INSUFFICIENT_DATA', 'OK', 'INSUFFICIENT_DATA']],
  ['ignore', ['INSUFFICIENT_DATA', 'OK']],
])('an alarm treats missing data as %s', (TreatMissingData, states) => {
  expect(statesOf([0, 0, undefined, undefined, undefined, undefined], { TreatMissingData })).toEqual(states);
});
