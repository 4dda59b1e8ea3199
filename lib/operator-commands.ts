import { Aws } from 'aws-cdk-lib';

/** What an operator types, ready to be copied from the stack's outputs. */
export interface OperatorCommands {
  /** Sweeps now and ends nothing; prints the report, but for an organization, whose report is in the log. */
  readonly sweepNowInReportMode: string;
  /** The dashboard's address in the console. */
  readonly openDashboard: string;
  /** Shows the last hour of the log and follows it. */
  readonly tailLog: string;
  /** After this no sweep starts, until `aws lambda delete-function-concurrency` undoes it. */
  readonly stopReaper: string;
}

export interface OperatorCommandsProps {
  readonly functionName: string;
  readonly logGroupName: string;
  readonly dashboardName: string;
  /** @default the invocation of the function */
  readonly sweepNowInReportMode?: string | undefined;
}

export function operatorCommands({
  functionName,
  logGroupName,
  dashboardName,
  sweepNowInReportMode,
}: OperatorCommandsProps): OperatorCommands {
  const onFunction = `--function-name ${functionName} --region ${Aws.REGION}`;
  return {
    sweepNowInReportMode:
      sweepNowInReportMode ??
      `aws lambda invoke ${onFunction} --cli-binary-format raw-in-base64-out ` +
        `--payload '{"mode":"report"}' /dev/stdout`,
    openDashboard:
      `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}` +
      `#dashboards/dashboard/${dashboardName}`,
    tailLog: `aws logs tail ${logGroupName} --region ${Aws.REGION} --since 1h --follow`,
    stopReaper: `aws lambda put-function-concurrency ${onFunction} --reserved-concurrent-executions 0`,
  };
}
