/** Alarms on the function and its dead letters, from the metrics of Lambda and SQS. */
import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { SweepTiming } from '../schedule/sweep-timing.js';
import type { AlarmSpecification } from './alarm-specification.js';
import { badSweeps } from './bad-sweeps.js';

export interface FunctionAlarmsProps {
  readonly sweep: IFunction;
  readonly deadLetterQueue: IQueue;
  readonly timing: SweepTiming;
}

/** A sweep that runs out of time ends by itself a few seconds before the function's timeout. */
const NEAR_TIMEOUT = 0.85;

export function functionAlarms({
  sweep,
  deadLetterQueue,
  timing,
}: FunctionAlarmsProps): readonly AlarmSpecification[] {
  const { timeout } = timing;
  const { view, meaning, evaluation } = badSweeps(timing);
  const once = { threshold: 1, evaluationPeriods: 1 };
  const period = Duration.minutes(5);
  return [
    {
      section: 'function-errors',
      meaning: 'An invocation failed: bad settings, no permission, or no region could be listed.',
      metric: sweep.metricErrors({ statistic: 'Sum', period }),
      ...once,
    },
    {
      section: 'function-throttled',
      meaning:
        "Lambda refused to start a sweep: the account's concurrency, or what is reserved for the function, is used up.",
      metric: sweep.metricThrottles({ statistic: 'Sum', period }),
      ...once,
    },
    {
      section: 'sweep-near-timeout',
      meaning: meaning(`took nearly all of the ${timeout.toSeconds()} seconds that a sweep has`),
      // In an organization a sweep is many invocations: the longest counts.
      metric: sweep.metricDuration(view('Maximum')),
      threshold: NEAR_TIMEOUT * timeout.toMilliseconds(),
      ...evaluation,
    },
    {
      section: 'dead-letters',
      meaning:
        'A sweep could not be started or failed, or a digest could not be sent; the queue holds which of them.',
      // Those that arrive, not those that are there: they stay for two weeks, long after all is well again.
      metric: deadLetterQueue.metricNumberOfMessagesSent({ statistic: 'Sum', period }),
      ...once,
    },
  ];
}
