import { Aws, Stack } from 'aws-cdk-lib';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Alarms } from './alarms/alarms.js';
import { type ReaperConfig, type ReaperConfigInput, readReaperConfig } from './config/config.js';
import { warnAbout } from './config/warnings.js';
import { dashboardRows } from './dashboard/dashboard.js';
import { savedQueries } from './dashboard/queries.js';
import { DeadLetters } from './function/dead-letters.js';
import { SweepFunction } from './function/sweep-function.js';
import { digest, MAILED_COUNTS, reportsWith } from './notifications/digest.js';
import { Notifications } from './notifications/notifications.js';
import { type OperatorCommands, operatorCommands } from './operator-commands.js';
import { OrganizationSweep } from './organization/organization-sweep.js';
import { organizationQueries } from './organization/queries.js';
import { allowServices } from './permissions/encryption.js';
import { SweepSchedule } from './schedule/sweep-schedule.js';

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
 * Ends forgotten Athena for Apache Spark sessions on a schedule, and shows and tells what it did.
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
    this.config = readReaperConfig(props.config);
    this.deploymentName = props.deploymentName ?? Stack.of(this).stackName;
    const { config, deploymentName: deployment } = this;
    const encryptionKey = props.encryptionKey ?? importedKey(this, config);
    if (encryptionKey) allowServices(encryptionKey);

    const deadLetters = new DeadLetters(this, 'DeadLetters', encryptionKey);
    const sweep = new SweepFunction(this, 'Sweep', { config, deployment, deadLetters, encryptionKey });
    this.sweep = sweep.lambda;
    this.logGroup = sweep.logGroup;
    const stateMachine = this.#overAccounts(encryptionKey);
    const starts = stateMachine
      ? { arn: stateMachine.stateMachineArn, action: 'states:StartExecution' }
      : { arn: this.sweep.functionArn, action: 'lambda:InvokeFunction' };
    new SweepSchedule(this, 'Schedule', { config, starts, deadLetters, encryptionKey });

    const notifications = new Notifications(this, 'Notifications', {
      emails: config.notify.emails,
      deployment,
      topic: props.topic ?? importedTopic(this, config),
      encryptionKey,
      deadLetters,
    });
    this.topic = notifications.topic;
    this.commands = this.#watch(deadLetters, stateMachine);
    notifications.mailOn(
      'SessionsTouched',
      'Sessions were ended, are about to be, or failed',
      reportsWith(MAILED_COUNTS, this.sweep.functionArn),
      digest(deployment, this.commands),
    );
    warnAbout(this, config);
  }

  /** Starts the function for each account, where they are those of an organization. */
  #overAccounts(encryptionKey: IKey | undefined): IStateMachine | undefined {
    const { config, deploymentName: deployment, sweep } = this;
    const { organization } = config;
    if (organization === null) return undefined;
    const props = { config, organization, deployment, sweep, encryptionKey };
    return new OrganizationSweep(this, 'Organization', props).stateMachine;
  }

  /** Alarms, dashboard and saved queries. */
  #watch({ queue: deadLetterQueue }: DeadLetters, stateMachine: IStateMachine | undefined): OperatorCommands {
    const { config, deploymentName: deployment, sweep, topic } = this;
    const { logGroupName } = this.logGroup;
    const { unhealthy, alarms } = new Alarms(this, 'Alarms', {
      config,
      deployment,
      sweep,
      deadLetterQueue,
      stateMachine,
      topic,
    });
    // A dashboard's name is unique in an account, not in a region.
    const dashboardName = `${deployment}-${Aws.REGION}`;
    new Dashboard(this, 'Dashboard', {
      dashboardName,
      widgets: dashboardRows({
        config,
        deployment,
        sweep,
        logGroupName,
        deadLetterQueue,
        stateMachine,
        alarms: [unhealthy, ...alarms],
      }),
    });
    const queries = [...savedQueries(config.mode), ...(stateMachine ? organizationQueries() : [])];
    for (const { name, lines } of queries) {
      new CfnQueryDefinition(this, `Query ${name}`, {
        name: `${deployment}/${name}`,
        queryString: lines.join('\n| '),
        logGroupNames: [logGroupName],
      });
    }
    return operatorCommands({
      functionName: sweep.functionName,
      logGroupName,
      dashboardName,
      stateMachineArn: stateMachine?.stateMachineArn,
    });
  }
}

function importedKey(scope: Construct, { kmsKeyArn }: ReaperConfig): IKey | undefined {
  return kmsKeyArn === null ? undefined : Key.fromKeyArn(scope, 'Key', kmsKeyArn);
}

function importedTopic(scope: Construct, { notify: { topicArn } }: ReaperConfig): ITopic | undefined {
  return topicArn === null ? undefined : Topic.fromTopicArn(scope, 'Topic', topicArn);
}
