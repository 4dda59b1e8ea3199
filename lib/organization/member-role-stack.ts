import {
  Aws,
  CfnParameter,
  type IStackSynthesizer,
  LegacyStackSynthesizer,
  Stack,
  type StackProps,
  StackSynthesizer,
} from 'aws-cdk-lib';
import { AccountPrincipal, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ReaperConfig } from '../config/config.js';
import type { OrganizationConfig } from '../config/keys/reaper-config.js';
import { permissionsBoundary } from '../permissions/boundary.js';
import { MeasuredRole } from '../permissions/measured-role.js';
import { sweepPermissions } from '../permissions/sweep-permissions.js';
import { acknowledgeWildcards } from '../permissions/wildcard-reasons.js';
import { hubRoleName } from './hub-role.js';

export interface MemberRoleStackProps extends StackProps {
  readonly config: ReaperConfig;
  readonly organization: OrganizationConfig;
}

/**
 * What each swept account has: one role, with the permissions of a sweep in that account. A template for
 * CloudFormation StackSets: the same for every account and region, without assets, and without CDK's bootstrap.
 */
export class MemberRoleStack extends Stack {
  /** What the hub's function assumes. */
  readonly role: Role;

  constructor(scope: Construct, id: string, { config, organization, ...props }: MemberRoleStackProps) {
    super(scope, id, {
      description: 'Lets the Athena session reaper of a hub account sweep this one',
      ...withoutBootstrap(),
      ...permissionsBoundary(config),
      ...props,
    });
    const hubAccountId = new CfnParameter(this, 'HubAccountId', {
      description: 'The account that the reaper is deployed in',
      allowedPattern: '\\d{12}',
      constraintDescription: 'An account id of 12 digits',
    });
    const statements = sweepPermissions({ ...config, regions: organization.regions });
    this.role = new MeasuredRole(this, 'Role', {
      roleName: organization.memberRoleName,
      description: 'Lets the Athena session reaper list, look at and end sessions in this account',
      assumedBy: this.#onlyTheHub(hubAccountId.valueAsString, organization),
      statements,
      growsWith: ['workgroups'],
    });
    acknowledgeWildcards(this.role, statements);
  }

  /**
   * The role of the hub's function, in whichever region the hub is, by condition: as a principal it would have to
   * exist before this stack does, and the trust would be lost for good, and in silence, whenever it is replaced.
   */
  #onlyTheHub(hubAccountId: string, organization: OrganizationConfig) {
    const hubRole = `arn:${Aws.PARTITION}:iam::${hubAccountId}:role/${hubRoleName(organization, '*')}`;
    return new AccountPrincipal(hubAccountId).withConditions({
      ArnLike: { 'aws:PrincipalArn': hubRole },
      StringEquals: {
        'sts:ExternalId': organization.externalId,
        'aws:PrincipalOrgID': organization.organizationId,
      },
    });
  }
}

function withoutBootstrap(): StackProps {
  const synthesizer = new LegacyStackSynthesizer();
  return isStackSynthesizer(synthesizer) ? { synthesizer } : {};
}

/** It is one by its base class, whose getters say `string | undefined` where the interface says `?: string`. */
function isStackSynthesizer(candidate: object): candidate is IStackSynthesizer {
  return candidate instanceof StackSynthesizer;
}
