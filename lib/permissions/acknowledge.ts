/** Says to cdk-nag why a construct breaks one of its rules on purpose. */
import * as cdk from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export interface Acknowledgement {
  /** As cdk-nag names it, e.g. `AwsSolutions-IAM5`. */
  readonly rule: string;
  /** Which of the rule's findings, e.g. `Resource::*`. Left out: the rule as a whole. */
  readonly findings?: readonly string[];
  readonly reason: string;
}

/** Acknowledges findings in a construct and in what it holds by now, for cdk-nag 3 and for cdk-nag 2. */
export function acknowledge(construct: IConstruct, acknowledgements: readonly Acknowledgement[]): void {
  // Older versions of the CDK lack it. In ES modules, importing it by name would fail there.
  if ('Validations' in cdk) cdk.Validations.of(construct).acknowledge(...acknowledgements.flatMap(asCdkNag3));
  const metadata = { rules_to_suppress: acknowledgements.map(asCdkNag2) };
  for (const part of construct.node.findAll()) {
    if (cdk.CfnResource.isCfnResource(part)) part.addMetadata('cdk_nag', metadata);
  }
}

function asCdkNag3({ rule, findings, reason }: Acknowledgement) {
  if (findings === undefined) return [{ id: rule, reason }];
  return findings.map((finding) => ({ id: `${rule}[${finding}]`, reason }));
}

function asCdkNag2({ rule, findings, reason }: Acknowledgement) {
  return { id: rule, reason, ...(findings && { applies_to: findings }) };
}
