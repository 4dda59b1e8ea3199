/** The sessions that there are: what becomes of those that are due, how long they are idle, what they hold. */
import { Color, GraphWidget, type IWidget, LegendPosition, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../lambda/contract/telemetry.js';
import { series } from './series.js';
import { type DashboardSubject, FULL_WIDTH } from './subject.js';

const HALF = FULL_WIDTH / 2;

export function sessionRows(subject: DashboardSubject): IWidget[][] {
  // The sessions of an organization publish their metrics in accounts of their own.
  const dpus = subject.config.organization ? [] : [[heldDpus(subject)]];
  return [[sessionsOverTime(subject), idleAge(subject)], ...dpus];
}

/** Seen and due are states of an account, so they do not add up over sweeps; what was done does. */
function sessionsOverTime(subject: DashboardSubject): GraphWidget {
  // What is drawn last lies on top, and zero failures are not to be a red line.
  const done: readonly [MetricName, string, string][] = [
    ['SessionsFailed', 'failed', Color.RED],
    ['SessionsDeferred', 'left to the next sweep', Color.ORANGE],
    ['SessionsSpared', 'spared', Color.BLUE],
    subject.config.mode === 'terminate'
      ? ['SessionsTerminated', 'ended', Color.GREEN]
      : ['SessionsWouldTerminate', 'would be ended', Color.GREEN],
  ];
  return new GraphWidget({
    title: 'How many sessions are due at each sweep, and what becomes of them?',
    width: HALF,
    height: 7,
    left: [
      series(subject, 'SessionsDue', { statistic: 'Maximum', label: 'due', color: Color.PURPLE }),
      series(subject, 'SessionsLongExempt', {
        statistic: 'Maximum',
        label: 'exempt, and past their limit by more than a week',
        color: Color.BROWN,
      }),
      ...done.map(([name, label, color]) => series(subject, name, { statistic: 'Sum', label, color })),
    ],
    right: [series(subject, 'SessionsListed', { statistic: 'Maximum', label: 'seen', color: Color.GREY })],
    leftYAxis: { label: 'sessions', min: 0, showUnits: false },
    rightYAxis: { label: 'seen', min: 0, showUnits: false },
  });
}

/** Idle time in minutes, as the limit is written. */
function idleAge(subject: DashboardSubject): GraphWidget {
  const { idleMinutes } = subject.config;
  // The names of the metrics must differ within a graph.
  const minutes = (statistic: string, label: string, color: string) => {
    const seconds = series(subject, 'IdleAge', { statistic, label });
    return new MathExpression({
      expression: `idle${statistic} / 60`,
      usingMetrics: { [`idle${statistic}`]: seconds },
      period: seconds.period,
      label,
      color,
    });
  };
  return new GraphWidget({
    title: 'How long have idle sessions been idle?',
    width: HALF,
    height: 7,
    left: [
      minutes('Maximum', 'longest', Color.GREY),
      minutes('p90', '9 of 10, at most', Color.BLUE),
      minutes('p50', 'half of them, at most', Color.GREEN),
    ],
    // A session is ended at the first sweep after its limit, so the longest is a little over it at times.
    leftAnnotations: [
      {
        value: idleMinutes,
        label: `limit: ${idleMinutes} minutes, then the next sweep`,
        color: Color.GREY,
      },
    ],
    leftYAxis: { label: 'minutes', min: 0, showUnits: false },
  });
}

/**
 * What Athena itself publishes for each session, where its workgroup publishes metrics: documented for PySpark
 * engine version 3. It has no metric for a region, so each region is searched by itself.
 */
function heldDpus({ config: { regions } }: DashboardSubject): GraphWidget {
  const search =
    "SEARCH('{AmazonAthenaForApacheSpark,SessionId,WorkGroup} MetricName=\"DPUCount\"', 'Maximum', 300)";
  const places = regions.length > 0 ? regions : [undefined];
  return new GraphWidget({
    title: 'Which sessions hold DPUs? (In workgroups that publish metrics.)',
    width: FULL_WIDTH,
    height: 6,
    stacked: true,
    left: places.map(
      (searchRegion) =>
        new MathExpression({
          expression: search,
          usingMetrics: {},
          label: '',
          ...(searchRegion !== undefined && { searchRegion }),
        }),
    ),
    leftYAxis: { label: 'DPUs', min: 0, showUnits: false },
    // There may be hundreds; the console names the one under the pointer.
    legendPosition: LegendPosition.HIDDEN,
  });
}
