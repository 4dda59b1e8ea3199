/** The schedule that starts the sweeps. */
import { NotFound } from './not-found.js';
import { configAt, type Place } from './place.js';
import type { DeployedReaper } from './stack.js';

export interface DeployedSchedule {
  readonly name: string;
  readonly expression: string;
  readonly timezone: string;
  readonly enabled: boolean;
  /** Missing where the schedule has none. */
  readonly deadLetterArn?: string;
}

/** @throws NotFound where the stack has none. */
export async function readSchedule({ resources }: DeployedReaper, place: Place): Promise<DeployedSchedule> {
  const names = resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::Scheduler::Schedule' ? [physicalId] : [],
  );
  // A stack that has more than one for something else has the construct's name in the reaper's.
  const name = names.length > 1 ? names.find((each) => /reaper/i.test(each)) : names[0];
  if (name === undefined) throw new NotFound('the stack has no schedule');
  const { GetScheduleCommand, SchedulerClient } = await import('@aws-sdk/client-scheduler');
  const client = new SchedulerClient(configAt(place));
  const schedule = await client.send(new GetScheduleCommand({ Name: name }), { abortSignal: place.signal });
  const deadLetterArn = schedule.Target?.DeadLetterConfig?.Arn;
  return {
    name,
    expression: schedule.ScheduleExpression ?? '',
    timezone: schedule.ScheduleExpressionTimezone ?? 'UTC',
    enabled: schedule.State === 'ENABLED',
    ...(deadLetterArn !== undefined && { deadLetterArn }),
  };
}
