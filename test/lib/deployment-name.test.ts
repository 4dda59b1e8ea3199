import { App, Aws, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { readReaperConfig } from '../../lib/config/config.js';
import { defaultDeploymentName, mistakesIn } from '../../lib/deployment-name.js';
import { AthenaSessionReaper } from '../../lib/index.js';
import { withValues } from '../../local/template/intrinsics.js';
import { HUB } from '../support/organization/templates.js';
import { bareApp } from '../support/synthesis.js';

const ALONE = readReaperConfig({});
const OF_HUB = readReaperConfig(HUB);

describe('a reaper without a name is called', () => {
  const nameOf = (scope: Construct, id = 'Reaper') => defaultDeploymentName(new Construct(scope, id), ALONE);

  test('by its stack and its own id', () => {
    expect(nameOf(new Stack(new App(), 'Data'))).toBe('Data-Reaper');
    expect(nameOf(new Construct(new Stack(new App(), 'Data'), 'Spark'))).toBe('Data-Spark-Reaper');
  });

  test('by its stack alone where its id is the default', () => {
    expect(nameOf(new Stack(new App(), 'Data'), 'Default')).toBe('Data');
  });

  test('by the name of a stack in a stage', () => {
    expect(nameOf(new Stack(new Stage(new App(), 'Prod'), 'Data'))).toBe('Prod-Data-Reaper');
  });

  test('by the outermost stack where stacks are nested, for the name of a nested one is a token', () => {
    expect(nameOf(new NestedStack(new Stack(new App(), 'Data'), 'Spark'))).toBe('Data-Spark-Reaper');
  });

  test('by a name with a hash where AWS would not take the ids', () => {
    const stack = new Stack(new App(), 'Data');
    expect(nameOf(stack, 'of team é')).toMatch(/^Data-ofteam-[0-9A-F]{8}$/);
    expect(nameOf(stack, 'r'.repeat(250))).toMatch(/^Data-r{1,190}[0-9A-Fr-]+$/);
    expect(nameOf(stack, 's'.repeat(250)).length).toBeLessThanOrEqual(200);
  });
});

describe('a name is refused', () => {
  test.each([
    ['that is empty', ''],
    ['with a space', 'data platform'],
    ['with a slash', 'data/spark'],
    ['with a dot', 'data.spark'],
    ['that is too long', 'd'.repeat(201)],
  ])('%s', (_name, deploymentName) => {
    expect(mistakesIn(deploymentName, ALONE)).toMatchObject([
      { path: ['deploymentName'], allowed: '1 to 200 letters, digits, "-" or "_"' },
    ]);
  });

  test('that is too long for the state machine of an organization', () => {
    expect(mistakesIn('d'.repeat(68), OF_HUB)).toMatchObject([
      { allowed: expect.stringMatching(/^1 to 67 /) },
    ]);
    expect(mistakesIn('d'.repeat(67), OF_HUB)).toEqual([]);
  });

  test('that is a token, in words that say so', () => {
    expect(mistakesIn(Aws.STACK_NAME, ALONE)).toMatchObject([
      { found: 'a token, whose value is known only at the deployment' },
    ]);
  });
});

/** What AWS takes, in characters. */
const LONGEST = [
  ['AWS::CloudWatch::Alarm', 'AlarmName', 255],
  ['AWS::CloudWatch::CompositeAlarm', 'AlarmName', 255],
  ['AWS::CloudWatch::Dashboard', 'DashboardName', 255],
  ['AWS::Logs::QueryDefinition', 'Name', 255],
  ['AWS::SNS::Topic', 'DisplayName', 100],
  ['AWS::StepFunctions::StateMachine', 'StateMachineName', 80],
] as const;

test.each([
  ['alone', 200, {}],
  ['of an organization', 67, HUB],
])('AWS takes every name that is made of the longest one of a reaper %s', (_name, length, config) => {
  const stack = new Stack(bareApp(), 'Data');
  new AthenaSessionReaper(stack, 'Reaper', { deploymentName: 'd'.repeat(length), config });
  const template = Template.fromStack(stack);
  const names = LONGEST.flatMap(([type, property, longest]) =>
    Object.values(template.findResources(type)).map(
      ({ Properties }) => [String(withValues(Properties[property])), longest] as const,
    ),
  );

  expect(names.length).toBeGreaterThan(15);
  for (const [name, longest] of names) expect(name.length, name).toBeLessThanOrEqual(longest);
});
