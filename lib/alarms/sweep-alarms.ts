/** Alarms on what sweeps report: that there are any, that they are complete, and that sessions go away. */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ReaperConfig } from '../config/config.js';
import { atMostADay, type SweepTiming } from '../schedule/sweep-timing.js';
import type { AlarmSpecification } from './alarm-specification.js';
import { reaperMetric } from './reaper-metric.js';

export interface SweepAlarmsProps {
  readonly config: Pick<ReaperConfig, 'mode' | 'maxTerminationsPerSweep'>;
  /** The value of the metrics' only dimension. */
  readonly deployment: string;
  readonly timing: SweepTiming;
}

/** Sweeps in a row that must show a problem that a single sweep may shrug off. */
export const SWEEPS_IN_A_ROW = 3;

export function sweepAlarms(props: SweepAlarmsProps): readonly AlarmSpecification[] {
  // In report mode sessions stay overdue, and beyond the cap, by design.
  const aboutEnding = props.config.mode === 'terminate' ? alarmsAboutEnding(props) : [];
  return [...alarmsAboutSweeping(props), ...aboutEnding];
}

function alarmsAboutSweeping({ deployment, timing }: SweepAlarmsProps): readonly AlarmSpecification[] {
  const period = atMostADay(timing.interval);
  return [
    {
      section: 'no-sweep-completed',
      meaning: 'No sweep has completed for three intervals, so nothing is being ended.',
      ...lookingBack(timing, (periodOfWatch) =>
        reaperMetric('SweepComplete', deployment, { statistic: 'SampleCount', period: periodOfWatch }),
      ),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    },
    {
      section: 'sweep-incomplete',
      meaning: 'Three sweeps in a row left out regions, workgroups or sessions.',
      metric: reaperMetric('SweepComplete', deployment, { statistic: 'Minimum', period }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: SWEEPS_IN_A_ROW,
    },
    {
      section: 'sessions-failing',
      meaning: 'In three sweeps in a row sessions could not be looked at or ended.',
      metric: reaperMetric('SessionsFailed', deployment, { statistic: 'Sum', period }),
      threshold: 1,
      evaluationPeriods: SWEEPS_IN_A_ROW,
    },
  ];
}

function alarmsAboutEnding({ config, deployment, timing }: SweepAlarmsProps): readonly AlarmSpecification[] {
  const period = atMostADay(timing.interval);
  return [
    {
      section: 'sessions-overdue',
      meaning: 'A session has been past its limit for more than three intervals and does not go away.',
      metric: reaperMetric('OldestOverdue', deployment, { statistic: 'Maximum', period }),
      threshold: SWEEPS_IN_A_ROW * timing.interval.toSeconds(),
      evaluationPeriods: SWEEPS_IN_A_ROW,
    },
    {
      section: 'cap-reached',
      meaning: `Three sweeps in a row left due sessions to the next: more than ${config.maxTerminationsPerSweep} were due, or time was short.`,
      metric: reaperMetric('SessionsDeferred', deployment, { statistic: 'Sum', period }),
      threshold: 1,
      evaluationPeriods: SWEEPS_IN_A_ROW,
    },
  ];
}

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);

/** A metric and periods that together look back over the watch: by CloudWatch's rules, a day at most unless by hours. */
function lookingBack(
  { interval, watch }: SweepTiming,
  metric: (period: Duration) => IMetric,
): Pick<AlarmSpecification, 'metric' | 'evaluationPeriods'> {
  const byHours = watch.toSeconds() > DAY.toSeconds() && interval.toSeconds() < HOUR.toSeconds();
  const period = byHours ? HOUR : atMostADay(interval);
  return { metric: metric(period), evaluationPeriods: Math.ceil(watch.toSeconds() / period.toSeconds()) };
}
