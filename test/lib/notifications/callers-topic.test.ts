import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { AthenaSessionReaper } from '../../../lib/index.js';
import { withValues } from '../../../local/template/intrinsics.js';
import { listed, statementsOf } from '../../support/iam.js';
import { bareApp } from '../../support/synthesis.js';

const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:operations';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d';
const SERVICES = ['cloudwatch.amazonaws.com', 'events.amazonaws.com'];

function warningsIn(stack: Stack): string[] {
  return Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => String(entry.data));
}

function allowing(actions: string | string[], resource: unknown) {
  return Match.arrayWith([
    Match.objectLike({
      Effect: 'Allow',
      Principal: { Service: SERVICES },
      Action: actions,
      Resource: resource,
      Condition: { StringEquals: { 'aws:SourceAccount': Match.anyValue() } },
    }),
  ]);
}

describe('a topic of the same app', () => {
  test('lets alarms and rules publish, whatever other alarms of the account it serves', () => {
    const stack = new Stack(bareApp(), 'Platform');
    const topic = new Topic(stack, 'Topic');
    new AthenaSessionReaper(stack, 'Reaper', { topic });

    Template.fromStack(stack).hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: allowing('sns:Publish', stack.resolve(topic.topicArn)) },
    });
    expect(warningsIn(stack)).toEqual([]);
  });

  test('has a key that lets them use it, and so may the role of digests', () => {
    const stack = new Stack(bareApp(), 'Platform');
    const masterKey = new Key(stack, 'Key');
    const topic = new Topic(stack, 'Topic', { masterKey });
    new AthenaSessionReaper(stack, 'Reaper', { topic });
    const template = Template.fromStack(stack);
    const ofDigests = statementsOf(template.toJSON(), (id) => id.startsWith('ReaperNotificationsRole'));

    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: allowing(['kms:Decrypt', 'kms:GenerateDataKey'], '*') },
    });
    expect(ofDigests.flatMap(({ Action }) => listed(Action))).toContain('kms:GenerateDataKey');
    expect(ofDigests.flatMap(({ Resource }) => listed(Resource))).toContain(
      withValues(stack.resolve(masterKey.keyArn)),
    );
  });

  test('may stand in another stack, and serve two reapers', () => {
    const app = bareApp();
    const shared = new Stack(app, 'Shared');
    const topic = new Topic(shared, 'Topic', { masterKey: new Key(shared, 'Key') });
    const stack = new Stack(app, 'Platform');
    new AthenaSessionReaper(stack, 'A', { topic });
    new AthenaSessionReaper(stack, 'B', { topic });
    const [policy] = Object.values(Template.fromStack(shared).findResources('AWS::SNS::TopicPolicy'));

    expect(policy?.Properties.PolicyDocument.Statement).toHaveLength(1);
  });

  test('with a key that cannot be changed is warned about', () => {
    const stack = new Stack(bareApp(), 'Platform');
    const masterKey = Alias.fromAliasName(stack, 'Key', 'alias/aws/sns');
    new AthenaSessionReaper(stack, 'Reaper', { topic: new Topic(stack, 'Topic', { masterKey }) });

    expect(warningsIn(stack)).toEqual([expect.stringContaining("The topic's KMS key is imported")]);
  });
});

describe('an imported topic', () => {
  test('is warned about, because its policy stays as it is', () => {
    const stack = new Stack(bareApp(), 'Platform');
    const topic = Topic.fromTopicArn(stack, 'Topic', TOPIC_ARN);
    new AthenaSessionReaper(stack, 'Reaper', { topic });

    expect(warningsIn(stack)).toEqual([
      expect.stringMatching(/The topic is imported.*cloudwatch\.amazonaws\.com call sns:Publish/),
    ]);
  });

  test('is warned about with its key', () => {
    const stack = new Stack(bareApp(), 'Platform');
    const topic = Topic.fromTopicAttributes(stack, 'Topic', { topicArn: TOPIC_ARN, keyArn: KEY_ARN });
    new AthenaSessionReaper(stack, 'Reaper', { topic });

    expect(warningsIn(stack)).toHaveLength(2);
  });
});
