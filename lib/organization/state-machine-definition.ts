/**
 * The sweep of an organization in the Amazon States Language: the accounts, in groups; in each group the
 * accounts times the regions; each of these targets an invocation of the function; at the end the sum.
 *
 * Groups, because a state carries no more than 256 KB: neither 40,000 targets as items of one map nor their
 * results would fit. A group's results are added up before they leave it.
 */
import {
  ACCOUNTS,
  ADD_UP,
  AT_ONCE,
  atOnceInGroup,
  GROUP_SIZE,
  GROUPS,
  groupsAtOnce,
  isEnough,
  MORE_PAGES,
  NEXT_PAGE,
  SUMMARY,
  TOKEN,
  targetsIn,
  tooMany,
} from './state-machine-expressions.js';

export interface DefinitionProps {
  readonly partition: string;
  readonly functionArn: string;
  /** The function's own. */
  readonly timeoutSeconds: number;
  readonly accounts: 'all' | readonly string[];
  readonly regions: readonly string[];
  /** Invocations at the same time. */
  readonly maxConcurrency: number;
  /** Targets that may stay unswept without the execution failing, in percent. */
  readonly toleratedFailurePercentage: number;
  /** After this long an execution is given up, so that they do not pile up. */
  readonly giveUpAfterSeconds: number;
}

const EXPRESS_SECONDS = 300;

export function definition(props: DefinitionProps): object {
  const { accounts, giveUpAfterSeconds } = props;
  return {
    Comment: 'Sweeps the accounts of an organization for forgotten Athena for Apache Spark sessions',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: giveUpAfterSeconds,
    StartAt: 'Begin',
    States: {
      Begin: {
        Type: 'Pass',
        Assign: {
          // What an operator asks for, e.g. {"mode": "report"}, goes to the function with each target.
          event: '{% $states.context.Execution.Input %}',
          startedAt: '{% $states.context.Execution.StartTime %}',
          accounts: accounts === 'all' ? [] : accounts,
          nextToken: null,
        },
        Next: accounts === 'all' ? 'ListAccounts' : 'FormGroups',
      },
      ...(accounts === 'all' ? listingStates(props) : {}),
      ...sweepingStates(props),
      ...endingStates(props),
    },
  };
}

/** Every page, 20 accounts each. */
function listingStates({ partition }: DefinitionProps): object {
  return {
    ListAccounts: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::aws-sdk:organizations:listAccounts`,
      Arguments: NEXT_PAGE,
      TimeoutSeconds: 30,
      Retry: [{ ErrorEquals: ['States.TaskFailed', 'States.Timeout'], ...backoff(5) }],
      Assign: { accounts: ACCOUNTS, nextToken: TOKEN },
      Output: {},
      Next: 'IsThatAll',
    },
    IsThatAll: {
      Type: 'Choice',
      Choices: [{ Condition: MORE_PAGES, Next: 'ListAccounts' }],
      Default: 'FormGroups',
    },
  };
}

function sweepingStates(props: DefinitionProps): object {
  const { regions, maxConcurrency } = props;
  return {
    FormGroups: {
      Type: 'Pass',
      Assign: { groupSize: GROUP_SIZE, atOnce: atOnceInGroup(regions.length, maxConcurrency) },
      Next: 'SweepGroups',
    },
    SweepGroups: {
      Type: 'Map',
      Label: 'Groups',
      Items: GROUPS,
      MaxConcurrency: groupsAtOnce(maxConcurrency),
      // A group that fails as a whole is counted at the end with its targets; the others go on.
      ToleratedFailurePercentage: 100,
      ItemProcessor: {
        // Express costs a fraction of Standard, whose every transition is billed, and lasts long enough.
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'SweepTargets',
        States: {
          SweepTargets: {
            Type: 'Map',
            Items: targetsIn(regions),
            MaxConcurrency: AT_ONCE,
            ItemProcessor: {
              ProcessorConfig: { Mode: 'INLINE' },
              StartAt: 'SweepTarget',
              States: targetStates(props),
            },
            Output: ADD_UP,
            End: true,
          },
        },
      },
      Assign: {
        figures: ADD_UP,
        targets: `{% $count($accounts) * ${regions.length} %}`,
      },
      Output: {},
      Next: 'Summarize',
    },
  };
}

function targetStates(props: DefinitionProps): object {
  return {
    SweepTarget: {
      ...invocation(props, { Payload: '{% $states.input %}' }),
      TimeoutSeconds: Math.min(props.timeoutSeconds + 10, EXPRESS_SECONDS),
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'NotSwept' }],
      Output: '{% $states.result.Payload %}',
      End: true,
    },
    // Lambda itself failed, or the function did so before it could answer: this execution's log says why.
    NotSwept: { Type: 'Pass', Output: {}, End: true },
  };
}

function endingStates(props: DefinitionProps): object {
  const { toleratedFailurePercentage: tolerated } = props;
  return {
    Summarize: {
      ...invocation(props, {
        // Not waited for: its report goes where the report of any sweep goes, by the function's destination.
        InvocationType: 'Event',
        Payload: SUMMARY,
      }),
      Output: "{% $merge([{'targets': $targets}, $figures]) %}",
      Next: 'IsThatEnough',
    },
    IsThatEnough: {
      Type: 'Choice',
      Choices: [{ Condition: isEnough(tolerated), Next: 'Swept' }],
      Default: 'TooManyNotSwept',
    },
    Swept: { Type: 'Succeed' },
    TooManyNotSwept: {
      Type: 'Fail',
      Error: 'TooManyNotSwept',
      Cause: tooMany(tolerated),
    },
  };
}

function invocation({ partition, functionArn }: DefinitionProps, how: object): object {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Arguments: { FunctionName: functionArn, ...how },
    Retry: [
      {
        // What the function itself meets it has retried already; the next sweep is the retry for the rest.
        ErrorEquals: [
          'Lambda.TooManyRequestsException',
          'Lambda.ServiceException',
          'Lambda.AWSLambdaException',
          'Lambda.SdkClientException',
        ],
        ...backoff(5),
      },
    ],
  };
}

/** With full jitter, so that invocations which were throttled together do not come back together. */
function backoff(attempts: number): object {
  return {
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxDelaySeconds: 20,
    MaxAttempts: attempts,
    JitterStrategy: 'FULL',
  };
}
