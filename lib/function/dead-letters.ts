import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IDestination } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../permissions/acknowledge.js';

/**
 * Where everything goes that could not be delivered: sweeps that Scheduler could not start, invocations that
 * failed, digests that could not be sent. Kept for two weeks, and an alarm says that there are some.
 */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, encryptionKey?: IKey) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(encryptionKey
        ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }
        : { encryption: QueueEncryption.SQS_MANAGED }),
    });
    acknowledge(this.queue, [
      {
        rule: 'AwsSolutions-SQS3',
        reason: 'This is the dead-letter queue: of the schedule, the function and the digest rule.',
      },
    ]);
  }

  /** For roles: sending alone, where CDK's grant allows to read the queue's attributes too. */
  permissionToSend(): PolicyStatement {
    return new PolicyStatement({
      sid: 'KeepWhatFailed',
      actions: ['sqs:SendMessage'],
      resources: [this.queue.queueArn],
    });
  }

  /** For rules, which send without a role. */
  allowRule(rule: IRule): void {
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
  }

  /** For the function's failed invocations; its role has {@link permissionToSend}. */
  asDestination(): IDestination {
    return { bind: () => ({ destination: this.queue.queueArn }) };
  }
}
