import { Annotations, Aws, Stack } from 'aws-cdk-lib';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alarms } from './alarms/alarms.js';
import { functionAlarms } from './alarms/function-alarms.js';
import { sweepAlarms } from './alarms/sweep-alarms.js';
import { type ReaperConfig, type ReaperConfigInput, readReaperConfig } from './config/config.js';
import { warningsAbout } from './config/warnings.js';
import { dashboardAddress } from './console-address.js';
import { dashboardRows } from './dashboard/dashboard.js';
import { type SavedQuery, savedQueries } from './dashboard/queries.js';
import { DeadLetters } from './function/dead-letters.js';
import { SweepFunction, type SweepFunctionProps } from './function/sweep-function.js';
import { digest, MAILED_COUNTS, reportsWith } from './notifications/digest.js';
import { Notifications } from './notifications/notifications.js';
import { type OperatorCommands, operatorCommands } from './operator-commands.js';
import { accountsInWords, organizationRows } from './organization/dashboard-rows.js';
import { failedSweepAlarm } from './organization/failed-sweep-alarm.js';
import { hubPermissions, hubRoleName } from './organization/hub-role.js';
import { AGE_OF_SUMMARY, LONGEST_TARGET, OrganizationSweep } from './organization/organization-sweep.js';
import { organizationQueries } from './organization/queries.js';
import { allowServices } from './permissions/encryption.js';
import { sweepPermissions } from './permissions/sweep-permissions.js';
import { SweepSchedule } from './schedule/sweep-schedule.js';
import { type SweepTiming, sweepTiming } from './schedule/sweep-timing.js';

export interface AthenaSessionReaperProps {
  /**
   * What stands under the context key `reaper` in an app of its own; docs/configuration.md has every key.
   * @default - ends sessions in the stack's region after 30 idle minutes, looking every 5 minutes
   */
  readonly config?: ReaperConfigInput;
  /**
   * Tells several reapers of an account apart: in metrics, and in the names of alarms and dashboard.
   * @default - the stack's name
   */
  readonly deploymentName?: string;
  /**
   * A topic for alarms and digests.
   * @default - the topic of `config.notify.topicArn`, or else one of its own
   */
  readonly topic?: ITopic;
  /**
   * Encrypts log group, topic and queue.
   * @default - the key of `config.kmsKeyArn`, or else keys that AWS owns
   */
  readonly encryptionKey?: IKey;
}

/**
 * Ends forgotten Athena for Apache Spark sessions on a schedule, shows what it did, and mails it.
 *
 * Its roles get a permissions boundary the way all do in CDK: by that of the stack, or `PermissionsBoundary`.
 */
export class AthenaSessionReaper extends Construct {
  /** What was configured, with every default filled in. */
  readonly config: ReaperConfig;
  readonly deploymentName: string;
  readonly sweep: IFunction;
  readonly logGroup: ILogGroup;
  readonly topic: ITopic;
  readonly commands: OperatorCommands;

  /** @throws ConfigError that lists every mistake in `config` at once. */
  constructor(scope: Construct, id: string, props: AthenaSessionReaperProps = {}) {
    super(scope, id);
    const config = readReaperConfig(props.config);
    const deployment = props.deploymentName ?? Stack.of(this).stackName;
    const encryptionKey = props.encryptionKey ?? importedKey(this, config);
    if (encryptionKey) allowServices(encryptionKey);
    const { organization } = config;
    const timing = sweepTiming(config, organization ? LONGEST_TARGET : undefined);
    const deadLetters = new DeadLetters(this, 'DeadLetters', encryptionKey);
    const shared = { config, deployment, timing, deadLetters, encryptionKey };

    const { lambda: sweep, logGroup } = new SweepFunction(this, 'Sweep', {
      ...shared,
      ...whatSweeps(config),
    });
    const overAccounts = organization
      ? new OrganizationSweep(this, 'Organization', { ...shared, organization, sweep })
      : undefined;
    const starts = overAccounts?.starts ?? { arn: sweep.functionArn, action: 'lambda:InvokeFunction' };
    const { scheduleName } = new SweepSchedule(this, 'Schedule', { ...shared, starts });

    const topic = props.topic ?? importedTopic(this, config);
    const notifications = new Notifications(this, 'Notifications', {
      ...shared,
      emails: config.notify.emails,
      topic,
    });
    this.config = config;
    this.deploymentName = deployment;
    this.sweep = sweep;
    this.logGroup = logGroup;
    this.topic = notifications.topic;
    this.commands = operatorCommands({
      functionName: sweep.functionName,
      logGroupName: logGroup.logGroupName,
      openDashboard: dashboardAddress(Stack.of(this), this.#watch(timing, deadLetters, overAccounts)),
      timeout: timing.timeout,
      scheduleName,
      sweepNowInReportMode: overAccounts?.sweepNowInReportMode,
      stopRunning: overAccounts?.stopRunning,
    });
    notifications.mailOn(
      'SessionsTouched',
      'Sessions were ended, are about to be, or failed',
      reportsWith(MAILED_COUNTS, sweep.functionArn),
      digest(deployment, this.commands),
    );
    for (const { id: warning, text } of warningsAbout(config))
      Annotations.of(this).addWarningV2(warning, text);
  }

  /**
   * Alarms, dashboard and saved queries.
   * @returns the dashboard's name.
   */
  #watch(
    timing: SweepTiming,
    { queue: deadLetterQueue }: DeadLetters,
    overAccounts: OrganizationSweep | undefined,
  ): string {
    const { config, deploymentName: deployment, sweep, topic } = this;
    const { logGroupName } = this.logGroup;
    const { unhealthy, alarms } = new Alarms(this, 'Alarms', {
      specifications: [
        ...sweepAlarms({ config, deployment, timing }),
        ...functionAlarms({ sweep, deadLetterQueue, timing }),
        ...(overAccounts ? [failedSweepAlarm(overAccounts.stateMachine)] : []),
      ],
      deployment,
      runbookUrl: config.runbookUrl,
      topic,
    });
    const places = placesSwept(config);
    const all = [unhealthy, ...alarms];
    const subject = { config, places, timing, deployment, sweep, logGroupName, deadLetterQueue, alarms: all };
    const moreRows = overAccounts ? organizationRows(overAccounts.stateMachine, logGroupName) : [];
    // A dashboard's name is unique in an account, not in a region.
    const dashboardName = `${deployment}-${Aws.REGION}`;
    new Dashboard(this, 'Dashboard', { dashboardName, widgets: dashboardRows(subject, moreRows) });
    this.#saveQueries([...savedQueries(config.mode), ...(overAccounts ? organizationQueries() : [])]);
    return dashboardName;
  }

  #saveQueries(queries: readonly SavedQuery[]): void {
    for (const { name, lines } of queries) {
      new CfnQueryDefinition(this, `Query ${name}`, {
        name: `${this.deploymentName}/${name}`,
        queryString: lines.join('\n| '),
        logGroupNames: [this.logGroup.logGroupName],
      });
    }
  }
}

/** Which handler sweeps, and what it may do: in Athena itself or, for an organization, in the accounts' roles. */
function whatSweeps(
  config: ReaperConfig,
): Pick<SweepFunctionProps, 'handler' | 'permissions' | 'roleName' | 'maxEventAge'> {
  const { organization } = config;
  if (!organization) return { handler: 'handler', permissions: sweepPermissions(config) };
  return {
    handler: 'organizationHandler',
    permissions: hubPermissions(organization),
    roleName: hubRoleName(organization, Aws.REGION),
    maxEventAge: AGE_OF_SUMMARY,
  };
}

/** What is swept, as a person says it. */
function placesSwept({ regions, organization }: ReaperConfig): string {
  if (organization) return accountsInWords(organization);
  return regions.length > 0 ? regions.join(', ') : 'this region';
}

function importedKey(scope: Construct, { kmsKeyArn }: ReaperConfig): IKey | undefined {
  return kmsKeyArn === null ? undefined : Key.fromKeyArn(scope, 'Key', kmsKeyArn);
}

function importedTopic(scope: Construct, { notify: { topicArn } }: ReaperConfig): ITopic | undefined {
  return topicArn === null ? undefined : Topic.fromTopicArn(scope, 'Topic', topicArn);
}
