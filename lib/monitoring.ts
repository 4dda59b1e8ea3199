/** What shows how a reaper is: alarms, dashboard and saved queries. */
import { Aws, Duration } from 'aws-cdk-lib';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { Alarms } from './alarms/alarms.js';
import { functionAlarms } from './alarms/function-alarms.js';
import { sessionEventsAlarm } from './alarms/session-events-alarm.js';
import { sweepAlarms } from './alarms/sweep-alarms.js';
import type { ReaperConfig } from './config/config.js';
import { dashboardRows } from './dashboard/dashboard.js';
import { savedQueries } from './dashboard/queries.js';
import { accountsInWords, organizationRows } from './organization/dashboard-rows.js';
import { failedSweepAlarm } from './organization/failed-sweep-alarm.js';
import { organizationQueries } from './organization/queries.js';
import type { SweepTiming } from './schedule/sweep-timing.js';

/** What is monitored. */
export interface Monitored {
  readonly config: ReaperConfig;
  /** What the names of alarms, dashboard and queries begin with. */
  readonly deployment: string;
  readonly timing: SweepTiming;
  readonly sweep: IFunction;
  readonly logGroupName: string;
  readonly deadLetterQueue: IQueue;
  readonly topic: ITopic;
  /** Only of an organization. */
  readonly stateMachine: IStateMachine | undefined;
}

export interface Monitoring {
  readonly alarms: Alarms;
  readonly dashboard: Dashboard;
  /** The dashboard itself hides its name behind a reference. */
  readonly dashboardName: string;
  readonly queries: readonly CfnQueryDefinition[];
}

/** A dashboard shows three hours otherwise, in which little happens on most days. */
const A_DAY = Duration.days(1);

export function monitor(scope: Construct, monitored: Monitored): Monitoring {
  const { config, deployment, logGroupName, stateMachine } = monitored;
  const alarms = alarmsOn(scope, monitored);
  const all = [alarms.unhealthy, ...Object.values(alarms.bySection)];
  const subject = { ...monitored, places: placesSwept(config), alarms: all };
  const moreRows = stateMachine ? organizationRows(stateMachine, logGroupName) : [];
  // A dashboard's name is unique in an account, not in a region.
  const dashboardName = `${deployment}-${Aws.REGION}`;
  const widgets = dashboardRows(subject, moreRows);
  const dashboard = new Dashboard(scope, 'Dashboard', { dashboardName, widgets, defaultInterval: A_DAY });
  return { alarms, dashboard, dashboardName, queries: queriesOn(scope, monitored) };
}

function alarmsOn(scope: Construct, monitored: Monitored): Alarms {
  const { config, deployment, topic, stateMachine } = monitored;
  return new Alarms(scope, 'Alarms', {
    specifications: [
      ...sweepAlarms(monitored),
      ...functionAlarms(monitored),
      ...(config.notify.sessionEvents ? [sessionEventsAlarm(deployment)] : []),
      ...(stateMachine ? [failedSweepAlarm(stateMachine)] : []),
    ],
    deployment,
    runbookUrl: config.runbookUrl,
    topic,
  });
}

function queriesOn(scope: Construct, monitored: Monitored): readonly CfnQueryDefinition[] {
  const { config, deployment, logGroupName, stateMachine } = monitored;
  const queries = [...savedQueries(config), ...(stateMachine ? organizationQueries() : [])];
  return queries.map(
    ({ name, lines }) =>
      new CfnQueryDefinition(scope, `Query ${name}`, {
        name: `${deployment}/${name}`,
        queryString: lines.join('\n| '),
        logGroupNames: [logGroupName],
      }),
  );
}

/** What is swept, as a person says it. */
function placesSwept({ regions, organization }: ReaperConfig): string {
  if (organization) return accountsInWords(organization);
  return regions.length > 0 ? regions.join(', ') : 'this region';
}
