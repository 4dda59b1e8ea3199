import { PermissionsBoundary as StackBoundary, type StackProps, Token } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ReaperConfig } from '../config/config.js';

type Configured = Pick<ReaperConfig, 'permissionsBoundary'>;

/** Puts the boundary on every role in a construct, where one is configured. It goes over that of the stack. */
export function limitRoles(scope: Construct, { permissionsBoundary: policy }: Configured): void {
  if (policy === null) return;
  const boundary = isArn(policy)
    ? ManagedPolicy.fromManagedPolicyArn(scope, 'Boundary', policy)
    : ManagedPolicy.fromManagedPolicyName(scope, 'Boundary', policy);
  PermissionsBoundary.of(scope).apply(boundary);
}

/** The boundary of every role in a stack, where one is configured. */
export function permissionsBoundary({ permissionsBoundary: policy }: Configured): StackProps {
  if (policy === null) return {};
  return {
    permissionsBoundary: isArn(policy) ? StackBoundary.fromArn(policy) : StackBoundary.fromName(policy),
  };
}

/** A token is the ARN of a policy that the same app makes. */
function isArn(policy: string): boolean {
  return policy.startsWith('arn:') || Token.isUnresolved(policy);
}
