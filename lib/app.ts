import { App } from 'aws-cdk-lib';
import { readReaperConfig } from './config.js';
import { CONTEXT_KEY, overridesIn } from './config-overrides.js';
import { SessionReaperStack } from './session-reaper-stack.js';

const app = new App();
const context = app.node.getAllContext();
new SessionReaperStack(app, 'AthenaSessionReaper', {
  config: readReaperConfig(context[CONTEXT_KEY], overridesIn(context)),
});
