import type { Stack } from 'aws-cdk-lib';

/** The longest that CloudFormation can put where a template leaves something open. */
const LONGEST = new Map([
  ['AWS::Partition', 'aws-us-gov'.length],
  ['AWS::Region', 'ap-southeast-1'.length],
  ['AWS::AccountId', 12],
]);
/** The ARN of a topic, whose name may have 256 characters; nothing else that is referred to has a longer one. */
const LONGEST_ARN = 310;

/** A value as CloudFormation renders it where everything that it refers to is as long as it can be. */
export function rendered(stack: Stack, value: unknown): unknown {
  return filledIn(stack.resolve(value));
}

function filledIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filledIn);
  if (typeof value !== 'object' || value === null) return value;
  const [[name = '', argument] = [], ...more] = Object.entries(value);
  if (more.length === 0 && name === 'Fn::Join') return joined(argument);
  if (more.length === 0 && (name === 'Ref' || name.startsWith('Fn::')))
    return 'x'.repeat(LONGEST.get(String(argument)) ?? LONGEST_ARN);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filledIn(inner)]));
}

function joined(argument: unknown): unknown {
  if (!Array.isArray(argument) || !Array.isArray(argument[1])) return argument;
  return argument[1].map(filledIn).join(String(argument[0]));
}
