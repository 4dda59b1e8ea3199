/** Whether an execution of the state machine runs beside another one. */
import { jsonata } from './jsonata.js';

/** The executions of this state machine that run now; those of groups are Express ones, which are not listed. */
export const RUNNING = {
  StateMachineArn: jsonata('$states.context.StateMachine.Id'),
  StatusFilter: 'RUNNING',
};

/**
 * The execution that this one gives way to: the one that runs and started first, where it is not this one. Of two that
 * started in the same moment it is the one whose ARN comes first, so that one of them always goes on. How Step Functions
 * writes the dates of its own API is not documented: as text, or as seconds since the epoch.
 */
export const STARTED_BEFORE = jsonata(`(
  $at := function($date) { $type($date) = 'number' ? 1000 * $date : $toMillis($date) };
  $own := $states.context.Execution.Id;
  $start := $at($states.context.Execution.StartTime);
  $before := $states.result.Executions[
    ExecutionArn != $own and
    ($at(StartDate) < $start or ($at(StartDate) = $start and ExecutionArn < $own))
  ].ExecutionArn;
  $exists($before) ? [$before][0] : null
)`);

export const ANOTHER_RUNS = jsonata('$another != null');
