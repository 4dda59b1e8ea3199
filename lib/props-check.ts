/** What is checked of the construct's properties beside the configuration, before anything is made. */
import { Stack, Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { type Mistake, show } from '../lambda/contract/mistakes.js';
import type { ReaperConfig } from './config/config.js';
import { outermost } from './deployment-name.js';

export interface OwnResources {
  readonly topic?: ITopic;
  readonly encryptionKey?: IKey;
}

/** What says the same as the configuration in another way, and what cannot be used. */
export function mistakesInResources(
  { topic, encryptionKey }: OwnResources,
  { notify: { emails, topicArn }, kmsKeyArn }: ReaperConfig,
): readonly Mistake[] {
  const mistake = (
    isOne: boolean | undefined,
    property: keyof OwnResources,
    found: string,
    allowed: string,
  ) => (isOne ? [{ path: [property], found, allowed }] : []);
  return [
    ...mistake(topic?.fifo, 'topic', 'a FIFO topic', 'a standard topic; alarms cannot publish to a FIFO one'),
    ...mistake(
      topic && topicArn !== null,
      'topic',
      'a topic beside config.notify.topicArn',
      'either of the two',
    ),
    ...mistake(
      topic && emails.length > 0,
      'topic',
      'a topic beside config.notify.emails',
      'either of the two; addresses are subscribed to the topic that the construct makes',
    ),
    ...mistake(
      encryptionKey && kmsKeyArn !== null,
      'encryptionKey',
      'a key beside config.kmsKeyArn',
      'either of the two',
    ),
  ];
}

export interface Deployed {
  readonly construct: IConstruct;
  readonly deploymentName: string;
  readonly config: ReaperConfig;
}

/** A reaper that stands in the same app; one whose construction failed has neither name nor configuration. */
export type Neighbour = IConstruct & Partial<Pick<Deployed, 'deploymentName' | 'config'>>;

/** What a neighbour in the same account and region has already. */
export function collisions(
  { construct, deploymentName, config }: Deployed,
  neighbours: readonly Neighbour[],
): readonly Mistake[] {
  const near = neighbours.filter((neighbour) => isSamePlace(Stack.of(construct), Stack.of(neighbour)));
  const sameName = near.find((neighbour) => neighbour.deploymentName === deploymentName);
  const role = config.organization?.memberRoleName;
  const sameRole = near.find((neighbour) => role && neighbour.config?.organization?.memberRoleName === role);
  const allowed = ({ node }: IConstruct) => `another than that of ${node.path}`;
  return [
    ...(sameName
      ? [{ path: ['deploymentName'], found: show(deploymentName), allowed: allowed(sameName) }]
      : []),
    ...(sameRole
      ? [
          {
            path: ['config', 'organization', 'memberRoleName'],
            found: show(role),
            allowed: `${allowed(sameRole)}; the role of the function is named after it`,
          },
        ]
      : []),
  ];
}

/** Stacks for any account may be deployed to different ones, so they are only alike where one holds the other. */
function isSamePlace(one: Stack, other: Stack): boolean {
  if (outermost(one) === outermost(other)) return true;
  return (
    isKnown(one.account) &&
    isKnown(one.region) &&
    one.account === other.account &&
    one.region === other.region
  );
}

function isKnown(value: string): boolean {
  return !Token.isUnresolved(value);
}
