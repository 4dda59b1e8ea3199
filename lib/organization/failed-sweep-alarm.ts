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
      'More accounts than are tolerated were not swept, the accounts could not be listed, or it took too long.',
    metric: new MathExpression({
      expression: 'failed + timedOut + aborted',
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
