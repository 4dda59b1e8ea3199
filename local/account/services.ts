/** Which AWS service an operation belongs to, for advice about it. */

export interface AwsService {
  readonly name: string;
  /** The prefix of its actions in IAM. */
  readonly iamPrefix: string;
  /** The environment variable that names its endpoint. */
  readonly endpointVariable: string;
}

/** Every service that a command calls, with the operations by which it is known; all others are Athena's. */
const SERVICES: readonly (AwsService & { readonly operations: readonly string[] })[] = [
  service('STS', 'sts', ['GetCallerIdentity']),
  service('CloudFormation', 'cloudformation', ['DescribeStacks', 'DescribeStackResources']),
  service('Lambda', 'lambda', ['GetFunctionConfiguration']),
  service('Scheduler', 'scheduler', ['GetSchedule']),
  service('CloudWatch Logs', 'logs', ['FilterLogEvents']),
  service('CloudWatch', 'cloudwatch', ['DescribeAlarms', 'GetMetricStatistics']),
  service('SQS', 'sqs', ['GetQueueAttributes']),
];

const ATHENA: AwsService = service('Athena', 'athena', []);

export function serviceOf(operation: string): AwsService {
  return SERVICES.find(({ operations }) => operations.includes(operation)) ?? ATHENA;
}

/** The variable is made of the name that the SDKs know the service by. */
function service(name: string, iamPrefix: string, operations: readonly string[]) {
  const endpointVariable = `AWS_ENDPOINT_URL_${name.toUpperCase().replaceAll(' ', '_')}`;
  return { name, iamPrefix, endpointVariable, operations };
}
