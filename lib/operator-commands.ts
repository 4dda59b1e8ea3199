import { Aws, type Duration } from 'aws-cdk-lib';

/** What an operator types, ready to be copied from the stack's outputs. */
export interface OperatorCommands {
  /** Sweeps now and ends nothing; prints the report, but for an organization, whose report is in the log. */
  readonly sweepNowInReportMode: string;
  /** The dashboard's address in the console. */
  readonly openDashboard: string;
  /** Shows the last hour of the log and follows it. */
  readonly tailLog: string;
  /** After this no sweep starts, until {@link startReaper}. */
  readonly stopReaper: string;
  readonly startReaper: string;
}

export interface OperatorCommandsProps {
  readonly functionName: string;
  readonly logGroupName: string;
  readonly openDashboard: string;
  /** How long a sweep may take. */
  readonly timeout: Duration;
  readonly scheduleName: string;
  /** @default the invocation of the function */
  readonly sweepNowInReportMode?: string | undefined;
  /** Stops what is running, where that goes on by itself. */
  readonly stopRunning?: string | undefined;
}

export function operatorCommands({
  functionName,
  logGroupName,
  openDashboard,
  timeout,
  scheduleName,
  sweepNowInReportMode,
  stopRunning,
}: OperatorCommandsProps): OperatorCommands {
  const disable = switchSchedule(scheduleName, 'DISABLED');
  return {
    sweepNowInReportMode:
      sweepNowInReportMode ??
      `aws lambda invoke --function-name ${functionName} --region ${Aws.REGION} ` +
        // The command line would give up, and start another sweep, after a minute.
        `--cli-read-timeout ${timeout.toSeconds() + 10} ` +
        `--cli-binary-format raw-in-base64-out --payload '{"mode":"report"}' /dev/stdout`,
    openDashboard,
    tailLog: `aws logs tail ${logGroupName} --region ${Aws.REGION} --since 1h --follow`,
    stopReaper: stopRunning === undefined ? disable : `${disable}; ${stopRunning}`,
    startReaper: switchSchedule(scheduleName, 'ENABLED'),
  };
}

/** What Scheduler's update leaves out it resets, so that the schedule is read and written back whole. */
const UPDATED = [
  'Name',
  'GroupName',
  'Description',
  'ScheduleExpression',
  'ScheduleExpressionTimezone',
  'FlexibleTimeWindow',
  'Target',
];

function switchSchedule(name: string, state: 'ENABLED' | 'DISABLED'): string {
  const members = UPDATED.map((member) => `${member}:${member}`).join(',');
  const current = `aws scheduler get-schedule --name ${name} --region ${Aws.REGION} --query '{${members}}'`;
  return (
    `aws scheduler update-schedule --region ${Aws.REGION} --state ${state} ` +
    `--cli-input-json "$(${current} --output json)"`
  );
}
