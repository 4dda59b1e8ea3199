import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { AlarmSpecification } from '../alarms/alarm-specification.js';

/** What can be wrong with the sweep of an organization beyond what can be wrong with any. */
export function failedSweepAlarm(stateMachine: IStateMachine): AlarmSpecification {
  const sum = { statistic: 'Sum', period: Duration.minutes(5) };
  return {
    section: 'organization-sweep-failed',
    meaning:
      'More accounts than are tolerated were not swept, the accounts could not be listed, or the sweep was given up or stopped.',
    metric: new MathExpression({
      // Where one of them has no point, a sum has none either.
      expression: 'FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)',
      usingMetrics: {
        failed: stateMachine.metricFailed(sum),
        timedOut: stateMachine.metricTimedOut(sum),
        aborted: stateMachine.metricAborted(sum),
      },
      period: sum.period,
      label: 'sweeps of the organization that failed',
    }),
    threshold: 1,
    evaluationPeriods: 1,
  };
}
