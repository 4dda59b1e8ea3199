import { Duration, Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { METRICS, metricNames } from '../../lambda/contract/telemetry.js';
import { AthenaSessionReaper } from '../../lib/index.js';
import { bareApp } from '../support/synthesis.js';

const env = { account: '111122223333', region: 'eu-west-1' };
const stack = new Stack(bareApp(), 'Platform', { env });
const reaper = new AthenaSessionReaper(stack, 'Reaper', { deploymentName: 'spark' });

test.each(metricNames())('%s can be drawn, as it is emitted', (name) => {
  const metric = reaper[`metric${name}`]();

  expect(metric).toMatchObject({
    namespace: 'AthenaSessionReaper',
    metricName: name,
    dimensions: { service: 'spark' },
    unit: METRICS[name],
    period: Duration.minutes(5),
  });
});

test('what is counted once is summed, and what each sweep sees again is not', () => {
  expect(reaper.metricSessionsTerminated().statistic).toBe('Sum');
  expect(reaper.metricSessionsDue().statistic).toBe('Maximum');
  expect(reaper.metricSweepComplete().statistic).toBe('Minimum');
});

test('a caller draws a metric as they like', () => {
  const options = { statistic: 'p90', period: Duration.hours(1), label: 'idle', color: '#123456' };

  expect(reaper.metricIdleAge(options)).toMatchObject({ metricName: 'IdleAge', ...options });
  expect(reaper.metric('IdleAge', options)).toMatchObject({ metricName: 'IdleAge', ...options });
});

test('a metric knows its account and region, so that a dashboard of another region can show it', () => {
  expect(reaper.metricSessionsDue()).toMatchObject(env);
});
