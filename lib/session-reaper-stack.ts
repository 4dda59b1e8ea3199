import { Aws, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ReaperConfig } from './config/config.js';
import { AthenaSessionReaper } from './session-reaper.js';

export interface SessionReaperStackProps extends StackProps {
  readonly config: ReaperConfig;
}

/** The reaper in a stack of its own, with the commands that operate it as outputs. */
export class SessionReaperStack extends Stack {
  readonly reaper: AthenaSessionReaper;

  constructor(scope: Construct, id: string, { config, ...props }: SessionReaperStackProps) {
    super(scope, id, {
      description:
        'Ends forgotten Athena for Apache Spark sessions, and shows what it ended, why and what it saved',
      ...props,
    });
    this.reaper = new AthenaSessionReaper(this, 'Reaper', { config, deploymentName: this.stackName });
    const { sweepNowInReportMode, openDashboard, tailLog, stopReaper, startReaper } = this.reaper.commands;
    const { chatTopic } = this.reaper;
    const outputs = {
      SweepNowInReportMode: sweepNowInReportMode,
      OpenDashboard: openDashboard,
      TailLog: tailLog,
      StopReaper: stopReaper,
      StartReaper: startReaper,
      VerifyDeployment: `npx athena-session-reaper status --stack ${this.stackName} --region ${Aws.REGION}`,
      ...(chatTopic && { ChatTopic: chatTopic.topicArn }),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
