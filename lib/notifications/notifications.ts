import { Aws } from 'aws-cdk-lib';
import { type EventPattern, Rule, type RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { DeadLetters } from '../function/dead-letters.js';
import { permissionToEncrypt } from '../permissions/encryption.js';
import { MeasuredRole } from '../permissions/measured-role.js';

export interface NotificationsProps {
  readonly emails: readonly string[];
  readonly deployment: string;
  /** @default a topic of its own, to which the e-mail addresses are subscribed */
  readonly topic?: ITopic | undefined;
  readonly encryptionKey?: IKey | undefined;
  readonly deadLetters: DeadLetters;
}

/** The topic for alarms and digests, and the way of a digest to it. */
export class Notifications extends Construct {
  readonly topic: ITopic;
  readonly #props: NotificationsProps;
  /** By which EventBridge sends digests. */
  readonly role: Role;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    this.#props = props;
    this.topic = props.topic ?? this.#ownTopic();
    this.role = this.#publisher();
  }

  /** Sends a text to the topic for each event that matches. */
  mailOn(id: string, description: string, eventPattern: EventPattern, text: RuleTargetInput): Rule {
    const { deadLetters } = this.#props;
    const rule = new Rule(this, id, { description, eventPattern });
    deadLetters.allowRule(rule);
    rule.addTarget({
      bind: () => ({
        arn: this.topic.topicArn,
        role: this.role,
        input: text,
        deadLetterConfig: { arn: deadLetters.queue.queueArn },
      }),
    });
    return rule;
  }

  #ownTopic(): Topic {
    const { emails, encryptionKey, deployment } = this.#props;
    const topic = new Topic(this, 'Topic', {
      displayName: `Athena session reaper ${deployment}`.slice(0, 100),
      enforceSSL: true,
      ...(encryptionKey && { masterKey: encryptionKey }),
    });
    // A topic with a policy of its own loses the default one, by which alarms of the account may publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: {
            'aws:SourceArn': `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:${deployment}-*`,
          },
        },
      }),
    );
    for (const email of emails) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }

  /** A role rather than a topic policy: it can be held to this topic, and it works for a foreign topic too. */
  #publisher(): Role {
    const { encryptionKey } = this.#props;
    return new MeasuredRole(this, 'Role', {
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      description: 'Lets EventBridge send digests of the Athena session reaper',
      statements: [
        new PolicyStatement({
          sid: 'SendDigest',
          actions: ['sns:Publish'],
          resources: [this.topic.topicArn],
        }),
        ...permissionToEncrypt(encryptionKey, this.topic.masterKey),
      ],
      growsWith: ['notify'],
    });
  }
}
