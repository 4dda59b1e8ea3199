/**
 * Every configuration and the role of an organization's accounts, held to CloudFormation's own rules, which the CDK
 * brings. `npm run test:rules`.
 */
import { CfnResource, Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { CONFIGURATIONS } from '../support/configurations.js';
import { HUB, memberStack } from '../support/organization/templates.js';
import { bareApp, stackOfEach } from '../support/synthesis.js';

const heldToRules = () => bareApp({ builtinCloudFormationValidation: true });

test('CloudFormation has nothing to say about any configuration', () => {
  const app = heldToRules();
  stackOfEach({ ...CONFIGURATIONS, 'an organization': HUB }, app);
  memberStack(app);

  expect(() => app.synth()).not.toThrow();
});

test('what CloudFormation would refuse is found', () => {
  const app = heldToRules();
  const properties = { TopicNane: 'reaper' };
  new CfnResource(new Stack(app, 'Wrong'), 'Topic', { type: 'AWS::SNS::Topic', properties });

  expect(() => app.synth()).toThrow('TopicNane');
});
