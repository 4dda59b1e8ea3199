/** The function's own role in an organization's hub. */
import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { OrganizationConfig } from '../config/keys/reaper-config.js';

/**
 * The function's own role: the member roles trust it by this name, so it must not be a generated one. A role is of an
 * account, not of a region: hubs in two regions of an account have two.
 * @param region where the hub is; `*` for a hub in any region.
 */
export function hubRoleName(
  { memberRoleName }: Pick<OrganizationConfig, 'memberRoleName'>,
  region: string,
): string {
  return `${memberRoleName}-hub-${region}`;
}

/** With longer ones the role's policy would outgrow the 10,240 characters that IAM allows. */
const MOST_CHARACTERS_OF_ROLES = 8_500;
/** Of the ARN of a member role without its name, in the longest partition, with quotes and comma. */
const ARN_CHARACTERS = 41;

/**
 * What the function may do where it sweeps an organization: assume the member roles, and nothing in Athena by
 * itself. Of accounts that are not named one by one, only those in the organization.
 */
export function hubPermissions(organization: OrganizationConfig): readonly PolicyStatement[] {
  const { accounts, memberRoleName, organizationId } = organization;
  const named =
    accounts !== 'all' &&
    accounts.length * (ARN_CHARACTERS + memberRoleName.length) <= MOST_CHARACTERS_OF_ROLES;
  return [
    new PolicyStatement({
      sid: 'AssumeMemberRoles',
      actions: ['sts:AssumeRole'],
      resources: (named ? accounts : ['*']).map(
        (accountId) => `arn:${Aws.PARTITION}:iam::${accountId}:role/${memberRoleName}`,
      ),
      conditions: { StringEquals: { 'aws:ResourceOrgID': organizationId } },
    }),
  ];
}
