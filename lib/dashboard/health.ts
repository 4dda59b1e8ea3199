import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Color,
  GraphWidget,
  type IWidget,
  LogQueryVisualizationType,
} from 'aws-cdk-lib/aws-cloudwatch';
import { reaperMetric } from '../alarms/reaper-metric.js';
import { workgroupsWaiting } from './catching-up.js';
import { logQueryWidget } from './log-query-widget.js';
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
  return new AlarmStatusWidget({
    title: 'Is the reaper well?',
    width: FULL_WIDTH,
    height: 3,
    alarms: [...alarms],
  });
}

function duration({ timing: { timeout }, sweep }: DashboardSubject): GraphWidget {
  return new GraphWidget({
    title: 'How near do sweeps come to their timeout?',
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
    title: 'Did an invocation fail, or a delivery?',
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
    title: 'Does Athena throttle the calls?',
    width: THIRD,
    height: 6,
    left: [
      reaperMetric('ThrottledCalls', deployment, { statistic: 'Sum', period: PERIOD, label: 'throttled' }),
    ],
    leftYAxis: { min: 0, showUnits: false },
  });
}

function problems(subject: DashboardSubject): IWidget {
  return logQueryWidget(subject, {
    title: 'What went wrong, and how often?',
    ...{ query: PROBLEMS, view: LogQueryVisualizationType.TABLE, width: FULL_WIDTH, height: 6 },
  });
}
