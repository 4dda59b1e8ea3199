import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { AthenaSessionReaper } from '../../lib/index.js';
import { withValues } from '../../local/template/intrinsics.js';
import { CONFIGURATIONS } from '../support/configurations.js';
import { reaperApp, synthesized } from '../support/synthesis.js';

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

describe('the function', () => {
  test('runs on Node 24 and arm64, with its settings as one variable', () => {
    synthesized({ idleMinutes: 45 }).hasResourceProperties('AWS::Lambda::Function', {
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

  test('has its own log group, kept as long as configured', () => {
    synthesized({ logRetentionDays: 30 }).hasResourceProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 30,
    });
  });
});

test('a permissions boundary is on every role', () => {
  const template = synthesized(CONFIGURATIONS['a permissions boundary']);

  template.allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
});

test('a KMS key encrypts log group, topic and queue, and every role that writes to them may use it', () => {
  const { kmsKeyArn } = CONFIGURATIONS['a KMS key'];
  const template = synthesized(CONFIGURATIONS['a KMS key']);

  template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: kmsKeyArn });
  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: kmsKeyArn });
  template.hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: kmsKeyArn });
  template.allResourcesProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Sid: 'UseOwnKey',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: kmsKeyArn,
        }),
      ]),
    },
  });
});

test('the outputs are commands that can be copied', () => {
  const outputs = withValues(synthesized().toJSON().Outputs);
  const [name] = Object.keys(synthesized().findResources('AWS::Lambda::Function'));
  const [log] = Object.keys(synthesized().findResources('AWS::Logs::LogGroup'));

  expect(outputs).toEqual({
    SweepNowInReportMode: {
      Value: `aws lambda invoke --function-name ${name} --region eu-west-1 --cli-binary-format raw-in-base64-out --payload '{"mode":"report"}' /dev/stdout`,
    },
    OpenDashboard: {
      Value:
        'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/AthenaSessionReaper-eu-west-1',
    },
    TailLog: { Value: `aws logs tail ${log} --region eu-west-1 --since 1h --follow` },
    StopReaper: {
      Value: `aws lambda put-function-concurrency --function-name ${name} --region eu-west-1 --reserved-concurrent-executions 0`,
    },
  });
});

describe('warnings at synthesis', () => {
  const warnings = (config: object) => {
    const { app, stack } = reaperApp(config);
    const messages = app.synth().getStackByName(stack.stackName).messages;
    return messages.filter(({ level }) => level === 'warning').map(({ entry }) => String(entry.data));
  };

  test('are given for idle limits that are hardly meant', () => {
    const rules = [{ match: { workgroup: 'a' }, idleMinutes: 480 }];

    expect(warnings({ idleMinutes: 9, rules })).toEqual([
      expect.stringMatching(/^reaper\.idleMinutes is 9: below 10 minutes/),
      expect.stringMatching(/^reaper\.rules\[0\]\.idleMinutes is 480: Athena itself/),
    ]);
    expect(warnings({ idleMinutes: 10 })).toEqual([]);
    expect(warnings({ idleMinutes: 479 })).toEqual([]);
  });

  test('are given for exclusions that IAM cannot deny', () => {
    expect(warnings({ workgroups: { exclude: ['*s*', 'core-*'] } })).toEqual([
      expect.stringMatching(/^reaper\.workgroups\.exclude has "\*s\*"/),
    ]);
  });
});

describe('in another CDK app', () => {
  test('two reapers live side by side, with a topic and a key of that app', () => {
    const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Platform');
    const topic = new Topic(stack, 'Topic');
    const encryptionKey = new Key(stack, 'Key');
    const team = (name: string) => ({ workgroups: { include: [`${name}-*`] } });
    new AthenaSessionReaper(stack, 'A', { config: team('a'), deploymentName: 'a', topic, encryptionKey });
    new AthenaSessionReaper(stack, 'B', { config: team('b'), deploymentName: 'b', topic, encryptionKey });
    const template = Template.fromStack(stack);

    template.resourceCountIs('AWS::SNS::Topic', 1);
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Sid: 'AthenaSessionReaperLogs' }),
          Match.objectLike({ Sid: 'AthenaSessionReaperAlarmsAndEvents' }),
        ]),
      },
    });
  });

  test('a mistake in the configuration is told when the construct is made', () => {
    const stack = new Stack();

    expect(() => new AthenaSessionReaper(stack, 'Reaper', { config: { idleMinutes: 0 } })).toThrow(
      'reaper.idleMinutes',
    );
  });
});
