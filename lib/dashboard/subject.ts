import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { ReaperConfig } from '../config/config.js';

/** What the dashboard shows. */
export interface DashboardSubject {
  readonly config: ReaperConfig;
  /** Value of the metrics' only dimension. */
  readonly deployment: string;
  readonly sweep: IFunction;
  readonly logGroupName: string;
  readonly deadLetterQueue: IQueue;
  /** Where an organization is swept. */
  readonly stateMachine?: IStateMachine | undefined;
  readonly alarms: readonly IAlarm[];
}

/** The width of CloudWatch's grid. */
export const FULL_WIDTH = 24;
