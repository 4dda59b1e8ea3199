import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { ReaperConfig } from '../config/config.js';
import { ofOrganization } from '../organization/failed-sweep-alarm.js';
import { atMostADay, type SweepTiming, sweepTiming } from '../schedule/sweep-timing.js';
import { reaperMetric } from './reaper-metric.js';
import { runbookSection } from './runbook-links.js';

export interface AlarmsProps {
  readonly config: ReaperConfig;
  readonly deployment: string;
  readonly sweep: IFunction;
  readonly deadLetterQueue: IQueue;
  /** Where an organization is swept. */
  readonly stateMachine?: IStateMachine | undefined;
  readonly topic: ITopic;
}

/** What can be wrong with the reaper: an alarm and a section of the runbook for each. */
export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];
  /** In alarm while any of them is. */
  readonly unhealthy: CompositeAlarm;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { config, deployment, topic } = props;
    const action = new SnsAction(topic);
    this.alarms = specifications(props).map(
      ({ section, meaning, ...specification }) =>
        new Alarm(this, section, {
          alarmName: `${deployment}-${section}`,
          alarmDescription: `${meaning} What to do: ${runbookSection(config.runbookUrl, section)}`,
          comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          treatMissingData: TreatMissingData.NOT_BREACHING,
          ...specification,
        }),
    );
    this.unhealthy = new CompositeAlarm(this, NOT_HEALTHY, {
      compositeAlarmName: `${deployment}-${NOT_HEALTHY}`,
      alarmDescription: `At least one alarm of the reaper is on. What to do: ${runbookSection(config.runbookUrl, NOT_HEALTHY)}`,
      alarmRule: AlarmRule.anyOf(...this.alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
    // Each problem is told with its own runbook section; that all is well again is told once, by the whole.
    for (const alarm of this.alarms) alarm.addAlarmAction(action);
    this.unhealthy.addAlarmAction(action);
    this.unhealthy.addOkAction(action);
  }
}

const NOT_HEALTHY = 'not-healthy';

export interface AlarmSpecification {
  /** Anchor of the runbook's section, and the end of the alarm's name. */
  readonly section: string;
  readonly meaning: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly comparisonOperator?: ComparisonOperator;
  readonly treatMissingData?: TreatMissingData;
}

/** Sweeps in a row that must show a problem that a single sweep may shrug off. */
const SWEEPS_IN_A_ROW = 3;

function specifications(props: AlarmsProps): readonly AlarmSpecification[] {
  // In report mode sessions stay overdue, and beyond the cap, by design.
  const ofEnding = props.config.mode === 'terminate' ? ofEndingSessions(props) : [];
  return [...ofSweeping(props), ...ofEnding, ...ofRunning(props), ...ofOrganization(props.stateMachine)];
}

function ofSweeping({ config, deployment }: AlarmsProps): readonly AlarmSpecification[] {
  const timing = sweepTiming(config);
  return [
    {
      section: 'no-sweep-completed',
      meaning: 'No sweep has completed for three intervals, so nothing is being ended.',
      ...watching(timing, (period) =>
        reaperMetric('SweepComplete', deployment, { statistic: 'SampleCount', period }),
      ),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    },
    {
      section: 'sweep-incomplete',
      meaning: 'Three sweeps in a row left out regions, workgroups or sessions.',
      metric: reaperMetric('SweepComplete', deployment, {
        statistic: 'Minimum',
        period: atMostADay(timing.interval),
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: SWEEPS_IN_A_ROW,
    },
    {
      section: 'sessions-failing',
      meaning: 'In three sweeps in a row sessions could not be looked at or ended.',
      metric: reaperMetric('SessionsFailed', deployment, {
        statistic: 'Sum',
        period: atMostADay(timing.interval),
      }),
      threshold: 1,
      evaluationPeriods: SWEEPS_IN_A_ROW,
    },
  ];
}

function ofEndingSessions({ config, deployment }: AlarmsProps): readonly AlarmSpecification[] {
  const timing = sweepTiming(config);
  return [
    {
      section: 'sessions-overdue',
      meaning: 'A session is past its limit for more than three intervals and does not go away.',
      metric: reaperMetric('OldestOverdue', deployment, {
        statistic: 'Maximum',
        period: atMostADay(timing.interval),
      }),
      threshold: SWEEPS_IN_A_ROW * timing.interval.toSeconds(),
      evaluationPeriods: SWEEPS_IN_A_ROW,
    },
    {
      section: 'cap-reached',
      meaning: `Three sweeps in a row left due sessions to the next: more than ${config.maxTerminationsPerSweep} were due, or time was short.`,
      metric: reaperMetric('SessionsDeferred', deployment, {
        statistic: 'Sum',
        period: atMostADay(timing.interval),
      }),
      threshold: 1,
      evaluationPeriods: SWEEPS_IN_A_ROW,
    },
  ];
}

function ofRunning({ config, sweep, deadLetterQueue }: AlarmsProps): readonly AlarmSpecification[] {
  const { timeout, interval } = sweepTiming(config);
  const once = { threshold: 1, evaluationPeriods: 1 };
  const period = Duration.minutes(5);
  return [
    {
      section: 'function-errors',
      meaning: 'An invocation failed: bad settings, no permission, or no region could be listed.',
      metric: sweep.metricErrors({ statistic: 'Sum', period }),
      ...once,
    },
    {
      section: 'function-throttled',
      meaning:
        "Lambda refused to start a sweep: the account's concurrency is used up, or the reaper was stopped.",
      metric: sweep.metricThrottles({ statistic: 'Sum', period }),
      ...once,
    },
    {
      section: 'sweep-near-timeout',
      meaning: `Three sweeps in a row took nearly all of the ${timeout.toSeconds()} seconds they have.`,
      metric: sweep.metricDuration({ statistic: 'Maximum', period: atMostADay(interval) }),
      threshold: NEAR_TIMEOUT * timeout.toMilliseconds(),
      evaluationPeriods: SWEEPS_IN_A_ROW,
    },
    {
      section: 'dead-letters',
      meaning: 'A sweep could not be started or failed, or a digest could not be sent; the queue holds what.',
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period }),
      ...once,
    },
  ];
}

/** A sweep that runs out of time ends by itself a few seconds before the function's timeout. */
const NEAR_TIMEOUT = 0.85;

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);

/** A metric and periods that together look back over the watch: by CloudWatch's rules, a day at most unless by hours. */
function watching(
  { interval, watch }: SweepTiming,
  metric: (period: Duration) => IMetric,
): Pick<AlarmSpecification, 'metric' | 'evaluationPeriods'> {
  const byHours = watch.toSeconds() > DAY.toSeconds() && interval.toSeconds() < HOUR.toSeconds();
  const period = byHours ? HOUR : atMostADay(interval);
  return { metric: metric(period), evaluationPeriods: Math.ceil(watch.toSeconds() / period.toSeconds()) };
}
