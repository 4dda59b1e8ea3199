import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { readReaperConfig } from '../../../lib/config/config.js';
import { MemberRoleStack } from '../../../lib/organization/member-role-stack.js';
import { withValues } from '../../../local/template/intrinsics.js';
import { listed, refusals, statementsOf } from '../../support/iam.js';
import { EXTERNAL_ID, ORGANIZATION, startHub } from '../../support/organization/hub.js';
import { ACCOUNT, HUB, LISTED, memberApp, memberTemplate } from '../../support/organization/templates.js';

const member = memberTemplate();

describe.each([
  ['all accounts', HUB],
  ['listed accounts', LISTED],
  [
    'listed accounts and a KMS key',
    { ...LISTED, kmsKeyArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0a1b2c3d` },
  ],
  ['report mode and a boundary', { ...HUB, mode: 'report', permissionsBoundary: 'developer-boundary' }],
] as const)('with %s', (_name, config) => {
  const { app, stack } = memberApp(config);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

  test('cdk-nag has nothing to say about hub and member role', () => {
    expect(() => app.synth()).not.toThrow();
    const { messages } = app.synth().getStackArtifact(stack.artifactId);
    expect(messages.filter(({ level }) => level === 'warning')).toEqual([]);
  });
});

test('the stack of the member role takes the properties of a stack, and has the role', () => {
  const config = readReaperConfig(HUB);
  const { organization } = config;
  if (organization === null) throw new TypeError('the hub sweeps an organization');
  const properties = { stackName: 'sweep-member', terminationProtection: true, tags: { team: 'data' } };
  const stack = new MemberRoleStack(new App(), 'Member', { config, organization, ...properties });

  expect(stack).toMatchObject({ stackName: 'sweep-member', terminationProtection: true });
  expect(stack.tags.tagValues()).toEqual({ team: 'data' });
  expect(stack.resolve(stack.role.roleName)).toMatchObject({ Ref: expect.any(String) });
});

describe('the member role', () => {
  const role = Object.values<{ Type: string; Properties: Record<string, unknown> }>(member.Resources).find(
    ({ Type }) => Type === 'AWS::IAM::Role',
  );

  test('is trusted only by the hub function, in whichever region the hub is, with the external id, from within the organization', () => {
    expect(withValues(role?.Properties.AssumeRolePolicyDocument)).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: 'arn:aws:iam::HubAccountId:root' },
          Condition: {
            ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::HubAccountId:role/AthenaSessionReaperMember-hub-*' },
            StringEquals: {
              'sts:ExternalId': EXTERNAL_ID,
              'aws:PrincipalOrgID': ORGANIZATION.organizationId,
            },
          },
        },
      ],
    });
  });

  test('is all that the template holds, so that StackSets can put it anywhere', () => {
    const types = Object.values<{ Type: string }>(member.Resources).map(({ Type }) => Type);
    expect(types).toEqual(['AWS::IAM::Role']);
    expect(Object.keys(member.Parameters)).toEqual(['HubAccountId']);
    expect(member).not.toHaveProperty('Rules');
    expect(JSON.stringify(member)).not.toContain('cdk-bootstrap');
  });

  test('allows each call of a real sweep, and nothing that no sweep makes', async () => {
    const hub = await startHub({ accounts: [ACCOUNT] });
    const region = hub.athena.region('us-east-1', ACCOUNT);
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60 });
    await hub.handle({ target: { accountId: ACCOUNT, region: 'us-east-1' } });
    await hub.close();
    const granted = statementsOf(member, () => true);
    const made = new Set(hub.athena.journal.calls.map(({ operation }) => `athena:${operation}`));

    expect(refusals(hub.athena.journal.calls, granted)).toEqual([]);
    expect(new Set(granted.flatMap(({ Action }) => listed(Action)))).toEqual(made);
  });

  test('may not end what the exempt tag says is exempt', () => {
    expect(statementsOf(member, () => true)).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 'athena:TerminateSession',
        Condition: { StringEqualsIgnoreCase: { 'aws:ResourceTag/session-reaper:exempt': 'true' } },
      }),
    );
  });

  test('in report mode cannot end a session', () => {
    const report = memberTemplate({ ...HUB, mode: 'report' });
    expect(JSON.stringify(report)).not.toContain('TerminateSession');
  });
});
