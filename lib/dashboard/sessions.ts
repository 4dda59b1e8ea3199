import {
  Color,
  GraphWidget,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../lambda/contract/telemetry.js';
import { reaperMetric } from '../alarms/reaper-metric.js';
import { atMostADay } from '../schedule/sweep-timing.js';
import {
  endedByClient,
  endedByWorkgroup,
  lastSessionsEnded,
  RETURNED_STATES,
  type SavedQuery,
} from './queries.js';
import { type DashboardSubject, FULL_WIDTH } from './subject.js';

const HALF = FULL_WIDTH / 2;
const { PIE, TABLE } = LogQueryVisualizationType;

/** What happened to sessions. */
export function sessionRows(subject: DashboardSubject): IWidget[][] {
  const { config } = subject;
  const totals =
    config.mode === 'terminate'
      ? [savedOver('-P1D', 'Last 24 hours', subject), savedOver('-P7D', 'Last 7 days', subject)]
      : [wouldEnd(subject)];
  const states =
    config.mode === 'terminate'
      ? [query(subject, 'States that TerminateSession returned', RETURNED_STATES, 6, PIE)]
      : [];
  const half = (FULL_WIDTH - 6 * states.length) / 2;
  return [
    totals,
    [sessionsOverTime(subject), idleAge(subject)],
    [
      ...states,
      query(subject, `${endedTitle(subject)} by workgroup`, endedByWorkgroup(config.mode), half, TABLE),
      query(subject, `${endedTitle(subject)} by client`, endedByClient(config.mode), half, TABLE),
    ],
    [
      query(
        subject,
        `${endedTitle(subject)}, the last 50`,
        lastSessionsEnded(config.mode),
        FULL_WIDTH,
        TABLE,
      ),
    ],
  ];
}

function endedTitle({ config }: DashboardSubject): string {
  return config.mode === 'terminate' ? 'Sessions ended' : 'Sessions that would be ended';
}

/** Ended sessions, DPU-hours and money over a span that does not depend on the time chosen above. */
function savedOver(start: string, title: string, subject: DashboardSubject): SingleValueWidget {
  const dpuHours = series(subject, 'DpuHoursSaved', 'Sum', 'DPU-hours saved (estimate)');
  const { dpuHourPrice } = subject.config;
  return new SingleValueWidget({
    title,
    width: HALF,
    height: 4,
    start,
    setPeriodToTimeRange: true,
    metrics: [
      series(subject, 'SessionsTerminated', 'Sum', 'Sessions ended'),
      dpuHours,
      new MathExpression({
        expression: `dpuHours * ${dpuHourPrice}`,
        usingMetrics: { dpuHours },
        period: dpuHours.period,
        label: 'US dollars saved (estimate)',
      }),
    ],
  });
}

function wouldEnd(subject: DashboardSubject): SingleValueWidget {
  return new SingleValueWidget({
    title: 'At the last sweep',
    width: FULL_WIDTH,
    height: 4,
    metrics: [
      series(subject, 'SessionsWouldTerminate', 'Maximum', 'Sessions that would be ended'),
      series(subject, 'SessionsListed', 'Maximum', 'Sessions seen'),
    ],
  });
}

/** Seen and due are states of an account, so they do not add up over sweeps; what was done does. */
function sessionsOverTime(subject: DashboardSubject): GraphWidget {
  const done: readonly [MetricName, string, string][] = [
    subject.config.mode === 'terminate'
      ? ['SessionsTerminated', 'ended', Color.GREEN]
      : ['SessionsWouldTerminate', 'would be ended', Color.GREEN],
    ['SessionsSpared', 'spared', Color.BLUE],
    ['SessionsDeferred', 'left to the next sweep', Color.ORANGE],
    ['SessionsFailed', 'failed', Color.RED],
  ];
  return new GraphWidget({
    title: 'Sessions at each sweep',
    width: HALF,
    height: 7,
    left: [
      series(subject, 'SessionsDue', 'Maximum', 'due', Color.PURPLE),
      series(
        subject,
        'SessionsLongExempt',
        'Maximum',
        'exempt, and past their limit by more than a week',
        Color.BROWN,
      ),
      ...done.map(([name, label, color]) => series(subject, name, 'Sum', label, color)),
    ],
    right: [series(subject, 'SessionsListed', 'Maximum', 'seen', Color.GREY)],
    leftYAxis: { label: 'sessions', min: 0, showUnits: false },
    rightYAxis: { label: 'seen', min: 0, showUnits: false },
  });
}

/** Idle time in minutes, as the limit is written. */
function idleAge(subject: DashboardSubject): GraphWidget {
  const { idleMinutes } = subject.config;
  // The names of the metrics must differ within a graph.
  const minutes = (statistic: string, label: string, color: string) => {
    const seconds = series(subject, 'IdleAge', statistic, label);
    return new MathExpression({
      expression: `idle${statistic} / 60`,
      usingMetrics: { [`idle${statistic}`]: seconds },
      period: seconds.period,
      label,
      color,
    });
  };
  return new GraphWidget({
    title: 'How long idle sessions have been idle',
    width: HALF,
    height: 7,
    left: [
      minutes('p50', 'half of them, at most', Color.GREEN),
      minutes('p90', '9 of 10, at most', Color.ORANGE),
      minutes('Maximum', 'longest', Color.RED),
    ],
    leftAnnotations: [{ value: idleMinutes, label: `limit: ${idleMinutes} minutes`, color: Color.GREY }],
    leftYAxis: { label: 'minutes', min: 0, showUnits: false },
  });
}

function query(
  { logGroupName }: DashboardSubject,
  title: string,
  { lines }: SavedQuery,
  width: number,
  view: LogQueryVisualizationType,
): LogQueryWidget {
  return new LogQueryWidget({
    title,
    logGroupNames: [logGroupName],
    queryLines: [...lines],
    width,
    height: 7,
    view,
  });
}

function series(
  subject: DashboardSubject,
  name: MetricName,
  statistic: string,
  label: string,
  color?: string,
) {
  const period = atMostADay(subject.timing.interval);
  return reaperMetric(name, subject.deployment, { statistic, period, label, ...(color && { color }) });
}
