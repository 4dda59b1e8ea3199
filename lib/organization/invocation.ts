/** How the state machine invokes the function, and how it tries again. */
import type { DefinitionProps } from './definition-props.js';

/** What AWS names as passing errors of Lambda, and its word for too many invocations. */
const PASSING_ERRORS = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];

export function invocation(
  { partition, functionArn }: Pick<DefinitionProps, 'partition' | 'functionArn'>,
  how: object,
): object {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Arguments: { FunctionName: functionArn, ...how },
    // What the function itself meets it has retried already; the next sweep is the retry for the rest.
    Retry: [{ ErrorEquals: PASSING_ERRORS, ...backoff(5) }],
  };
}

/** With full jitter, so that invocations which were throttled together do not come back together. */
export function backoff(attempts: number): object {
  return {
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxDelaySeconds: 8,
    MaxAttempts: attempts,
    JitterStrategy: 'FULL',
  };
}
