import { Aws, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect, it } from 'vitest';
import { rendered } from '../../../lib/permissions/rendered.js';

const stack = new Stack();

it('is as long as an ARN of the longest partition and region', () => {
  const arn = `arn:${Aws.PARTITION}:athena:${Aws.REGION}:${Aws.ACCOUNT_ID}:workgroup/etl`;

  expect(rendered(stack, [arn])).toEqual([
    expect.stringMatching(/^arn:x{10}:athena:x{14}:x{12}:workgroup\/etl$/),
  ]);
});

it('leaves room for any ARN that a template refers to', () => {
  expect(rendered(stack, { Resource: new Queue(stack, 'Queue').queueArn })).toEqual({
    Resource: 'x'.repeat(310),
  });
});

it('is what was written where nothing is referred to', () => {
  expect(rendered(stack, { Ref: 'a', Condition: [1, true, null] })).toEqual({
    Ref: 'a',
    Condition: [1, true, null],
  });
});
