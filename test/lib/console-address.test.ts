import { Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { dashboardAddress } from '../../lib/console-address.js';
import { withValues } from '../../local/template/intrinsics.js';

test("a dashboard's address is in the console of the partition that the stack is deployed in", () => {
  const stack = new Stack();
  const address = stack.resolve(dashboardAddress(stack, 'reaper'));

  expect(withValues(address)).toBe(
    'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/reaper',
  );
  expect(JSON.stringify(address)).toContain(
    '{"Fn::If":["InEuropeanCloud","console.amazonaws-eusc.eu",{"Fn::If":["InGovCloud","console.amazonaws-us-gov.com",{"Fn::If":["InChina","console.amazonaws.cn","console.aws.amazon.com"]}]}]}',
  );
});

test('two reapers in a stack share the conditions on the partition', () => {
  const stack = new Stack();

  expect(dashboardAddress(stack, 'a')).not.toBe(dashboardAddress(stack, 'b'));
  expect(stack.node.children).toHaveLength(3);
});
