/** A CDK app with the reaper alone; its settings are in cdk.json, under the context key `reaper`. */

import { AthenaSessionReaper } from 'athena-session-reaper';
import { App, Stack } from 'aws-cdk-lib';

export const app = new App();
const stack = new Stack(app, 'AthenaSessionReaper');
new AthenaSessionReaper(stack, 'Reaper', { config: app.node.tryGetContext('reaper') });
