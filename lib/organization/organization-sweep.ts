import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { ReaperConfig } from '../config/config.js';
import type { OrganizationConfig } from '../config/keys/reaper-config.js';
import { sweepSeconds } from '../config/schedule/organization-turns.js';
import type { DeadLetters } from '../function/dead-letters.js';
import { acknowledge } from '../permissions/acknowledge.js';
import { MeasuredRole } from '../permissions/measured-role.js';
import type { SweepTiming } from '../schedule/sweep-timing.js';
import { GivenUpRule } from './given-up-rule.js';
import { definition } from './state-machine-definition.js';

export interface OrganizationSweepProps {
  readonly config: ReaperConfig;
  readonly organization: OrganizationConfig;
  readonly deployment: string;
  readonly sweep: IFunction;
  readonly timing: SweepTiming;
  readonly deadLetters: DeadLetters;
  readonly encryptionKey?: IKey | undefined;
}

/** Of the function, for a target: three in a row fit into the 5 minutes of an Express execution. */
export const LONGEST_TARGET = Duration.seconds(90);

/** The sum of a sweep is worth as much an hour later: Lambda may be throttled for so long. */
export const AGE_OF_SUMMARY = Duration.hours(1);

/** A sweep is over before the next one starts. Where it hangs for this long, it is given up. */
const INTERVALS_TO_GIVE_UP = 3;

/** The state machine that has the function sweep every account in every region. */
export class OrganizationSweep extends Construct {
  readonly stateMachine: StateMachine;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: OrganizationSweepProps) {
    super(scope, id);
    const { config, deployment, encryptionKey, sweep, deadLetters } = props;
    // Chosen here, for the role needs the state machine's ARN and the state machine its role.
    const stateMachineName = `${deployment}-organization`;
    this.logGroup = new LogGroup(this, 'Log', {
      // Logs under this prefix do not use up the size of the account's one resource policy for log groups.
      logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(encryptionKey && { encryptionKey }),
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName,
      // An Express one may last no more than five minutes.
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definitionOf(props))),
      role: this.#role(stateMachineName, props),
      // What fails is logged with its account and region; what succeeds, the function has logged already.
      logs: { destination: this.logGroup, level: LogLevel.ERROR, includeExecutionData: true },
    });
    new GivenUpRule(this, 'GivenUp', { stateMachine: this.stateMachine, sweep, deadLetters });
    acknowledge(this.stateMachine, [
      {
        rule: 'AwsSolutions-SF1',
        reason:
          'Errors are logged with their data; all events of thousands of targets at each sweep would cost more than the sweeps.',
      },
      {
        rule: 'AwsSolutions-SF2',
        reason:
          'One function is called, which logs each call; traces would show nothing more, at a price for each target.',
      },
    ]);
    acknowledgeWildcards(this.stateMachine.role, `execution:${stateMachineName}:*`);
  }

  /** What the schedule starts, and the action that starts it. */
  get starts(): { readonly arn: string; readonly action: string } {
    return { arn: this.stateMachine.stateMachineArn, action: 'states:StartExecution' };
  }

  /** A command that sweeps every account now and ends nothing. Its report is in the log. */
  get sweepNowInReportMode(): string {
    return (
      `aws stepfunctions start-execution --state-machine-arn ${this.stateMachine.stateMachineArn} ` +
      `--region ${Aws.REGION} --input '{"mode":"report"}'`
    );
  }

  /** A command that stops the sweep that is running, with those of its groups. */
  get stopRunning(): string {
    const running =
      `aws stepfunctions list-executions --state-machine-arn ${this.stateMachine.stateMachineArn} ` +
      `--region ${Aws.REGION} --status-filter RUNNING --query 'executions[].executionArn' --output text`;
    return (
      `for execution in $(${running}); do ` +
      `aws stepfunctions stop-execution --execution-arn "$execution" --region ${Aws.REGION}; done`
    );
  }

  #role(stateMachineName: string, { organization, sweep }: OrganizationSweepProps): Role {
    const arn = (resource: string) =>
      `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
    const stateMachine = arn(`stateMachine:${stateMachineName}`);
    return new MeasuredRole(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          // The second is that of the child executions of the Distributed Map.
          ArnLike: { 'aws:SourceArn': [stateMachine, `${stateMachine}/*`] },
        },
      }),
      description: 'Lets the state machine of the Athena session reaper invoke the function for each account',
      growsWith: ['organization'],
      statements: [
        new PolicyStatement({
          sid: 'SweepTargets',
          actions: ['lambda:InvokeFunction'],
          resources: [sweep.functionArn],
        }),
        new PolicyStatement({
          sid: 'FindAnotherSweep',
          actions: ['states:ListExecutions'],
          resources: [stateMachine],
        }),
        // What a Distributed Map needs for its child executions.
        new PolicyStatement({
          sid: 'StartGroups',
          actions: ['states:StartExecution'],
          resources: [stateMachine],
        }),
        new PolicyStatement({
          sid: 'WatchGroups',
          actions: ['states:DescribeExecution', 'states:StopExecution'],
          resources: [arn(`execution:${stateMachineName}:*`)],
        }),
        ...permissionToListAccounts(organization),
      ],
    });
  }
}

function definitionOf({ organization, sweep, timing }: OrganizationSweepProps): object {
  const { interval, timeout } = timing;
  return definition({
    ...organization,
    partition: Aws.PARTITION,
    functionArn: sweep.functionArn,
    timeoutSeconds: timeout.toSeconds(),
    sweepSeconds: sweepSeconds(interval.toSeconds()),
    giveUpAfterSeconds: INTERVALS_TO_GIVE_UP * interval.toSeconds(),
  });
}

function permissionToListAccounts({ accounts }: OrganizationConfig): readonly PolicyStatement[] {
  if (accounts !== 'all') return [];
  return [
    // Has no resource level in AWS Organizations.
    new PolicyStatement({ sid: 'ListAccounts', actions: ['organizations:ListAccounts'], resources: ['*'] }),
  ];
}

function acknowledgeWildcards(role: IRole, executions: string): void {
  acknowledge(role, [
    {
      rule: 'AwsSolutions-IAM5',
      findings: ['Resource::*'],
      reason: 'Neither the delivery of logs nor organizations:ListAccounts has a resource level.',
    },
    {
      rule: 'AwsSolutions-IAM5',
      findings: [`Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:${executions}`],
      reason: 'The executions of this state machine, whose ids nobody knows beforehand.',
    },
  ]);
}
