import { Match } from 'aws-cdk-lib/assertions';
import { describe, test } from 'vitest';
import { CONFIGURATIONS } from '../../support/configurations.js';
import { synthesized } from '../../support/synthesis.js';

describe('the schedule', () => {
  test('starts a sweep every five minutes and does not try again', () => {
    synthesized().hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(5 minutes)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Input: '{}',
        RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
        DeadLetterConfig: { Arn: Match.anyValue() },
      },
    });
  });

  test('keeps to a time zone', () => {
    synthesized(CONFIGURATIONS['office hours']).hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0/10 8-18 ? * MON-FRI *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
    });
  });
});
