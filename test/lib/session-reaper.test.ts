import { PermissionsBoundary, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { AthenaSessionReaper, type AthenaSessionReaperProps } from '../../lib/index.js';
import { withValues } from '../../local/template/intrinsics.js';
import { listed, statementsOf } from '../support/iam.js';
import { HUB } from '../support/organization/templates.js';
import { bareApp } from '../support/synthesis.js';

function platform(): Stack {
  return new Stack(bareApp(), 'Platform');
}

/** A role of the app, beside the reaper. */
function someone(stack: Stack): Role {
  return new Role(stack, 'Someone', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

function reaperIn(scope: Construct, id: string, props: AthenaSessionReaperProps = {}): AthenaSessionReaper {
  return new AthenaSessionReaper(scope, id, props);
}

describe('in another CDK app', () => {
  test('two reapers live side by side, with a topic and a key of that app', () => {
    const stack = platform();
    const topic = new Topic(stack, 'Topic');
    const encryptionKey = new Key(stack, 'Key');
    const team = (name: string) => ({ workgroups: { include: [`${name}-*`] } });
    reaperIn(stack, 'A', { config: team('a'), deploymentName: 'a', topic, encryptionKey });
    reaperIn(stack, 'B', { config: team('b'), deploymentName: 'b', topic, encryptionKey });
    const template = Template.fromStack(stack);

    template.resourceCountIs('AWS::SNS::Topic', 1);
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Sid: 'AthenaSessionReaperLogs' }),
          Match.objectLike({ Sid: 'AthenaSessionReaperAlarmsAndEvents' }),
        ]),
      },
    });
  });

  test('a mistake in the configuration is reported when the construct is made', () => {
    expect(() => reaperIn(new Stack(), 'Reaper', { config: { idleMinutes: 0 } })).toThrow(
      'reaper.idleMinutes',
    );
  });

  test('a boundary is on every role that it makes, and goes over that of the stack', () => {
    const permissionsBoundary = PermissionsBoundary.fromName('of-the-stack');
    const stack = new Stack(bareApp(), 'Platform', { permissionsBoundary });
    reaperIn(stack, 'Reaper', { config: { ...HUB, permissionsBoundary: 'developer-boundary' } });
    someone(stack);
    const roles = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    const boundaries = roles.map(([id, { Properties }]) => [
      /^(Reaper|Someone)/.exec(id)?.[0],
      withValues(Properties.PermissionsBoundary),
    ]);

    expect(boundaries.toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => ['Reaper', 'arn:aws:iam::111122223333:policy/developer-boundary']),
      ['Someone', 'arn:aws:iam::111122223333:policy/of-the-stack'],
    ]);
  });
});

describe('two reapers in one stack', () => {
  test('without names do not collide', () => {
    const stack = platform();
    reaperIn(stack, 'A');
    reaperIn(stack, 'B');
    const template = Template.fromStack(stack);
    const names = NAMED.flatMap(([type, property]) =>
      Object.values(template.findResources(type)).map(({ Properties }) =>
        JSON.stringify([type, withValues(Properties[property])]),
      ),
    );

    expect(names.length).toBeGreaterThan(30);
    expect(new Set(names).size).toBe(names.length);
  });

  test('are refused where they are given the same name', () => {
    const stack = platform();
    reaperIn(stack, 'A', { deploymentName: 'spark' });

    expect(() => reaperIn(stack, 'B', { deploymentName: 'spark' })).toThrow(
      'deploymentName: found "spark"; allowed: another than that of Platform/A',
    );
  });
});

const NAMED = [
  ['AWS::CloudWatch::Alarm', 'AlarmName'],
  ['AWS::CloudWatch::CompositeAlarm', 'AlarmName'],
  ['AWS::CloudWatch::Dashboard', 'DashboardName'],
  ['AWS::Logs::QueryDefinition', 'Name'],
] as const;

describe('what it makes', () => {
  const stack = platform();
  const reaper = reaperIn(stack, 'Reaper');
  const hub = reaperIn(stack, 'Hub', { config: HUB });
  const template = Template.fromStack(stack);

  /** The type of the resource that a reference leads to. */
  const typeOf = (reference: string): string => {
    const { Ref, 'Fn::GetAtt': attribute } = stack.resolve(reference);
    return template.toJSON().Resources[Ref ?? attribute[0]]?.Type;
  };

  test('is exposed', () => {
    expect(typeOf(reaper.function.functionName)).toBe('AWS::Lambda::Function');
    expect(typeOf(reaper.schedule.scheduleName)).toBe('AWS::Scheduler::Schedule');
    expect(typeOf(reaper.deadLetterQueue.queueUrl)).toBe('AWS::SQS::Queue');
    expect(typeOf(reaper.topic.topicArn)).toBe('AWS::SNS::Topic');
    expect(typeOf(reaper.dashboard.dashboardName)).toBe('AWS::CloudWatch::Dashboard');
    expect(typeOf(reaper.logGroup.logGroupName)).toBe('AWS::Logs::LogGroup');
    expect(typeOf(reaper.digestRule.ruleArn)).toBe('AWS::Events::Rule');
    expect(typeOf(reaper.notHealthy.alarmArn)).toBe('AWS::CloudWatch::CompositeAlarm');
    expect(typeOf(hub.stateMachine?.stateMachineArn ?? '')).toBe('AWS::StepFunctions::StateMachine');
    expect(typeOf(hub.stateMachineLogGroup?.logGroupName ?? '')).toBe('AWS::Logs::LogGroup');
    expect(reaper.stateMachine).toBeUndefined();
    for (const role of [reaper.role, reaper.scheduleRole, reaper.digestRole])
      expect(typeOf(role.roleName)).toBe('AWS::IAM::Role');
    expect(new Set(reaper.queries.map(({ ref }) => typeOf(ref)))).toEqual(
      new Set(['AWS::Logs::QueryDefinition']),
    );
  });

  test('has each alarm under its section of the runbook', () => {
    for (const [section, alarm] of Object.entries(reaper.alarms)) {
      const [id] = stack.resolve(alarm.alarmArn)['Fn::GetAtt'];
      expect(template.toJSON().Resources[id].Properties.AlarmName).toBe(`Platform-Reaper-${section}`);
    }
    expect(Object.keys(reaper.alarms)).toContain('dead-letters');
  });
});

test.each([
  ['invokes the function', {}, 'lambda:InvokeFunction'],
  ['starts the state machine of an organization', HUB, 'states:StartExecution'],
])('whoever is granted to invoke it %s, and no more', (_name, config, action) => {
  const stack = platform();
  reaperIn(stack, 'Reaper', { config }).grantInvoke(someone(stack));
  const granted = statementsOf(Template.fromStack(stack).toJSON(), (role) => role.startsWith('Someone'));

  expect(granted.flatMap(({ Action }) => listed(Action))).toEqual([action]);
});
