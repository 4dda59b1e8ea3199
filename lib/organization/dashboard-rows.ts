import { Duration } from 'aws-cdk-lib';
import {
  Color,
  GraphWidget,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { OrganizationConfig } from '../config/keys/reaper-config.js';
import type { SavedQuery } from '../dashboard/queries.js';
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
  return [
    [
      executions(stateMachine),
      query(logGroupName, 'Accounts times regions, and those not swept', NOT_SWEPT, LINE),
    ],
    [
      query(logGroupName, 'Failing accounts', FAILING, TABLE),
      query(logGroupName, 'Slowest accounts', SLOWEST, TABLE),
    ],
  ];
}

function executions(stateMachine: IStateMachine): GraphWidget {
  const view = { statistic: 'Sum', period: Duration.minutes(5) };
  return new GraphWidget({
    title: 'Sweeps of the organization',
    width: HALF,
    height: 6,
    left: [
      stateMachine.metricSucceeded({ ...view, label: 'succeeded', color: Color.GREEN }),
      stateMachine.metricFailed({ ...view, label: 'failed', color: Color.RED }),
      stateMachine.metricTimedOut({ ...view, label: 'given up', color: Color.ORANGE }),
    ],
    right: [
      stateMachine.metricTime({ ...view, statistic: 'Maximum', label: 'time taken', color: Color.GREY }),
    ],
    leftYAxis: { min: 0, showUnits: false },
    rightYAxis: { min: 0 },
  });
}

function query(
  logGroupName: string,
  title: string,
  { lines }: SavedQuery,
  view: LogQueryVisualizationType,
): LogQueryWidget {
  return new LogQueryWidget({
    title,
    logGroupNames: [logGroupName],
    queryLines: [...lines],
    width: HALF,
    height: 6,
    view,
  });
}
