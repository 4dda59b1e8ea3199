import { describe, expect, test } from 'vitest';
import { readReaperConfig } from '../../../lib/config/config.js';
import { hubRoleName } from '../../../lib/organization/hub-role.js';
import { withValues } from '../../../local/template/intrinsics.js';
import { listed } from '../../support/iam.js';
import { ORGANIZATION } from '../../support/organization/hub.js';
import { ACCOUNT, HUB, hubStatements, LISTED } from '../../support/organization/templates.js';
import { synthesized } from '../../support/synthesis.js';

describe('the role of the hub function', () => {
  test('can assume the member roles of the organization, and do nothing in Athena itself', () => {
    const own = hubStatements(HUB, 'SweepRole');
    expect(own.flatMap(({ Action }) => listed(Action)).toSorted()).toEqual([
      'events:PutEvents',
      'logs:CreateLogStream',
      'logs:FilterLogEvents',
      'logs:PutLogEvents',
      'sqs:SendMessage',
      'sts:AssumeRole',
    ]);
    expect(own.find(({ Sid }) => Sid === 'AssumeMemberRoles')).toEqual({
      Sid: 'AssumeMemberRoles',
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: 'arn:aws:iam::*:role/AthenaSessionReaperMember',
      Condition: { StringEquals: { 'aws:ResourceOrgID': ORGANIZATION.organizationId } },
    });
  });

  test('names the accounts where they are listed', () => {
    expect(hubStatements(LISTED, 'SweepRole').find(({ Sid }) => Sid === 'AssumeMemberRoles')).toMatchObject({
      Resource: [
        `arn:aws:iam::${ACCOUNT}:role/AthenaSessionReaperMember`,
        'arn:aws:iam::222222222222:role/AthenaSessionReaperMember',
      ],
    });
  });

  test('has a name of its region, so that a hub in another region of the account does not collide', () => {
    const roles = Object.values(synthesized(HUB).findResources('AWS::IAM::Role'));
    expect(roles.map(({ Properties }) => withValues(Properties.RoleName))).toContain(
      'AthenaSessionReaperMember-hub-eu-west-1',
    );
  });

  test('has a name that IAM takes, whatever the region', () => {
    const memberRoleName = 'm'.repeat(44);
    const { organization } = readReaperConfig({ organization: { ...ORGANIZATION, memberRoleName } });
    expect(organization && hubRoleName(organization, 'ap-northeast-12')).toHaveLength(64);
    expect(() =>
      readReaperConfig({ organization: { ...ORGANIZATION, memberRoleName: `${memberRoleName}m` } }),
    ).toThrow('1 to 44 letters');
  });
});
