import { Duration } from 'aws-cdk-lib';
import { Color, GraphWidget, type IWidget, LogQueryVisualizationType } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { OrganizationConfig } from '../config/keys/reaper-config.js';
import { logQueryWidget } from '../dashboard/log-query-widget.js';
import { FULL_WIDTH } from '../dashboard/subject.js';
import { FAILING, NOT_SWEPT, SLOWEST } from './queries.js';

const HALF = FULL_WIDTH / 2;
const { LINE, TABLE } = LogQueryVisualizationType;

/** What is swept, as a person says it: `12 accounts in eu-west-1, us-east-1`. */
export function accountsInWords({ accounts, regions }: OrganizationConfig): string {
  const which =
    accounts === 'all' ? 'the active accounts of the organization' : `${accounts.length} accounts`;
  return `${which} in ${regions.join(', ')}`;
}

/** How the accounts of an organization fare. */
export function organizationRows(stateMachine: IStateMachine, logGroupName: string): IWidget[][] {
  const log = { logGroupName };
  const view = { width: HALF, height: 6 };
  return [
    [
      executions(stateMachine),
      logQueryWidget(log, {
        title: 'How many accounts times regions were not swept?',
        ...{ query: NOT_SWEPT, view: LINE, ...view },
      }),
    ],
    [
      logQueryWidget(log, { title: 'Which accounts fail?', query: FAILING, ...{ view: TABLE, ...view } }),
      logQueryWidget(log, {
        title: 'Which accounts take longest?',
        ...{ query: SLOWEST, view: TABLE, ...view },
      }),
    ],
  ];
}

function executions(stateMachine: IStateMachine): GraphWidget {
  const view = { statistic: 'Sum', period: Duration.minutes(5) };
  return new GraphWidget({
    title: 'Do sweeps of the organization succeed?',
    width: HALF,
    height: 6,
    left: [
      stateMachine.metricSucceeded({ ...view, label: 'succeeded', color: Color.GREEN }),
      stateMachine.metricFailed({ ...view, label: 'failed', color: Color.RED }),
      stateMachine.metricTimedOut({ ...view, label: 'lasted too long', color: Color.ORANGE }),
      stateMachine.metricAborted({ ...view, label: 'stopped', color: Color.BROWN }),
    ],
    right: [
      stateMachine.metricTime({ ...view, statistic: 'Maximum', label: 'time taken', color: Color.GREY }),
    ],
    leftYAxis: { min: 0, showUnits: false },
    rightYAxis: { min: 0 },
  });
}
