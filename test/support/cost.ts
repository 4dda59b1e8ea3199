import type { Template } from 'aws-cdk-lib/assertions';
import { METRICS } from '../../lambda/contract/telemetry.js';

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

/** All but `SessionsWouldTerminate`, which only report mode emits, and `SessionEventsFailed`, which is off by default. */
const METRICS_EMITTED = Object.keys(METRICS).length - 2;

/** What a month costs, in US dollars, when each sweep takes this many seconds, five minutes apart. */
export function costOfMonth(template: Template, secondsPerSweep: number): number {
  const count = (type: string) => Object.keys(template.findResources(type)).length;
  const sweeps = SECONDS_PER_MONTH / 300;
  const gigabytes = functionOf(template).MemorySize / 1_024;
  return (
    count('AWS::CloudWatch::Dashboard') * PRICE.dashboard +
    count('AWS::CloudWatch::Alarm') * PRICE.alarm +
    count('AWS::CloudWatch::CompositeAlarm') * PRICE.compositeAlarm +
    METRICS_EMITTED * PRICE.metric +
    sweeps * secondsPerSweep * gigabytes * PRICE.gigabyteSecond +
    sweeps * LOGGED_PER_SWEEP_GB * PRICE.gigabyteLogged +
    (sweeps / 1e6) * (PRICE.millionRequests + PRICE.millionSchedulerInvocations + PRICE.millionEvents)
  );
}

/** Seconds that a sweep has at most. */
export function timeoutOf(template: Template): number {
  return functionOf(template).Timeout;
}

function functionOf(template: Template): { readonly MemorySize: number; readonly Timeout: number } {
  const [found] = Object.values(template.findResources('AWS::Lambda::Function'));
  return found?.Properties;
}
