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

export function operatorCommands(names: {
  readonly functionName: string;
  readonly logGroupName: string;
  readonly dashboardName: string;
  /** Of the sweep of an organization. */
  readonly stateMachineArn?: string | undefined;
}): OperatorCommands {
  const onFunction = `--function-name ${names.functionName} --region ${Aws.REGION}`;
  const { stateMachineArn } = names;
  return {
    sweepNowInReportMode:
      stateMachineArn === undefined
        ? `aws lambda invoke ${onFunction} --cli-binary-format raw-in-base64-out ` +
          `--payload '{"mode":"report"}' /dev/stdout`
        : `aws stepfunctions start-execution --state-machine-arn ${stateMachineArn} --region ${Aws.REGION} ` +
          `--input '{"mode":"report"}'`,
    openDashboard:
      `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}` +
      `#dashboards/dashboard/${names.dashboardName}`,
    tailLog: `aws logs tail ${names.logGroupName} --region ${Aws.REGION} --since 1h --follow`,
    stopReaper: `aws lambda put-function-concurrency ${onFunction} --reserved-concurrent-executions 0`,
  };
}
