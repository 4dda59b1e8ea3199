import { App, Aws, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { AthenaSessionReaper, type AthenaSessionReaperProps } from '../../lib/index.js';
import { withValues } from '../../local/template/intrinsics.js';
import { HUB } from '../support/organization/templates.js';
import { bareApp } from '../support/synthesis.js';

const TYPES_OF_NAMES = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::Logs::QueryDefinition': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::SNS::Topic': 'DisplayName',
};

function platform(): Stack {
  return new Stack(bareApp(), 'Platform');
}

function reaperIn(scope: Construct, id: string, props: AthenaSessionReaperProps = {}): AthenaSessionReaper {
  return new AthenaSessionReaper(scope, id, props);
}

/** The names that AWS limits, by the type of the resource. */
function namesIn(template: Template): readonly (readonly [type: string, name: string])[] {
  return Object.entries(TYPES_OF_NAMES).flatMap(([type, property]) =>
    Object.values(template.findResources(type)).map(
      ({ Properties }) => [type, String(withValues(Properties[property]))] as const,
    ),
  );
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
    const stack = platform();
    reaperIn(stack, 'Reaper', { config: { ...HUB, permissionsBoundary: 'developer-boundary' } });
    const ofApp = new Role(stack, 'Other', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const roles = Template.fromStack(stack).findResources('AWS::IAM::Role');
    const { [stack.getLogicalId(ofApp.node.defaultChild as never)]: other, ...own } = roles;

    expect(Object.keys(own)).toHaveLength(4);
    for (const { Properties } of Object.values(own)) {
      expect(withValues(Properties.PermissionsBoundary)).toMatch(/:iam::\d+:policy\/developer-boundary$/);
    }
    expect(other?.Properties).not.toHaveProperty('PermissionsBoundary');
  });
});
