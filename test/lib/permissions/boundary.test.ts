import { Match } from 'aws-cdk-lib/assertions';
import { test } from 'vitest';
import { CONFIGURATIONS } from '../../support/configurations.js';
import { synthesized } from '../../support/synthesis.js';

test('a permissions boundary is on every role', () => {
  const template = synthesized(CONFIGURATIONS['a permissions boundary']);

  template.allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
});
