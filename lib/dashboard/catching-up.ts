import { Color, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { reaperMetric } from '../alarms/reaper-metric.js';
import { atMostADay } from '../schedule/sweep-timing.js';
import { type DashboardSubject, FULL_WIDTH } from './subject.js';

/** The progress of sweeps through more workgroups than one of them can list: none waits once they have caught up. */
export function workgroupsWaiting({ deployment, timing }: DashboardSubject): GraphWidget {
  return new GraphWidget({
    title: 'How many workgroups wait for the next sweep?',
    width: FULL_WIDTH,
    height: 4,
    left: [
      reaperMetric('WorkgroupsWaiting', deployment, {
        statistic: 'Maximum',
        period: atMostADay(timing.interval),
        label: 'waiting',
        color: Color.BLUE,
      }),
    ],
    leftYAxis: { label: 'workgroups', min: 0, showUnits: false },
  });
}
