import { Aws } from 'aws-cdk-lib';
import type { OrganizationConfig } from '../config/reaper-config.js';

/** The function's own role: the member roles trust it by this name, so it must not be a generated one. */
export function hubRoleName({ memberRoleName }: Pick<OrganizationConfig, 'memberRoleName'>): string {
  return `${memberRoleName}-hub`;
}

/** @param accountId `*` for any. */
export function memberRoleArn(
  { memberRoleName }: Pick<OrganizationConfig, 'memberRoleName'>,
  accountId: string,
): string {
  return `arn:${Aws.PARTITION}:iam::${accountId}:role/${memberRoleName}`;
}
