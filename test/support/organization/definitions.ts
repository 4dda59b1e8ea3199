/** What the definition of a state machine is made from. */
export const PROPS = {
  partition: 'aws',
  functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:hub',
  timeoutSeconds: 60,
  sweepSeconds: 285,
  giveUpAfterSeconds: 900,
  excludeAccounts: [],
  sweepManagementAccount: false,
  regionsByAccount: [],
  regions: ['eu-west-1', 'us-east-1', 'us-west-2', 'ap-southeast-2'],
  maxConcurrency: 100,
  toleratedFailurePercentage: 5,
} as const;

/** What a state carries, in bytes. */
export const MOST_OF_A_STATE = 256 * 1024;

export function accountIds(count: number): string[] {
  return Array.from({ length: count }, (_, n) => String(100_000_000_000 + n));
}
