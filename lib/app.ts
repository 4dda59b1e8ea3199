import { App } from 'aws-cdk-lib';
import { ConfigError, readReaperConfig } from './config.js';
import { CONTEXT_KEY, overridesIn } from './config-overrides.js';
import { SessionReaperStack } from './session-reaper-stack.js';

const app = new App();
const context = app.node.getAllContext();
try {
  new SessionReaperStack(app, 'AthenaSessionReaper', {
    config: readReaperConfig(context[CONTEXT_KEY], overridesIn(context)),
  });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  // The mistakes alone: where in this code they were noticed helps nobody.
  console.error(error.message);
  process.exit(1);
}
