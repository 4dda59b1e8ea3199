/** The alarms of a deployment, as its template has them. */
import type { ReaperConfigInput } from '../../lib/config/config.js';
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
