/**
 * The sweep of an organization in the Amazon States Language: nothing where another execution runs; the accounts, in
 * groups; in each group the accounts times the regions; each of these targets an invocation of the function; at the
 * end the sum.
 *
 * Groups, because a state carries no more than 256 KB: neither 40,000 targets as items of one map nor their
 * results would fit. A group's results are added up before they leave it.
 */
import type { DefinitionProps } from './definition-props.js';
import { ASKS_FOR_SOMETHING, accountsOfPage, MORE_PAGES, NEXT_PAGE, TOKEN } from './expressions/accounts.js';
import { ADD_UP, isEnough, SUMMARY, tooMany } from './expressions/adding-up.js';
import { atOnceInGroup, GROUP_SIZE, groups, groupsAtOnce, numberOfTargets } from './expressions/groups.js';
import { jsonata } from './expressions/jsonata.js';
import { ANOTHER_RUNS, RUNNING, STARTED_BEFORE } from './expressions/other-executions.js';
import { groupDefinition } from './group-definition.js';
import { backoff, invocation } from './invocation.js';

export function definition(props: DefinitionProps): object {
  const { accounts, regions, sweepSeconds, giveUpAfterSeconds } = props;
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
          sweepEnds: jsonata(`$toMillis($states.context.Execution.StartTime) + ${1_000 * sweepSeconds}`),
          accounts: accounts === 'all' ? [] : accounts,
          regions,
          nextToken: null,
        },
        Next: 'FindAnother',
      },
      ...oneAtATime(props),
      ...checkingStates(props),
      ...(accounts === 'all' ? listingStates(props) : {}),
      ...sweepingStates(props),
      ...endingStates(props),
    },
  };
}

/** Two at once would be twice the load, just when the first is slow, and would count what they end twice. */
function oneAtATime({ partition }: DefinitionProps): object {
  return {
    FindAnother: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::aws-sdk:sfn:listExecutions`,
      Arguments: RUNNING,
      TimeoutSeconds: 30,
      Retry: [{ ErrorEquals: ['States.TaskFailed', 'States.Timeout'], ...backoff(5) }],
      Assign: { another: STARTED_BEFORE },
      Output: {},
      Next: 'IsAnotherRunning',
    },
    IsAnotherRunning: {
      Type: 'Choice',
      Choices: [{ Condition: ANOTHER_RUNS, Next: 'AnotherIsRunning' }],
      Default: 'IsNarrowed',
    },
    AnotherIsRunning: { Type: 'Succeed', Output: { anotherIsRunning: '{% $another %}' } },
  };
}

/** What an operator asks for is refused once, by the function, and not by each target. */
function checkingStates(props: DefinitionProps): object {
  const next = props.accounts === 'all' ? 'ListAccounts' : 'FormGroups';
  return {
    IsNarrowed: {
      Type: 'Choice',
      Choices: [{ Condition: ASKS_FOR_SOMETHING, Next: 'CheckEvent' }],
      Default: next,
    },
    CheckEvent: {
      ...invocation(props, { Payload: { check: '{% $event %}' } }),
      Assign: {
        event: '{% $states.result.Payload.event %}',
        regions: '{% $states.result.Payload.regions %}',
      },
      Catch: [
        {
          ErrorEquals: ['SettingsError'],
          Assign: { refusal: '{% $states.errorOutput %}' },
          Next: 'EventRefused',
        },
      ],
      Output: {},
      Next: next,
    },
    EventRefused: { Type: 'Fail', Error: 'EventRefused', Cause: "{% $lookup($refusal, 'Cause') %}" },
  };
}

/** Every page, 20 accounts each. */
function listingStates(props: DefinitionProps): object {
  return {
    ListAccounts: {
      Type: 'Task',
      Resource: `arn:${props.partition}:states:::aws-sdk:organizations:listAccounts`,
      Arguments: NEXT_PAGE,
      TimeoutSeconds: 30,
      Retry: [{ ErrorEquals: ['States.TaskFailed', 'States.Timeout'], ...backoff(5) }],
      Assign: { accounts: accountsOfPage(props), nextToken: TOKEN },
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
  const { maxConcurrency } = props;
  return {
    FormGroups: {
      Type: 'Pass',
      Assign: {
        groupSize: GROUP_SIZE,
        atOnce: atOnceInGroup(maxConcurrency),
        targets: numberOfTargets(props),
      },
      Next: 'SweepGroups',
    },
    SweepGroups: {
      Type: 'Map',
      Label: 'Groups',
      Items: groups(props),
      MaxConcurrency: groupsAtOnce(maxConcurrency),
      // A group that fails as a whole is counted at the end with its targets; the others go on.
      ToleratedFailurePercentage: 100,
      ItemProcessor: groupDefinition(props),
      Assign: { figures: ADD_UP },
      Output: {},
      // Even then it is said that there was a sweep, and that it swept nothing.
      Catch: [{ ErrorEquals: ['States.ALL'], Assign: { figures: {} }, Output: {}, Next: 'Summarize' }],
      Next: 'Summarize',
    },
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
