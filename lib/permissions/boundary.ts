import { PermissionsBoundary, type StackProps } from 'aws-cdk-lib';
import type { ReaperConfig } from '../config/config.js';

/** The boundary of every role in a stack, where one is configured. */
export function permissionsBoundary({ permissionsBoundary: policy }: ReaperConfig): StackProps {
  if (policy === null) return {};
  return {
    permissionsBoundary: policy.startsWith('arn:')
      ? PermissionsBoundary.fromArn(policy)
      : PermissionsBoundary.fromName(policy),
  };
}
