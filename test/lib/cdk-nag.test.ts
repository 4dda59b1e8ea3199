import { Validations } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test, vi } from 'vitest';
import { CONFIGURATIONS } from '../support/configurations.js';
import { reaperApp } from '../support/synthesis.js';

vi.stubEnv('CDK_VALIDATION', 'true');

test.each(Object.entries(CONFIGURATIONS))(
  "neither cdk-nag nor CloudFormation's own rules nor the CDK warn about %s",
  (_name, config) => {
    const { app, stack } = reaperApp(config);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
    expect(Annotations.fromStack(stack).findError('*', Match.anyValue())).toEqual([]);
  },
);

test('a wildcard that nobody gave a reason for is still found', () => {
  const { app, stack } = reaperApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack.reaper.sweep.addToRolePolicy(new PolicyStatement({ actions: ['athena:*'], resources: ['*'] }));

  expect(() => app.synth()).toThrow('IAM5[Action::athena:*]');
});
