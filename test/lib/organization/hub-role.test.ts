import { describe, expect, test } from 'vitest';
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

  test('has the name that the member roles trust', () => {
    synthesized(HUB).hasResourceProperties('AWS::IAM::Role', { RoleName: 'AthenaSessionReaperMember-hub' });
  });
});
