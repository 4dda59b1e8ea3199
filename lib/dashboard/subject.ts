import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { ReaperConfig } from '../config/config.js';
import type { SweepTiming } from '../schedule/sweep-timing.js';

/** What the dashboard shows. */
export interface DashboardSubject {
  readonly config: ReaperConfig;
  /** What is swept, in words: `eu-west-1, us-east-1`. */
  readonly places: string;
  readonly timing: SweepTiming;
  /** Value of the metrics' only dimension. */
  readonly deployment: string;
  readonly sweep: IFunction;
  readonly logGroupName: string;
  readonly deadLetterQueue: IQueue;
  readonly alarms: readonly IAlarm[];
}

/** The width of CloudWatch's grid. */
export const FULL_WIDTH = 24;
