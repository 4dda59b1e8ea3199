/** The alarms of a deployment, as its template has them. */
import { Duration } from 'aws-cdk-lib';
import * as v from 'valibot';
import type { AlarmSpecification } from '../../lib/alarms/alarm-specification.js';
import { sweepAlarms } from '../../lib/alarms/sweep-alarms.js';
import { type ReaperConfigInput, readReaperConfig } from '../../lib/config/config.js';
import { sweepTiming } from '../../lib/schedule/sweep-timing.js';
import { type Alarm, alarmSchema } from '../../local/simulation/cloudwatch/alarm.js';
import { synthesized } from './synthesis.js';

export interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly string[];
  readonly OKActions?: readonly string[];
  readonly TreatMissingData?: string;
  readonly AlarmRule?: string;
  readonly MetricName?: string;
  readonly Statistic?: string;
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly Threshold: number;
  readonly ComparisonOperator?: string;
}

export function alarmsOf(
  config: ReaperConfigInput,
  type = 'AWS::CloudWatch::Alarm',
): readonly AlarmProperties[] {
  return Object.values(synthesized(config).findResources(type)).map(({ Properties }) => Properties);
}

/** @param section the end of its name. */
export function alarm(section: string, config: ReaperConfigInput = {}): AlarmProperties | undefined {
  return alarmsOf(config).find(({ AlarmName }) => AlarmName === `AthenaSessionReaper-${section}`);
}

/** An alarm on sweeps, without the rest of its stack. */
export function sweepAlarm(section: string, input: ReaperConfigInput): Alarm | undefined {
  const config = readReaperConfig(input);
  const timing = sweepTiming(config);
  const specifications = sweepAlarms({ config, deployment: 'AthenaSessionReaper', timing });
  const found = specifications.find((specification) => specification.section === section);
  return found && asDeployed(found);
}

/** An alarm of one of the reaper's metrics as CloudFormation would deploy it. */
export function asDeployed(specification: AlarmSpecification): Alarm {
  const { metricStat } = specification.metric.toMetricConfig();
  return v.parse(alarmSchema, {
    AlarmName: specification.section,
    Namespace: metricStat?.namespace,
    MetricName: metricStat?.metricName,
    Dimensions: metricStat?.dimensions?.map(({ name, value }) => ({ Name: name, Value: value })),
    Statistic: metricStat?.statistic,
    Period: (metricStat?.period ?? Duration.minutes(0)).toSeconds(),
    EvaluationPeriods: specification.evaluationPeriods,
    DatapointsToAlarm: specification.datapointsToAlarm,
    Threshold: specification.threshold,
    ComparisonOperator: specification.comparisonOperator ?? 'GreaterThanOrEqualToThreshold',
    TreatMissingData: specification.treatMissingData ?? 'notBreaching',
  });
}
