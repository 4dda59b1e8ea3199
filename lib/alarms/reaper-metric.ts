import type { Duration } from 'aws-cdk-lib';
import { Metric, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { DIMENSION, METRICS, type MetricName, NAMESPACE } from '../../lambda/contract/telemetry.js';

export interface MetricView {
  /** CloudWatch's name of a statistic, e.g. `Sum` or `p90`. */
  readonly statistic: string;
  readonly period: Duration;
  readonly label?: string;
  readonly color?: string;
}

const UNITS = {
  Count: Unit.COUNT,
  Seconds: Unit.SECONDS,
  None: Unit.NONE,
} as const satisfies Record<(typeof METRICS)[MetricName], Unit>;

/** One of the metrics that a sweep emits, and no other. */
export function reaperMetric(name: MetricName, deployment: string, view: MetricView): Metric {
  return new Metric({
    namespace: NAMESPACE,
    metricName: name,
    dimensionsMap: { [DIMENSION]: deployment },
    unit: UNITS[METRICS[name]],
    ...view,
  });
}
