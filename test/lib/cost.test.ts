import { expect, test } from 'vitest';
import { METRICS } from '../../lambda/telemetry.js';
import { CONFIGURATIONS } from '../support/configurations.js';
import { synthesized } from '../support/synthesis.js';

/** US dollars at list prices in us-east-1, without any free tier. */
const PRICE = {
  dashboard: 3,
  metric: 0.3,
  alarm: 0.1,
  compositeAlarm: 0.5,
  /** Lambda on arm64, for a gigabyte-second and for a million requests. */
  gigabyteSecond: 0.0000133334,
  millionRequests: 0.2,
  /** CloudWatch Logs, taken in. */
  gigabyteLogged: 0.5,
  millionSchedulerInvocations: 1,
  millionEvents: 1,
};

const SECONDS_PER_MONTH = 30 * 86_400;
/** A sweep's summary, its EMF and Lambda's own lines. */
const LOGGED_PER_SWEEP_GB = 5_000 / 1e9;

/** What a month costs when each sweep takes so many seconds. */
function month(config: object, secondsPerSweep: number, metrics: number): number {
  const template = synthesized(config);
  const count = (type: string) => Object.keys(template.findResources(type)).length;
  const [lambda] = Object.values(template.findResources('AWS::Lambda::Function'));
  const sweeps = SECONDS_PER_MONTH / 300;
  const gigabytes = lambda?.Properties.MemorySize / 1_024;
  return (
    count('AWS::CloudWatch::Dashboard') * PRICE.dashboard +
    count('AWS::CloudWatch::Alarm') * PRICE.alarm +
    count('AWS::CloudWatch::CompositeAlarm') * PRICE.compositeAlarm +
    metrics * PRICE.metric +
    sweeps * secondsPerSweep * gigabytes * PRICE.gigabyteSecond +
    sweeps * LOGGED_PER_SWEEP_GB * PRICE.gigabyteLogged +
    (sweeps / 1e6) * (PRICE.millionRequests + PRICE.millionSchedulerInvocations + PRICE.millionEvents)
  );
}

/** All but `SessionsWouldTerminate`, which only report mode emits. */
const METRICS_EMITTED = Object.keys(METRICS).length - 1;

test.each(Object.entries(CONFIGURATIONS))('a month with %s costs less than ten dollars', (_name, config) => {
  expect(month(config, 3, METRICS_EMITTED)).toBeLessThan(10);
});

test('however many workgroups there are, sweeps end before a month costs ten dollars', () => {
  const [lambda] = Object.values(synthesized().findResources('AWS::Lambda::Function'));

  expect(month({}, lambda?.Properties.Timeout, METRICS_EMITTED)).toBeLessThan(10);
});
