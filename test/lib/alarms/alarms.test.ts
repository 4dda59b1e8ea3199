import { expect, test } from 'vitest';
import { withValues } from '../../../local/template/intrinsics.js';
import { alarmsOf } from '../../support/alarms.js';

const sections = alarmsOf({}).map(({ AlarmName }) => AlarmName.replace('AthenaSessionReaper-', ''));

test('there is an alarm for each way in which the reaper can be unwell', () => {
  expect(sections.toSorted()).toEqual([
    'cap-reached',
    'dead-letters',
    'function-errors',
    'function-throttled',
    'no-sweep-completed',
    'not-catching-up',
    'session-tags-unreadable',
    'sessions-failing',
    'sessions-overdue',
    'sessions-unknown',
    'sweep-incomplete',
    'sweep-near-timeout',
  ]);
});

test('each alarm says what missing data means, and mails the topic', () => {
  for (const { TreatMissingData, AlarmActions, AlarmName } of alarmsOf({})) {
    expect(TreatMissingData, AlarmName).toMatch(/^(breaching|notBreaching|ignore)$/);
    expect(AlarmActions, AlarmName).toHaveLength(1);
  }
});

test('only the alarm for missing sweeps takes missing data for bad news', () => {
  const breaching = alarmsOf({}).filter(({ TreatMissingData }) => TreatMissingData === 'breaching');

  expect(breaching.map(({ AlarmName }) => AlarmName)).toEqual(['AthenaSessionReaper-no-sweep-completed']);
});

test('one alarm is on while any other is, and mails when all is well again', () => {
  const [whole, ...others] = alarmsOf({}, 'AWS::CloudWatch::CompositeAlarm');
  const rule = String(withValues(whole?.AlarmRule));

  expect(others).toEqual([]);
  expect(rule.match(/ALARM\("/g)).toHaveLength(sections.length);
  expect(whole?.OKActions).toHaveLength(1);
});

test('CloudWatch takes each description, however long the address of the runbook', () => {
  const runbookUrl = `https://${'w'.repeat(500)}`;

  for (const { AlarmName, AlarmDescription } of alarmsOf({ runbookUrl }))
    expect(AlarmDescription.length, AlarmName).toBeLessThanOrEqual(1_024);
});
