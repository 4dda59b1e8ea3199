import { Aws, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { ReaperConfig } from '../config/config.js';
import type { DeadLetters } from '../function/dead-letters.js';
import { permissionToEncrypt } from '../permissions/encryption.js';
import { MeasuredRole } from '../permissions/measured-role.js';

export interface SweepScheduleProps {
  readonly config: ReaperConfig;
  /** The function, or the state machine that starts it for each account, and the action that starts it. */
  readonly starts: { readonly arn: string; readonly action: string };
  readonly deadLetters: DeadLetters;
  readonly encryptionKey?: IKey | undefined;
}

/** Starts the sweeps. What cannot be started is not tried again, but kept as a dead letter. */
export class SweepSchedule extends Construct {
  readonly schedule: Schedule;
  readonly role: Role;

  constructor(
    scope: Construct,
    id: string,
    { config, starts, deadLetters, encryptionKey }: SweepScheduleProps,
  ) {
    super(scope, id);
    const role = this.#role(starts, deadLetters, encryptionKey);
    this.role = role;
    this.schedule = new Schedule(this, 'Schedule', {
      description: 'Starts a sweep of the Athena session reaper',
      schedule: ScheduleExpression.expression(config.schedule, TimeZone.of(config.timezone)),
      // CDK's own target grants the function's versions and the queue's attributes too.
      target: {
        bind: () => ({
          arn: starts.arn,
          role,
          input: ScheduleTargetInput.fromObject({}),
          deadLetterConfig: { arn: deadLetters.queue.queueArn },
          // The default is 185 retries over a day; the next sweep is the retry.
          retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
        }),
      },
    });
  }

  #role(
    starts: SweepScheduleProps['starts'],
    deadLetters: DeadLetters,
    encryptionKey: IKey | undefined,
  ): Role {
    const group = `arn:${Aws.PARTITION}:scheduler:${Aws.REGION}:${Aws.ACCOUNT_ID}:schedule-group/default`;
    return new MeasuredRole(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': group } },
      }),
      description: 'Lets EventBridge Scheduler start sweeps of the Athena session reaper',
      statements: [
        new PolicyStatement({ sid: 'StartSweep', actions: [starts.action], resources: [starts.arn] }),
        deadLetters.permissionToSend(),
        ...permissionToEncrypt(encryptionKey),
      ],
      growsWith: ['schedule'],
    });
  }
}
