import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Color,
  GraphWidget,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { reaperMetric } from '../alarms/reaper-metric.js';
import { workgroupsWaiting } from './catching-up.js';
import { PROBLEMS } from './queries.js';
import { type DashboardSubject, FULL_WIDTH } from './subject.js';

const THIRD = FULL_WIDTH / 3;
const PERIOD = Duration.minutes(5);

/** How the reaper itself runs. */
export function healthRows(subject: DashboardSubject): IWidget[][] {
  return [
    [duration(subject), failures(subject), calls(subject)],
    [workgroupsWaiting(subject)],
    [problems(subject)],
  ];
}

/** The state of each alarm, the one over all of them first. */
export function alarmStates({ alarms }: DashboardSubject): AlarmStatusWidget {
  return new AlarmStatusWidget({ title: 'Alarms', width: FULL_WIDTH, height: 3, alarms: [...alarms] });
}

function duration({ timing: { timeout }, sweep }: DashboardSubject): GraphWidget {
  return new GraphWidget({
    title: 'How long sweeps take',
    width: THIRD,
    height: 6,
    left: [sweep.metricDuration({ statistic: 'Maximum', period: PERIOD, label: 'longest' })],
    leftAnnotations: [
      { value: timeout.toMilliseconds(), label: `timeout: ${timeout.toSeconds()} s`, color: Color.GREY },
    ],
    leftYAxis: { min: 0 },
  });
}

function failures({ sweep, deadLetterQueue }: DashboardSubject): GraphWidget {
  const sum = { statistic: 'Sum', period: PERIOD };
  return new GraphWidget({
    title: 'Failures',
    width: THIRD,
    height: 6,
    left: [
      sweep.metricErrors({ ...sum, label: 'invocations failed', color: Color.RED }),
      sweep.metricThrottles({ ...sum, label: 'invocations throttled', color: Color.ORANGE }),
      sweep.metric('DestinationDeliveryFailures', {
        ...sum,
        label: 'reports not delivered',
        color: Color.PURPLE,
      }),
      deadLetterQueue.metricNumberOfMessagesSent({ ...sum, label: 'dead letters', color: Color.BROWN }),
    ],
    leftYAxis: { min: 0, showUnits: false },
  });
}

function calls({ deployment }: DashboardSubject): GraphWidget {
  return new GraphWidget({
    title: 'Calls that Athena answered "rate exceeded"',
    width: THIRD,
    height: 6,
    left: [
      reaperMetric('ThrottledCalls', deployment, { statistic: 'Sum', period: PERIOD, label: 'throttled' }),
    ],
    leftYAxis: { min: 0, showUnits: false },
  });
}

function problems({ logGroupName }: DashboardSubject): LogQueryWidget {
  return new LogQueryWidget({
    title: 'Sessions that failed, and places not listed',
    width: FULL_WIDTH,
    height: 5,
    logGroupNames: [logGroupName],
    queryLines: [...PROBLEMS.lines],
    view: LogQueryVisualizationType.TABLE,
  });
}
