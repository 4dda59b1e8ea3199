/** A group in the Amazon States Language: an Express execution that sweeps the targets of some accounts. */
import type { DefinitionProps } from './definition-props.js';
import { ADD_UP_TARGETS } from './expressions/adding-up.js';
import { AT_ONCE, LAST_ANSWER, TARGET_EVENT, THERE_IS_TIME, targetsIn } from './expressions/groups.js';
import { invocation } from './invocation.js';

export function groupDefinition(props: DefinitionProps): object {
  return {
    // Express costs a fraction of Standard, whose every transition is billed, and lasts long enough.
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
    StartAt: 'BeginGroup',
    States: {
      // An Express execution that lasts too long would lose the figures of all that it swept.
      BeginGroup: {
        Type: 'Pass',
        Assign: { lastAnswer: LAST_ANSWER, seconds: '{% $states.input.seconds %}' },
        Next: 'SweepTargets',
      },
      SweepTargets: {
        Type: 'Map',
        Items: targetsIn(props),
        MaxConcurrency: AT_ONCE,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'IsThereTime',
          States: targetStates(props),
        },
        Output: ADD_UP_TARGETS,
        End: true,
      },
    },
  };
}

function targetStates(props: DefinitionProps): object {
  return {
    IsThereTime: {
      Type: 'Choice',
      Choices: [{ Condition: THERE_IS_TIME, Next: 'SweepTarget' }],
      Default: 'NotBegun',
    },
    SweepTarget: {
      ...invocation(props, { Payload: TARGET_EVENT }),
      TimeoutSeconds: props.timeoutSeconds + 10,
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'NotSwept' }],
      Output: '{% $states.result.Payload %}',
      End: true,
    },
    NotBegun: { Type: 'Pass', Output: { notBegun: 1 }, End: true },
    // Lambda itself failed, or the function did so before it could answer: this execution's log says why.
    NotSwept: { Type: 'Pass', Output: {}, End: true },
  };
}
