import { Duration } from 'aws-cdk-lib';
import type { AlarmSpecification } from './alarm-specification.js';
import { reaperMetric } from './reaper-metric.js';

/** An event that could not be put is lost, so once is enough. */
export function sessionEventsAlarm(deployment: string): AlarmSpecification {
  return {
    section: 'session-events-failed',
    meaning:
      'Events of sessions that ended, or are due soon, could not be put on the bus, so their owners were not told. Sessions are ended all the same.',
    metric: reaperMetric('SessionEventsFailed', deployment, {
      statistic: 'Sum',
      period: Duration.minutes(5),
    }),
    threshold: 1,
    evaluationPeriods: 1,
  };
}
