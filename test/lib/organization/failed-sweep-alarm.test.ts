import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { alarmSchema, evaluateAlarm } from '../../../local/simulation/cloudwatch/alarm.js';
import { computeMetric } from '../../../local/simulation/cloudwatch/metric-math.js';
import { MetricStore, type Point } from '../../../local/simulation/cloudwatch/metric-store.js';
import { HUB } from '../../support/organization/templates.js';
import { synthesized } from '../../support/synthesis.js';

test('a sweep of the organization that fails raises an alarm, and the runbook says what to do', () => {
  const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
  synthesized(HUB).hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'AthenaSessionReaper-organization-sweep-failed',
    Threshold: 1,
    Metrics: Match.arrayWith([
      // Step Functions gives none of the three a point while nothing of its kind happens.
      Match.objectLike({ Expression: 'FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)' }),
    ]),
  });
  const section = runbook.split(/^## /m).find((part) => part.startsWith('organization-sweep-failed\n'));
  expect(section).toMatch(/What it means\.[\s\S]*How to look\.[\s\S]*What to do\./);
});

const FIVE_MINUTES = 300_000;
const HOUR = { from: 0, to: 12 * FIVE_MINUTES };

interface MathAlarm {
  readonly Metrics: readonly {
    readonly Id: string;
    readonly Expression?: string;
    readonly MetricStat?: { readonly Metric: { readonly Namespace: string; readonly MetricName: string } };
  }[];
}

/** How the alarm goes in an hour in which one execution ends so, and nothing else gives any of its metrics a point. */
function statesWhere(ended: string, at: number) {
  const [properties] = Object.values(
    synthesized(HUB).findResources('AWS::CloudWatch::Alarm', {
      Properties: { AlarmName: 'AthenaSessionReaper-organization-sweep-failed' },
    }),
  ).map((resource) => resource.Properties);
  const { Metrics: metrics, ...alarm }: MathAlarm = properties;
  const expression = metrics.find(({ Expression }) => Expression !== undefined)?.Expression ?? '';
  const filled = [...expression.matchAll(/FILL\((\w+), 0\)/g)].map(([, id]) => id);
  const store = new MetricStore();
  const seriesOf = (id: string): readonly Point[] => {
    const metric = metrics.find((one) => one.Id === id)?.MetricStat?.Metric;
    const points = metric?.MetricName === ended ? [{ at: at - (at % FIVE_MINUTES), value: 1 }] : [];
    return filled.includes(id) ? withZeros(points) : points;
  };
  const math = computeMetric(expression.replaceAll(/FILL\((\w+), 0\)/g, '$1'), seriesOf);
  const sum = { namespace: 'math', name: 'sum', dimensions: {} };
  for (const point of math) store.add(sum, point.at, [point.value]);
  const one = { Namespace: 'math', MetricName: 'sum', Statistic: 'Sum', Period: FIVE_MINUTES / 1_000 };
  return evaluateAlarm(v.parse(alarmSchema, { ...alarm, ...one }), store, HOUR);
}

function withZeros(points: readonly Point[]): readonly Point[] {
  return Array.from({ length: HOUR.to / FIVE_MINUTES }, (_, period) => period * FIVE_MINUTES).map(
    (at) => points.find((point) => point.at === at) ?? { at, value: 0 },
  );
}

test.each(['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'])(
  'one point of %s alone brings the alarm when its five minutes are over, and it goes off by itself',
  (ended) => {
    for (const second of [0, 150, 299]) {
      const states = statesWhere(ended, FIVE_MINUTES + second * 1_000);
      expect(states.filter(({ state }) => state !== 'INSUFFICIENT_DATA')).toEqual([
        { from: FIVE_MINUTES, state: 'OK' },
        { from: 2 * FIVE_MINUTES, state: 'ALARM' },
        { from: 3 * FIVE_MINUTES, state: 'OK' },
      ]);
    }
    expect(statesWhere('ExecutionsSucceeded', FIVE_MINUTES).map(({ state }) => state)).toEqual([
      'INSUFFICIENT_DATA',
      'OK',
    ]);
  },
);
