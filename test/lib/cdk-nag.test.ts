import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { CONFIGURATIONS } from '../support/configurations.js';
import { reaperApp } from '../support/synthesis.js';

test.each(Object.entries(CONFIGURATIONS))('cdk-nag has nothing to say about %s', (_name, config) => {
  const { app } = reaperApp(config);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

  expect(() => app.synth()).not.toThrow();
});
