import type { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../lambda/contract/telemetry.js';
import { type MetricView, reaperMetric } from '../alarms/reaper-metric.js';
import { atMostADay } from '../schedule/sweep-timing.js';
import type { DashboardSubject } from './subject.js';

export interface SeriesView extends Omit<MetricView, 'period'> {
  /** @default the interval between sweeps */
  readonly period?: Duration | undefined;
}

/** A metric of the sweeps as a line of a graph. */
export function series(
  { deployment, timing }: DashboardSubject,
  name: MetricName,
  { period = atMostADay(timing.interval), ...view }: SeriesView,
): Metric {
  return reaperMetric(name, deployment, { ...view, period });
}
