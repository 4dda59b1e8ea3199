import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import type { ReaperConfigInput } from '../../../lib/config/config.js';
import { synthesized } from '../../support/synthesis.js';

const CONFIGURED = { idleMinutes: 45, logRetentionDays: 30, retainLog: true };

describe('the function', () => {
  test('runs on Node 24 and arm64, with its settings as one variable', () => {
    synthesized(CONFIGURED).hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Environment: {
        Variables: {
          REAPER_SETTINGS: Match.serializedJson(
            Match.objectLike({ idleMinutes: 45, sweepIntervalMinutes: 5 }),
          ),
          POWERTOOLS_SERVICE_NAME: 'AthenaSessionReaper',
        },
      },
    });
  });

  test.each([
    ['rate(1 minute)', 60],
    ['rate(5 minutes)', 60],
    ['rate(20 minutes)', 240],
    ['rate(2 hours)', 900],
  ])('with %s has %i seconds, never more than the interval', (schedule, seconds) => {
    synthesized({ schedule }).hasResourceProperties('AWS::Lambda::Function', { Timeout: seconds });
  });

  test('is not retried, reports to EventBridge and leaves failures in the queue', () => {
    synthesized().hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: {
        OnSuccess: { Destination: Match.anyValue() },
        OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } },
      },
    });
  });

  test('has a log that goes with the stack, or outlives it where that is set', () => {
    const policies = (config: ReaperConfigInput) =>
      Object.values(synthesized(config).findResources('AWS::Logs::LogGroup')).map(
        ({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy],
      );

    expect(policies({})).toEqual([['Delete', 'Delete']]);
    expect(policies(CONFIGURED)).toEqual([['Retain', 'Retain']]);
  });

  test('has its own log group, kept as long as configured', () => {
    synthesized(CONFIGURED).hasResourceProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 30,
    });
  });
});
