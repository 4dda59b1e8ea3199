import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../lambda/contract/durations.js';
import { alarmHistories } from '../../../../local/simulation/cloudwatch/alarms.js';
import { MetricStore } from '../../../../local/simulation/cloudwatch/metric-store.js';
import { METRIC, PROPERTIES } from './an-alarm.js';

it('an alarm that is made of others follows them', () => {
  const store = new MetricStore();
  for (const [index, value] of [0, 0, 1, 1, 0, 0].entries()) store.add(METRIC, index * MINUTE_MS, [value]);
  const resources = {
    One: { Type: 'AWS::CloudWatch::Alarm', Properties: PROPERTIES },
    Any: {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: { AlarmName: 'any', AlarmRule: '(ALARM("One.Arn") OR INSUFFICIENT_DATA("One.Arn"))' },
    },
  };
  const histories = alarmHistories(resources, store, { from: 0, to: 6 * MINUTE_MS });
  expect(histories.get('Any.Arn')?.states).toEqual([
    { from: 0, state: 'ALARM' },
    { from: 2 * MINUTE_MS, state: 'OK' },
    { from: 4 * MINUTE_MS, state: 'ALARM' },
    { from: 5 * MINUTE_MS, state: 'OK' },
  ]);
});
