/** A topic that the caller of the construct made or imported. */
import { Annotations, Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { allowAlarmsAndEvents } from '../permissions/encryption.js';

/**
 * Lets alarms and EventBridge publish to the topic, and use its key. The policies of an imported topic and of an
 * imported key cannot be changed from here, so a warning says what their owners must add.
 */
export function allowPublishing(scope: Construct, topic: ITopic): void {
  if (!topic.addToResourcePolicy(alarmsAndEvents(topic)).statementAdded) {
    Annotations.of(scope).addWarningV2(
      'athena-session-reaper:importedTopic',
      'The topic is imported, so its policy stays as it is: it must let cloudwatch.amazonaws.com call sns:Publish for alarms of this account and, where the topic is in another account, the role of the digests too. If it has a KMS key, that must let cloudwatch.amazonaws.com call kms:Decrypt and kms:GenerateDataKey.',
    );
  }
  if (topic.masterKey && !allowAlarmsAndEvents(topic.masterKey)) {
    Annotations.of(scope).addWarningV2(
      'athena-session-reaper:importedTopicKey',
      "The topic's KMS key is imported, so its policy stays as it is: it must let cloudwatch.amazonaws.com and events.amazonaws.com call kms:Decrypt and kms:GenerateDataKey for this account. The policy of the key alias/aws/sns does not.",
    );
  }
}

/**
 * For all alarms and rules of the account: a topic's first statement replaces the default policy, on which the
 * caller's other alarms may rely. Nothing of this stack is named, because the topic may be in another one, which
 * this one already depends on.
 */
function alarmsAndEvents(topic: ITopic): PolicyStatement {
  return new PolicyStatement({
    sid: 'AthenaSessionReaperAlarmsAndEvents',
    principals: [
      new ServicePrincipal('cloudwatch.amazonaws.com'),
      new ServicePrincipal('events.amazonaws.com'),
    ],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
}
