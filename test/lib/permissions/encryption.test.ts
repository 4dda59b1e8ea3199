import { Match } from 'aws-cdk-lib/assertions';
import { test } from 'vitest';
import { CONFIGURATIONS } from '../../support/configurations.js';
import { synthesized } from '../../support/synthesis.js';

test('a KMS key encrypts log group, topic and queue, and every role that writes to them may use it', () => {
  const { kmsKeyArn } = CONFIGURATIONS['a KMS key'];
  const template = synthesized(CONFIGURATIONS['a KMS key']);

  template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: kmsKeyArn });
  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: kmsKeyArn });
  template.hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: kmsKeyArn });
  template.allResourcesProperties('AWS::IAM::Role', {
    Policies: [
      {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Sid: 'UseOwnKey',
              Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
              Resource: kmsKeyArn,
            }),
          ]),
        },
      },
    ],
  });
});
