/** The reaper's alarms. */
import { configAt, type Place } from './place.js';
import type { DeployedReaper } from './stack.js';

export interface DeployedAlarms {
  readonly count: number;
  /** Names of those that are on. */
  readonly on: readonly string[];
}

/** By DescribeAlarms, at most this many names at once. */
const NAMES_PER_CALL = 100;

export async function readAlarms({ resources }: DeployedReaper, place: Place): Promise<DeployedAlarms> {
  const names = resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::CloudWatch::Alarm' || type === 'AWS::CloudWatch::CompositeAlarm' ? [physicalId] : [],
  );
  const { CloudWatchClient, DescribeAlarmsCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = new CloudWatchClient(configAt(place));
  const alarms: { readonly AlarmName?: string | undefined; readonly StateValue?: string | undefined }[] = [];
  for (let from = 0; from < names.length; from += NAMES_PER_CALL) {
    const AlarmNames = names.slice(from, from + NAMES_PER_CALL);
    const command = new DescribeAlarmsCommand({
      AlarmNames,
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      MaxRecords: NAMES_PER_CALL,
    });
    const page = await client.send(command, { abortSignal: place.signal });
    alarms.push(...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? []));
  }
  const on = alarms.flatMap(({ AlarmName, StateValue }) => (StateValue === 'ALARM' ? (AlarmName ?? []) : []));
  return { count: alarms.length, on };
}
