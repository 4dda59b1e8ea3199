import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { AthenaSessionReaper } from '../../lib/index.js';
import { bareApp } from '../support/synthesis.js';

describe('in another CDK app', () => {
  test('two reapers live side by side, with a topic and a key of that app', () => {
    const stack = new Stack(bareApp(), 'Platform');
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

  test('a mistake in the configuration is reported when the construct is made', () => {
    const stack = new Stack();

    expect(() => new AthenaSessionReaper(stack, 'Reaper', { config: { idleMinutes: 0 } })).toThrow(
      'reaper.idleMinutes',
    );
  });

  test('a deployment name too long for the environment of the function is refused', () => {
    const deploymentName = 'd'.repeat(4_000);

    expect(() => new AthenaSessionReaper(new Stack(), 'Reaper', { deploymentName })).toThrow(
      /bytes of environment variables; allowed: 4096 bytes/,
    );
  });
});
