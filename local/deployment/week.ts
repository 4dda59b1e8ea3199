/** What the reaper's metrics say of the last seven days. */
import { DIMENSION, type MetricName, NAMESPACE } from '../../lambda/contract/telemetry.js';
import { configAt, type Place } from './place.js';
import type { DeployedReaper } from './stack.js';

export interface Week {
  readonly terminated: number;
  /** A lower bound. */
  readonly dpuHoursSaved: number;
}

const DAY_SECONDS = 86_400;
const DAYS = 7;

export async function readWeek({ deployment }: DeployedReaper, place: Place, now: number): Promise<Week> {
  const { CloudWatchClient, GetMetricStatisticsCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = new CloudWatchClient(configAt(place));
  const sumOf = async (MetricName: MetricName) => {
    const command = new GetMetricStatisticsCommand({
      Namespace: NAMESPACE,
      MetricName,
      Dimensions: [{ Name: DIMENSION, Value: deployment }],
      StartTime: new Date(now - DAYS * DAY_SECONDS * 1_000),
      EndTime: new Date(now),
      Period: DAY_SECONDS,
      Statistics: ['Sum'],
    });
    const { Datapoints = [] } = await client.send(command, { abortSignal: place.signal });
    return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
  };
  return { terminated: await sumOf('SessionsTerminated'), dpuHoursSaved: await sumOf('DpuHoursSaved') };
}
