import { Annotations, Aws, Stack } from 'aws-cdk-lib';
import type { Alarm, CompositeAlarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable, Role } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnQueryDefinition, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Schedule } from 'aws-cdk-lib/aws-scheduler';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { warningsAbout } from './config/checks/warnings.js';
import type { ReaperConfig, ReaperConfigInput } from './config/config.js';
import { readConfigWithTokens } from './config-tokens.js';
import { dashboardAddress } from './console-address.js';
import { defaultDeploymentName, mistakesIn } from './deployment-name.js';
import { DeadLetters } from './function/dead-letters.js';
import { SweepFunction, type SweepFunctionProps } from './function/sweep-function.js';
import { monitor } from './monitoring.js';
import { allowPublishing } from './notifications/callers-topic.js';
import { CHAT_MESSAGE, digest, reportsWith } from './notifications/digest-rule.js';
import { Notifications } from './notifications/notifications.js';
import { type OperatorCommands, operatorCommands } from './operator-commands.js';
import { hubPermissions, hubRoleName } from './organization/hub-role.js';
import { AGE_OF_SUMMARY, LONGEST_TARGET, OrganizationSweep } from './organization/organization-sweep.js';
import { limitRoles } from './permissions/boundary.js';
import { allowServices } from './permissions/encryption.js';
import { sweepPermissions } from './permissions/sweep-permissions.js';
import { collisions, mistakesInResources } from './props-check.js';
import { PropsError } from './props-error.js';
import { ReaperMetrics } from './reaper-metrics.js';
import { SweepSchedule } from './schedule/sweep-schedule.js';
import { sweepTiming } from './schedule/sweep-timing.js';

export interface AthenaSessionReaperProps {
  /**
   * What stands under the context key `reaper` in an app of its own; docs/configuration.md has every key. The entries
   * of `regions`, `notify.topicArn`, `kmsKeyArn` and `permissionsBoundary` may be tokens.
   * @default - ends sessions in the stack's region after 30 idle minutes, looking every 5 minutes
   */
  readonly config?: ReaperConfigInput;
  /**
   * Distinguishes several reapers of an account and region: in metrics, and in the names of alarms, dashboard and
   * saved queries. Up to 200 letters, digits, `-` or `_`; for an organization up to 67. No token.
   * @default - the stack's name and the construct's id, e.g. `Data-Reaper`
   */
  readonly deploymentName?: string;
  /**
   * A standard topic for alarms and digests. Its policy, and that of its key, are made to let both be sent; those of
   * an imported topic or key cannot be, and a warning says what they need. Not beside `config.notify`.
   * @default - the topic of `config.notify.topicArn`, or else one of its own
   */
  readonly topic?: ITopic;
  /**
   * Encrypts log group, topic and queue. Not beside `config.kmsKeyArn`.
   * @default - the key of `config.kmsKeyArn`, or else keys that AWS owns
   */
  readonly encryptionKey?: IKey;
}

/**
 * Ends forgotten Athena for Apache Spark sessions on a schedule, shows what it did, and mails it.
 *
 * Its roles get the permissions boundary of `config.permissionsBoundary`, or else that of the stack.
 */
export class AthenaSessionReaper extends ReaperMetrics {
  /** What was configured, with every default filled in. */
  readonly config: ReaperConfig;
  readonly deploymentName: string;
  /** Sweeps; for an organization, one account and region at each invocation. */
  readonly function: LambdaFunction;
  /** The function's. */
  readonly role: Role;
  /** The function's log group. */
  readonly logGroup: LogGroup;
  /** Starts the sweeps. */
  readonly schedule: Schedule;
  /** The role by which Scheduler starts the sweeps. */
  readonly scheduleRole: Role;
  /** Sweeps that could not be started or failed, and digests that could not be sent. */
  readonly deadLetterQueue: Queue;
  /** Where alarms and digests are sent: the given topic, or else its own. */
  readonly topic: ITopic;
  /**
   * Digests in the form of a chat, to which a channel is subscribed.
   * @default - none without `config.notify.chat`
   */
  readonly chatTopic?: ITopic;
  /**
   * Sends a digest to the topic for each sweep that ended sessions, announced some, or failed at some; at most once a
   * day because of the same failing session.
   */
  readonly digestRule: Rule;
  /** The role by which EventBridge sends digests. */
  readonly digestRole: Role;
  /** Each alarm by its section of docs/runbook.md, e.g. `alarms['dead-letters']`. */
  readonly alarms: Readonly<Record<string, Alarm>>;
  /** In alarm while any of the others is. */
  readonly notHealthy: CompositeAlarm;
  readonly dashboard: Dashboard;
  /** Logs Insights queries, saved under the deployment's name. */
  readonly queries: readonly CfnQueryDefinition[];
  /**
   * Has the function sweep each account and region of an organization.
   * @default - none without `config.organization`
   */
  readonly stateMachine?: StateMachine;
  /**
   * The state machine's log group.
   * @default - none without `config.organization`
   */
  readonly stateMachineLogGroup?: LogGroup;
  /** What an operator types. */
  readonly commands: OperatorCommands;

  /**
   * @throws ConfigError that lists every mistake in `config` at once.
   * @throws PropsError that lists every mistake in the other properties at once.
   */
  constructor(scope: Construct, id: string, props: AthenaSessionReaperProps = {}) {
    super(scope, id);
    const config = readConfigWithTokens(props.config);
    const deployment = props.deploymentName ?? defaultDeploymentName(this, config);
    this.config = config;
    this.deploymentName = deployment;
    this.#check(props);
    limitRoles(this, config);
    warn(this, config);
    const encryptionKey = keyOf(this, props, config);
    const { organization } = config;
    const timing = sweepTiming(config, organization ? LONGEST_TARGET : undefined);
    const deadLetters = new DeadLetters(this, 'DeadLetters', encryptionKey);
    const shared = { config, deployment, timing, deadLetters, encryptionKey };

    const sweep = new SweepFunction(this, 'Sweep', { ...shared, ...whatSweeps(config) });
    const overAccounts = organization
      ? new OrganizationSweep(this, 'Organization', { ...shared, organization, sweep: sweep.lambda })
      : undefined;
    const starts = overAccounts?.starts ?? { arn: sweep.lambda.functionArn, action: 'lambda:InvokeFunction' };
    const schedule = new SweepSchedule(this, 'Schedule', { ...shared, starts });

    const topic = topicOf(this, props, config);
    const notifications = new Notifications(this, 'Notifications', { ...shared, ...config.notify, topic });
    this.function = sweep.lambda;
    this.role = sweep.role;
    this.logGroup = sweep.logGroup;
    this.schedule = schedule.schedule;
    this.scheduleRole = schedule.role;
    this.deadLetterQueue = deadLetters.queue;
    this.topic = notifications.topic;
    this.digestRole = notifications.role;
    if (notifications.chatTopic) this.chatTopic = notifications.chatTopic;
    if (overAccounts) {
      this.stateMachine = overAccounts.stateMachine;
      this.stateMachineLogGroup = overAccounts.logGroup;
    }
    const { alarms, dashboard, dashboardName, queries } = monitor(this, {
      ...shared,
      sweep: this.function,
      logGroupName: this.logGroup.logGroupName,
      deadLetterQueue: this.deadLetterQueue,
      topic: this.topic,
      stateMachine: this.stateMachine,
    });
    this.alarms = alarms.bySection;
    this.notHealthy = alarms.unhealthy;
    this.dashboard = dashboard;
    this.queries = queries;
    this.commands = operatorCommands({
      functionName: this.function.functionName,
      logGroupName: this.logGroup.logGroupName,
      openDashboard: dashboardAddress(Stack.of(this), dashboardName),
      timeout: timing.timeout,
      scheduleName: this.schedule.scheduleName,
      sweepNowInReportMode: overAccounts?.sweepNowInReportMode,
      stopRunning: overAccounts?.stopRunning,
    });
    this.digestRule = notifications.sendOn(
      'SessionsTouched',
      'Sessions were ended, are about to be, or failed',
      reportsWith('news', this.function.functionArn),
      { mail: digest(deployment, this.commands), chat: CHAT_MESSAGE },
    );
  }

  /** Lets someone start a sweep: invoke the function or, for an organization, start the state machine. */
  grantInvoke(grantee: IGrantable): Grant {
    return this.stateMachine?.grantStartExecution(grantee) ?? this.function.grantInvoke(grantee);
  }

  #check(props: AthenaSessionReaperProps): void {
    const { config, deploymentName } = this;
    const neighbours = this.node.root.node
      .findAll()
      .filter((other) => other instanceof AthenaSessionReaper)
      .filter((other) => other !== this);
    const mistakes = [
      ...mistakesIn(deploymentName, config),
      ...mistakesInResources(props, config),
      ...collisions({ construct: this, deploymentName, config }, neighbours),
    ];
    if (mistakes.length > 0) throw new PropsError(this, mistakes);
  }
}

/** Which handler sweeps, and what it may do: in Athena itself or, for an organization, in the accounts' roles. */
function whatSweeps(
  config: ReaperConfig,
): Pick<SweepFunctionProps, 'handler' | 'permissions' | 'roleName' | 'maxEventAge' | 'readsOwnLog'> {
  const { organization } = config;
  if (!organization) return { handler: 'handler', permissions: sweepPermissions(config) };
  return {
    handler: 'organizationHandler',
    permissions: hubPermissions(organization),
    roleName: hubRoleName(organization, Aws.REGION),
    maxEventAge: AGE_OF_SUMMARY,
    readsOwnLog: true,
  };
}

function keyOf(
  scope: Construct,
  { encryptionKey }: AthenaSessionReaperProps,
  { kmsKeyArn }: ReaperConfig,
): IKey | undefined {
  const imported = kmsKeyArn === null ? undefined : Key.fromKeyArn(scope, 'Key', kmsKeyArn);
  const key = encryptionKey ?? imported;
  if (key) allowServices(key);
  return key;
}

function topicOf(
  scope: Construct,
  { topic }: AthenaSessionReaperProps,
  { notify: { topicArn } }: ReaperConfig,
): ITopic | undefined {
  if (topic) allowPublishing(scope, topic);
  const imported = topicArn === null ? undefined : Topic.fromTopicArn(scope, 'Topic', topicArn);
  return topic ?? imported;
}

function warn(scope: Construct, config: ReaperConfig): void {
  for (const { id, text } of warningsAbout(config)) Annotations.of(scope).addWarningV2(id, text);
}
