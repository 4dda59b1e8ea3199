/** The sessions that are past their limit and live on: overdue ones, and those that were spared. */
import {
  Color,
  GraphWidget,
  type IWidget,
  LogQueryVisualizationType,
  MathExpression,
} from 'aws-cdk-lib/aws-cloudwatch';
import { INTERVALS_OVERDUE } from '../../lambda/contract/outcomes.js';
import { logQueryWidget } from './log-query-widget.js';
import { OVERDUE, RETURNED_STATES, SPARED } from './queries.js';
import { series } from './series.js';
import { type DashboardSubject, FULL_WIDTH } from './subject.js';

const { PIE, TABLE } = LogQueryVisualizationType;
const THIRD = FULL_WIDTH / 3;

export function keptRows(subject: DashboardSubject): IWidget[][] {
  const spared = { title: 'Which sessions were spared, and by whose exemption?', query: SPARED, view: TABLE };
  // In report mode sessions stay overdue by design, and nothing is asked of Athena.
  if (subject.config.mode === 'report') return [[logQueryWidget(subject, { ...spared, width: FULL_WIDTH })]];
  const overdue = { title: 'Which sessions are overdue, and why?', query: OVERDUE, view: TABLE };
  const answers = { title: 'What did Athena answer to TerminateSession?', query: RETURNED_STATES, view: PIE };
  const wide = FULL_WIDTH - THIRD;
  return [
    [oldestOverdue(subject), logQueryWidget(subject, { ...overdue, width: wide, height: 6 })],
    [
      logQueryWidget(subject, { ...answers, width: THIRD, height: 6 }),
      logQueryWidget(subject, { ...spared, width: wide, height: 6 }),
    ],
  ];
}

function oldestOverdue(subject: DashboardSubject): GraphWidget {
  const seconds = series(subject, 'OldestOverdue', { statistic: 'Maximum', label: 'seconds' });
  const alarming = INTERVALS_OVERDUE * subject.timing.interval.toMinutes();
  return new GraphWidget({
    title: 'How long is any session past its limit?',
    width: THIRD,
    height: 6,
    left: [
      new MathExpression({
        expression: 'seconds / 60',
        usingMetrics: { seconds },
        period: seconds.period,
        label: 'the longest',
        color: Color.BLUE,
      }),
    ],
    leftAnnotations: [{ value: alarming, label: `overdue after ${alarming} minutes`, color: Color.GREY }],
    leftYAxis: { label: 'minutes', min: 0, showUnits: false },
  });
}
