import { readFileSync } from 'node:fs';
import { Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { type ReaperConfigInput, readReaperConfig } from '../../../lib/config/config.js';
import { MemberRoleStack } from '../../../lib/organization/member-role-stack.js';
import { organizationQueries } from '../../../lib/organization/queries.js';
import { withValues } from '../../../local/template/intrinsics.js';
import { listed, refusals, statementsOf } from '../../support/iam.js';
import { fieldsOf } from '../../support/logs-insights.js';
import { EXTERNAL_ID, ORGANIZATION, startHub } from '../../support/organization/hub.js';
import { reaperApp, synthesized } from '../../support/synthesis.js';

const ACCOUNT = '111122223333';
const HUB = { organization: ORGANIZATION } as const satisfies ReaperConfigInput;
const LISTED = { organization: { ...ORGANIZATION, accounts: [ACCOUNT, '222222222222'] } } as const;

function memberApp(config: ReaperConfigInput = HUB) {
  const { app } = reaperApp(config);
  const read = readReaperConfig(config);
  if (!read.organization) throw new TypeError('No organization is configured');
  const stack = new MemberRoleStack(app, 'Member', { config: read, organization: read.organization });
  return { app, stack };
}

const member = Template.fromStack(memberApp().stack).toJSON();
const statements = (config: ReaperConfigInput, role: string) =>
  statementsOf(synthesized(config).toJSON(), (id) => id.includes(role));
const resource = (template: Template, type: string) =>
  Object.values(template.findResources(type))[0]?.Properties;

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
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });
});

describe('a deployment for a single account', () => {
  const template = synthesized();
  const text = JSON.stringify(template.toJSON());

  test('has nothing of all this in its template', () => {
    expect(text).not.toMatch(
      /states:|StepFunctions|stepfunctions|sts:AssumeRole"[^}]*Resource|organization/i,
    );
    expect(resource(template, 'AWS::Lambda::Function')).toMatchObject({ Handler: 'index.handler' });
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 0);
  });

  test('has nothing of it in the policy of its function', () => {
    const actions = statements({}, 'SweepRole').flatMap(({ Action }) => listed(Action));
    expect(actions.filter((action) => /^(sts|states|organizations|iam):/.test(action))).toEqual([]);
  });
});

describe('the role of the hub function', () => {
  test('can assume the member roles of the organization, and do nothing in Athena itself', () => {
    const own = statements(HUB, 'SweepRole');
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
    expect(statements(LISTED, 'SweepRole').find(({ Sid }) => Sid === 'AssumeMemberRoles')).toMatchObject({
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

describe('the state machine', () => {
  const ARN = `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:AthenaSessionReaper-organization`;

  test('is what the schedule starts', () => {
    const schedule = resource(synthesized(HUB), 'AWS::Scheduler::Schedule');
    const [start] = statements(HUB, 'ScheduleRole').filter(({ Sid }) => Sid === 'StartSweep');
    expect(withValues(schedule?.Target.Arn)).toBe(start?.Resource);
    expect(start).toMatchObject({ Action: 'states:StartExecution' });
  });

  test.each([
    ['all accounts', HUB, ['organizations:ListAccounts']],
    ['listed accounts', LISTED, []],
  ] as const)('may do this and no more, with %s', (_name, config, listing) => {
    const own = statements(config, 'OrganizationRole').filter(
      ({ Action }) => !String(Action).includes('logs:'),
    );
    expect(own.flatMap(({ Action }) => listed(Action)).toSorted()).toEqual(
      [
        'lambda:InvokeFunction',
        ...listing,
        'states:DescribeExecution',
        'states:StartExecution',
        'states:StopExecution',
      ].toSorted(),
    );
    expect(own.find(({ Sid }) => Sid === 'StartGroups')?.Resource).toBe(ARN);
  });

  test('is a Standard one with Express children, which logs errors, and gives up after three intervals', () => {
    const machine = resource(synthesized(HUB), 'AWS::StepFunctions::StateMachine');
    const definition = JSON.parse(String(withValues(machine?.DefinitionString)));
    expect(machine).toMatchObject({ StateMachineType: 'STANDARD', LoggingConfiguration: { Level: 'ERROR' } });
    expect(definition).toMatchObject({
      TimeoutSeconds: 900,
      States: {
        SweepGroups: {
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } },
        },
      },
    });
  });

  test.each(['rate(5 minutes)', 'rate(1 hour)', 'rate(12 hours)'])(
    'with %s three targets in a row fit into an Express execution',
    (schedule) => {
      const { Timeout } = resource(synthesized({ ...HUB, schedule }), 'AWS::Lambda::Function') ?? {};
      expect(3 * Timeout).toBeLessThanOrEqual(300);
    },
  );

  test('that fails raises an alarm, and the runbook says what to do', () => {
    const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
    synthesized(HUB).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'AthenaSessionReaper-organization-sweep-failed',
      Threshold: 1,
    });
    const section = runbook.split(/^## /m).find((part) => part.startsWith('organization-sweep-failed\n'));
    expect(section).toMatch(/What it means\.[\s\S]*How to look\.[\s\S]*What to do\./);
  });
});

describe('the member role', () => {
  const role = Object.values<{ Type: string; Properties: Record<string, unknown> }>(member.Resources).find(
    ({ Type }) => Type === 'AWS::IAM::Role',
  );

  test('is trusted only by the hub function, with the external id, from within the organization', () => {
    expect(withValues(role?.Properties.AssumeRolePolicyDocument)).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: 'arn:aws:iam::HubAccountId:root' },
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::HubAccountId:role/AthenaSessionReaperMember-hub' },
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
    expect(types.toSorted()).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role']);
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

  test('in report mode cannot end a session', () => {
    const report = Template.fromStack(memberApp({ ...HUB, mode: 'report' }).stack).toJSON();
    expect(JSON.stringify(report)).not.toContain('TerminateSession');
  });
});

describe('the widgets and saved queries', () => {
  test('read only fields that real log lines of a hub have', async () => {
    const hub = await startHub({ accounts: [ACCOUNT, '222222222222'], refusing: ['222222222222'] });
    for (const accountId of [ACCOUNT, '222222222222'])
      await hub.handle({ target: { accountId, region: 'us-east-1' } });
    const startedAt = new Date().toISOString();
    await hub.handle({ summarize: { startedAt, targets: 2, figures: { swept: 1, notSwept: 1 } } });
    await hub.close();

    const fields = organizationQueries().flatMap(({ lines }) => fieldsOf(lines.join('\n')));
    expect(fields.length).toBeGreaterThan(5);
    for (const field of fields)
      expect(
        hub.lines.some((line) => field in line),
        field,
      ).toBe(true);
  });

  test('are on the dashboard of a hub and on no other', () => {
    const body = (config: ReaperConfigInput) =>
      String(withValues(resource(synthesized(config), 'AWS::CloudWatch::Dashboard')?.DashboardBody));
    for (const title of ['Failing accounts', 'Slowest accounts', 'Sweeps of the organization']) {
      expect(body(HUB)).toContain(title);
      expect(body({})).not.toContain(title);
    }
  });
});

test.each([
  [{ ...ORGANIZATION, accounts: ['12345'] }, 'reaper.organization.accounts'],
  [{ ...ORGANIZATION, accounts: [] }, 'reaper.organization.accounts'],
  [{ ...ORGANIZATION, regions: [] }, 'reaper.organization.regions: found []; allowed: at least one entry'],
  [{ ...ORGANIZATION, organizationId: 'example' }, 'the id of an organization, such as "o-a1b2c3d4e5"'],
  [{ ...ORGANIZATION, maxConcurency: 5 }, 'did you mean "maxConcurrency"?'],
  [{ accounts: 'all', regions: ['eu-west-1'] }, 'reaper.organization.externalId: found nothing'],
])('%j is refused with its path and what is allowed', (organization, says) => {
  expect(() => readReaperConfig({ organization })).toThrow(says);
});

test.each([
  [{ regions: ['eu-west-1'] }, 'reaper.regions: found ["eu-west-1"]; allowed: nothing beside "organization"'],
  [
    { permissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/b` },
    'the name of a managed policy, which each account',
  ],
])('beside an organization %j is a contradiction', (beside, says) => {
  expect(() => readReaperConfig({ ...HUB, ...beside })).toThrow(says);
});
