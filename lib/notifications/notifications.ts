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
  /** Whether digests go to a chat, too. */
  readonly chat: boolean;
  readonly encryptionKey?: IKey | undefined;
  readonly deadLetters: DeadLetters;
}

/** What a target gets of a report: a mail is text, a chat takes the message as the function made it. */
export interface DigestInputs {
  readonly mail: RuleTargetInput;
  readonly chat: RuleTargetInput;
}

/** The topics for alarms and digests, and the way of a digest to them. */
export class Notifications extends Construct {
  readonly topic: ITopic;
  /** For digests in a chat alone, because alarms and mails have another form; missing where none is wanted. */
  readonly chatTopic: Topic | undefined;
  readonly #props: NotificationsProps;
  /** By which EventBridge sends digests. */
  readonly role: Role;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    this.#props = props;
    this.topic = props.topic ?? this.#ownTopic();
    this.chatTopic = props.chat ? this.#newTopic('ChatTopic') : undefined;
    this.role = this.#publisher();
  }

  /** Sends a text to the topic, and to a chat where one is wanted, for each event that matches. */
  sendOn(id: string, description: string, eventPattern: EventPattern, inputs: DigestInputs): Rule {
    const rule = new Rule(this, id, { description, eventPattern });
    this.#props.deadLetters.allowRule(rule);
    this.#send(rule, this.topic, inputs.mail);
    if (this.chatTopic) this.#send(rule, this.chatTopic, inputs.chat);
    return rule;
  }

  #send(rule: Rule, { topicArn: arn }: ITopic, input: RuleTargetInput): void {
    const deadLetterConfig = { arn: this.#props.deadLetters.queue.queueArn };
    rule.addTarget({ bind: () => ({ arn, role: this.role, input, deadLetterConfig }) });
  }

  #newTopic(id: string): Topic {
    const { encryptionKey, deployment } = this.#props;
    return new Topic(this, id, {
      displayName: `Athena session reaper ${deployment}`.slice(0, 100),
      enforceSSL: true,
      ...(encryptionKey && { masterKey: encryptionKey }),
    });
  }

  #ownTopic(): Topic {
    const { emails, deployment } = this.#props;
    const topic = this.#newTopic('Topic');
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

  /** A role rather than a topic policy: it can be held to these topics, and it works for a foreign topic too. */
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
          resources: [this.topic, ...(this.chatTopic ? [this.chatTopic] : [])].map(
            ({ topicArn }) => topicArn,
          ),
        }),
        ...permissionToEncrypt(encryptionKey, this.topic.masterKey),
      ],
      growsWith: ['notify'],
    });
  }
}
