import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/**
 * What a role needs to write to queues and topics that keys encrypt; nothing where there is no key.
 */
export function permissionToEncrypt(...keys: readonly (IKey | undefined)[]): PolicyStatement[] {
  const resources = [...new Set(keys.flatMap((key) => key?.keyArn ?? []))];
  if (resources.length === 0) return [];
  const actions = ['kms:Decrypt', 'kms:GenerateDataKey'];
  return [new PolicyStatement({ sid: 'UseOwnKey', actions, resources })];
}

/**
 * Lets the services that write without a role of ours use the key. Changes nothing about an imported key: its
 * owner adds the same two statements, see docs/security.md.
 */
export function allowServices(key: IKey): void {
  const { region, account, partition } = Stack.of(key);
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AthenaSessionReaperLogs',
      principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*`,
        },
      },
    }),
  );
  allowAlarmsAndEvents(key);
}

/**
 * Lets alarms and EventBridge send to a topic that the key encrypts.
 * @returns false for an imported key, whose policy its owner changes.
 */
export function allowAlarmsAndEvents(key: IKey): boolean {
  const { statementAdded } = key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AthenaSessionReaperAlarmsAndEvents',
      principals: [
        new ServicePrincipal('cloudwatch.amazonaws.com'),
        new ServicePrincipal('events.amazonaws.com'),
      ],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(key).account } },
    }),
  );
  return statementAdded;
}
