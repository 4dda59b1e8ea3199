import { Aws } from 'aws-cdk-lib';
import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledge } from './acknowledge.js';

/**
 * Gives cdk-nag the reason for each wildcard of the sweep's role; a wildcard from elsewhere is still found.
 * @param statements what the role has been given already.
 */
export function acknowledgeWildcards(role: IRole, statements: readonly PolicyStatement[]): void {
  const arns = new Set(statements.flatMap(({ resources }) => resources).filter((arn) => arn.includes('*')));
  const reasons = [
    {
      wildcards: [...arns].filter((arn) => arn === '*'),
      reason:
        'athena:ListWorkGroups, and cloudtrail:LookupEvents where it is granted, have no resource level; a condition holds them to the regions that are swept.',
    },
    {
      wildcards: [...arns].filter((arn) => arn !== '*'),
      reason:
        'The workgroups that the configuration selects, and the sessions in them, whose ids nobody knows beforehand.',
    },
  ];
  acknowledge(
    role,
    reasons.flatMap(({ wildcards, reason }) => {
      const findings = wildcards.map((arn) => `Resource::${asCdkNagWritesIt(arn)}`);
      return findings.length > 0 ? [{ rule: 'AwsSolutions-IAM5', findings, reason }] : [];
    }),
  );
}

function asCdkNagWritesIt(arn: string): string {
  return arn
    .replaceAll(Aws.PARTITION, '<AWS::Partition>')
    .replaceAll(Aws.REGION, '<AWS::Region>')
    .replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>');
}
