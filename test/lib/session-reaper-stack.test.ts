import { expect, test } from 'vitest';
import { withValues } from '../../local/template/intrinsics.js';
import { synthesized } from '../support/synthesis.js';

test('the outputs are commands that can be copied', () => {
  const outputs = withValues(synthesized().toJSON().Outputs);
  const [name] = Object.keys(synthesized().findResources('AWS::Lambda::Function'));
  const [log] = Object.keys(synthesized().findResources('AWS::Logs::LogGroup'));
  const [schedule] = Object.keys(synthesized().findResources('AWS::Scheduler::Schedule'));

  expect(outputs).toEqual({
    SweepNowInReportMode: {
      Value: `aws lambda invoke --function-name ${name} --region eu-west-1 --cli-read-timeout 70 --cli-binary-format raw-in-base64-out --payload '{"mode":"report"}' /dev/stdout`,
    },
    OpenDashboard: {
      Value:
        'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/AthenaSessionReaper-eu-west-1',
    },
    TailLog: { Value: `aws logs tail ${log} --region eu-west-1 --since 1h --follow` },
    StopReaper: { Value: switched(`${schedule}`, 'DISABLED') },
    StartReaper: { Value: switched(`${schedule}`, 'ENABLED') },
    VerifyDeployment: {
      Value: 'npx athena-session-reaper status --stack AthenaSessionReaper --region eu-west-1',
    },
  });
});

function switched(schedule: string, state: string): string {
  return (
    `aws scheduler update-schedule --region eu-west-1 --state ${state} --cli-input-json ` +
    `"$(aws scheduler get-schedule --name ${schedule} --region eu-west-1 --query '{Name:Name,GroupName:GroupName,` +
    'Description:Description,ScheduleExpression:ScheduleExpression,' +
    "ScheduleExpressionTimezone:ScheduleExpressionTimezone,FlexibleTimeWindow:FlexibleTimeWindow,Target:Target}' " +
    '--output json)"'
  );
}
