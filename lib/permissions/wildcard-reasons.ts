import { Aws, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Gives cdk-nag the reason for each wildcard of the sweep's role; a wildcard from elsewhere is still found. */
export function acknowledgeWildcards(role: IConstruct, statements: readonly PolicyStatement[]): void {
  const wildcards = new Set(
    statements.flatMap(({ resources }) => resources).filter((arn) => arn.includes('*')),
  );
  for (const arn of wildcards) {
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${asCdkNagWritesIt(arn)}]`,
      reason:
        arn === '*'
          ? 'athena:ListWorkGroups has no resource level; a condition holds it to the regions that are swept.'
          : 'The workgroups that the configuration selects, and the sessions in them, whose ids nobody knows beforehand.',
    });
  }
}

function asCdkNagWritesIt(arn: string): string {
  return arn
    .replaceAll(Aws.PARTITION, '<AWS::Partition>')
    .replaceAll(Aws.REGION, '<AWS::Region>')
    .replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>');
}
