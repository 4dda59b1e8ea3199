/** What the reaper saves: in all, over time, and whose sessions that were. */
import { Duration } from 'aws-cdk-lib';
import {
  Color,
  GraphWidget,
  type IWidget,
  LogQueryVisualizationType,
  MathExpression,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { logQueryWidget } from './log-query-widget.js';
import { lastSessionsEnded, savedByClient, savedByOwner, savedByWorkgroup, totals } from './queries.js';
import { series } from './series.js';
import { type DashboardSubject, FULL_WIDTH } from './subject.js';

const { TABLE } = LogQueryVisualizationType;
const THIRD = FULL_WIDTH / 3;
const QUARTER = FULL_WIDTH / 4;

export function savedRows(subject: DashboardSubject): IWidget[][] {
  const { config } = subject;
  const query = totals(config);
  const title = ask(subject, 'How much was ended and saved?', 'How much would be ended and saved?');
  return [
    [
      logQueryWidget(subject, { title, query, view: TABLE, width: QUARTER, height: 6 }),
      config.mode === 'terminate' ? savedOverTime(subject) : atTheLastSweep(subject),
    ],
    [
      logQueryWidget(subject, {
        title: 'Whose sessions are those?',
        ...{ query: savedByOwner(config), view: TABLE, width: THIRD },
      }),
      logQueryWidget(subject, {
        title: 'In which workgroups are they?',
        ...{ query: savedByWorkgroup(config), view: TABLE, width: THIRD },
      }),
      logQueryWidget(subject, {
        title: 'Which clients started them?',
        ...{ query: savedByClient(config), view: TABLE, width: THIRD },
      }),
    ],
  ];
}

/** The last fifty, each with its dollars. */
export function lastEndedRow(subject: DashboardSubject): IWidget[] {
  const title = ask(
    subject,
    'Which sessions were ended last, and why?',
    'Which sessions would be ended, and why?',
  );
  const query = lastSessionsEnded(subject.config);
  return [logQueryWidget(subject, { title, query, view: TABLE, width: FULL_WIDTH, height: 8 })];
}

function ask({ config }: DashboardSubject, whereEnding: string, whereReporting: string): string {
  return config.mode === 'terminate' ? whereEnding : whereReporting;
}

const HOUR = Duration.hours(1);

function savedOverTime(subject: DashboardSubject): GraphWidget {
  const { config, timing } = subject;
  const period = timing.interval.toSeconds() < HOUR.toSeconds() ? HOUR : undefined;
  const dpuHours = series(subject, 'DpuHoursSaved', { statistic: 'Sum', label: 'DPU-hours', period });
  return new GraphWidget({
    title: period ? 'How much was saved in each hour?' : 'How much was saved by each sweep?',
    width: FULL_WIDTH - QUARTER,
    height: 6,
    stacked: true,
    left: [
      new MathExpression({
        expression: `dpuHours * ${config.dpuHourPrice}`,
        usingMetrics: { dpuHours },
        period: dpuHours.period,
        label: 'US dollars saved (estimate)',
        color: Color.GREEN,
      }),
    ],
    leftYAxis: { label: 'US dollars', min: 0, showUnits: false },
  });
}

function atTheLastSweep(subject: DashboardSubject): SingleValueWidget {
  const view = { statistic: 'Maximum' } as const;
  return new SingleValueWidget({
    title: 'What did the last sweep see?',
    width: FULL_WIDTH - QUARTER,
    height: 6,
    metrics: [
      series(subject, 'SessionsWouldTerminate', { ...view, label: 'Sessions that would be ended' }),
      series(subject, 'SessionsListed', { ...view, label: 'Sessions seen' }),
    ],
  });
}
