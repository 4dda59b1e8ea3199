import { Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, test } from 'vitest';
import { withValues } from '../../local/template/intrinsics.js';
import { CONFIGURATIONS } from '../support/configurations.js';
import { costOfMonth, timeoutOf } from '../support/cost.js';
import { statementsOf } from '../support/iam.js';
import { someOf } from '../support/property-share.js';
import { bareApp, reaperApp, stackOfEach } from '../support/synthesis.js';

const app = bareApp();
const played = Object.fromEntries(someOf(Object.entries(CONFIGURATIONS)));
const stacks = stackOfEach(played, app);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

test('cdk-nag has nothing to say about any configuration', () => {
  expect(() => app.synth()).not.toThrow();
});

describe.each(stacks)('with %s', (_name, stack) => {
  let template: Template;
  let messages: readonly { readonly level: string }[];
  beforeAll(() => {
    const artifact = app.synth().getStackArtifact(stack.artifactId);
    template = Template.fromJSON(artifact.template);
    messages = artifact.messages;
  });

  test('the CDK has nothing to say', () => {
    expect(messages.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('no managed policy is attached to a role, and none is made', () => {
    const roles = Object.values(template.findResources('AWS::IAM::Role'));

    expect(roles.length).toBeGreaterThan(0);
    for (const { Properties } of roles) expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  test('the policies of each role have room in IAM', () => {
    for (const id of Object.keys(template.findResources('AWS::IAM::Role'))) {
      const statements = statementsOf(template.toJSON(), (role) => role === id);
      expect(statements.length).toBeGreaterThan(0);
      expect(JSON.stringify(statements).length).toBeLessThan(10_240);
    }
  });

  test('removing the stack leaves nothing behind', () => {
    const resources = Object.entries<{ DeletionPolicy?: string }>(template.toJSON().Resources);
    const kept = resources.filter(([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy !== 'Delete');

    expect(kept).toEqual([]);
  });

  test('nothing has a name that a deployment in another region could clash with', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    const resources = JSON.stringify(template.toJSON().Resources);

    expect(resources).not.toMatch(/"(RoleName|FunctionName|QueueName|TopicName|LogGroupName)":"/);
    expect(withValues(dashboard?.Properties.DashboardName)).toBe('AthenaSessionReaper-eu-west-1');
  });

  test('CloudWatch accepts the periods of the alarms', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::CloudWatch::Alarm'))) {
      const { Period, EvaluationPeriods, AlarmName } = Properties;
      const longest = Period < 3_600 ? 86_400 : 604_800;

      expect(Period % 60, AlarmName).toBe(0);
      expect(Period * EvaluationPeriods, AlarmName).toBeLessThanOrEqual(longest);
    }
  });

  test('a month costs less than twelve dollars, and that however many workgroups there are', () => {
    expect(costOfMonth(template, 3)).toBeLessThan(10.5);
    // With other schedules the share of the time is the same, and the sweeps are fewer or, below, all day long.
    expect(costOfMonth(template, Math.min(timeoutOf(template), 60))).toBeLessThan(12);
  });
});

test('a wildcard that nobody gave a reason for is still found', () => {
  const broken = reaperApp();
  Validations.of(broken.app).addPlugins(new AwsSolutionsChecks(broken.app));
  const everything = new PolicyStatement({ actions: ['athena:*'], resources: ['*'] });
  broken.stack.reaper.function.addToRolePolicy(everything);

  expect(() => broken.app.synth()).toThrow('IAM5[Action::athena:*]');
});
