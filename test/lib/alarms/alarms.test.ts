import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ReaperConfigInput } from '../../../lib/config/config.js';
import { withValues } from '../../../local/template/intrinsics.js';
import { CONFIGURATIONS } from '../../support/configurations.js';
import { synthesized } from '../../support/synthesis.js';

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly string[];
  readonly OKActions?: readonly string[];
  readonly TreatMissingData?: string;
  readonly AlarmRule?: string;
  readonly MetricName?: string;
  readonly Statistic?: string;
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly Threshold: number;
  readonly ComparisonOperator?: string;
}

function alarmsOf(config: ReaperConfigInput, type = 'AWS::CloudWatch::Alarm'): readonly AlarmProperties[] {
  return Object.values(synthesized(config).findResources(type)).map(({ Properties }) => Properties);
}

function alarm(section: string, config: ReaperConfigInput = {}): AlarmProperties | undefined {
  return alarmsOf(config).find(({ AlarmName }) => AlarmName === `AthenaSessionReaper-${section}`);
}

const sections = alarmsOf({}).map(({ AlarmName }) => AlarmName.replace('AthenaSessionReaper-', ''));

test('there is an alarm for each way in which the reaper can be unwell', () => {
  expect(sections.toSorted()).toEqual([
    'cap-reached',
    'dead-letters',
    'function-errors',
    'function-throttled',
    'no-sweep-completed',
    'sessions-failing',
    'sessions-overdue',
    'sweep-incomplete',
    'sweep-near-timeout',
  ]);
});

describe('the runbook', () => {
  const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
  const anchors = new Map(
    runbook
      .split(/^## /m)
      .slice(1)
      .map((part) => {
        const [heading = '', ...text] = part.split('\n');
        return [heading.toLowerCase().replaceAll(' ', '-'), text.join('\n')] as const;
      }),
  );

  test.each([...sections, 'not-healthy'])('says what %s means, how to look and what to do', (section) => {
    const type = section === 'not-healthy' ? 'AWS::CloudWatch::CompositeAlarm' : 'AWS::CloudWatch::Alarm';
    const described = alarmsOf({}, type).find(({ AlarmName }) => AlarmName.endsWith(`-${section}`));
    const [, link] = /docs\/runbook\.md#(\S+)$/.exec(described?.AlarmDescription ?? '') ?? [];

    expect(link).toBe(section);
    expect(anchors.get(section)).toMatch(/What it means\.[\s\S]*How to look\.[\s\S]*What to do\./);
  });

  test('has no link to a section that is not there', () => {
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, link = '']) => link);

    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect([...anchors.keys()]).toContain(link);
  });

  test('is linked to where the team keeps it', () => {
    const runbookUrl = 'https://wiki.example.com/reaper';

    expect(alarm('dead-letters', { runbookUrl })?.AlarmDescription).toContain(`${runbookUrl}#dead-letters`);
  });
});

test('each alarm says what missing data means, and tells the topic', () => {
  for (const { TreatMissingData, AlarmActions, AlarmName } of alarmsOf({})) {
    expect(TreatMissingData, AlarmName).toMatch(/^(breaching|notBreaching)$/);
    expect(AlarmActions, AlarmName).toHaveLength(1);
  }
});

test('only the alarm for missing sweeps takes missing data for bad news', () => {
  const breaching = alarmsOf({}).filter(({ TreatMissingData }) => TreatMissingData === 'breaching');

  expect(breaching.map(({ AlarmName }) => AlarmName)).toEqual(['AthenaSessionReaper-no-sweep-completed']);
});

test('one alarm is on while any other is, and tells when all is well again', () => {
  const [whole, ...others] = alarmsOf({}, 'AWS::CloudWatch::CompositeAlarm');
  const rule = String(withValues(whole?.AlarmRule));

  expect(others).toEqual([]);
  expect(rule.match(/ALARM\("/g)).toHaveLength(sections.length);
  expect(whole?.OKActions).toHaveLength(1);
});

test('sessions stay overdue in report mode, so nothing alarms about that', () => {
  expect(alarm('sessions-overdue', { mode: 'report' })).toBeUndefined();
  expect(alarm('cap-reached', { mode: 'report' })).toBeUndefined();
  expect(alarm('sessions-failing', { mode: 'report' })).toBeDefined();
});

test('no sweep for three intervals raises the alarm', () => {
  expect(alarm('no-sweep-completed')).toMatchObject({
    MetricName: 'SweepComplete',
    Statistic: 'SampleCount',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    Period: 300,
    EvaluationPeriods: 3,
  });
});

test('a session that is overdue for three intervals raises the alarm', () => {
  expect(alarm('sessions-overdue', { schedule: 'rate(10 minutes)' })).toMatchObject({
    MetricName: 'OldestOverdue',
    Statistic: 'Maximum',
    Threshold: 1_800,
    Period: 600,
    EvaluationPeriods: 3,
  });
});

test.each([
  ['rate(1 minute)', 60, 3],
  ['rate(2 days)', 86_400, 6],
  ['rate(12 hours)', 43_200, 3],
  // Nights of 13 hours 10 minutes and weekends of 61: looked back over by the hour.
  [CONFIGURATIONS['office hours'].schedule, 3_600, 62],
  ['cron(0 8 ? * MON-FRI *)', 86_400, 5],
])(
  'missing sweeps of %s are looked for over periods of %i seconds, %i of them',
  (schedule, period, periods) => {
    const { Period, EvaluationPeriods } = alarm('no-sweep-completed', { schedule }) ?? {};

    expect({ Period, EvaluationPeriods }).toEqual({ Period: period, EvaluationPeriods: periods });
  },
);
