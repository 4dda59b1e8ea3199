/** The reaper in an app of one's own, with alarms on a topic and everything encrypted with a key that are there already. */
import { AthenaSessionReaper } from 'athena-session-reaper';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';

export const app = new App();
const stack = new Stack(app, 'DataPlatform');
const key = new Key(stack, 'Key', { enableKeyRotation: true });
const onCall = new Topic(stack, 'OnCall', { masterKey: key });

const reaper = new AthenaSessionReaper(stack, 'Reaper', {
  config: { idleMinutes: 45, workgroups: { exclude: ['core-*'] } },
  topic: onCall,
  encryptionKey: key,
});
new CfnOutput(stack, 'StopReaper', { value: reaper.commands.stopReaper });
new CfnOutput(stack, 'StartReaper', { value: reaper.commands.startReaper });
