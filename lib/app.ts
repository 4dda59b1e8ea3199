/** The app that `cdk deploy` runs: the reaper and, for an organization, the template of its accounts' role. */
import { App } from 'aws-cdk-lib';
import { ConfigError, readReaperConfig } from './config/config.js';
import { CONTEXT_KEY, overridesIn } from './config/overrides.js';
import { MemberRoleStack } from './organization/member-role-stack.js';
import { SessionReaperStack } from './session-reaper-stack.js';

const app = new App();
const context = app.node.getAllContext();
try {
  const config = readReaperConfig(context[CONTEXT_KEY], overridesIn(context));
  new SessionReaperStack(app, 'AthenaSessionReaper', { config });
  const { organization } = config;
  if (organization) new MemberRoleStack(app, 'AthenaSessionReaperMember', { config, organization });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  // The mistakes alone: where in this code they were noticed helps nobody.
  console.error(error.message);
  process.exit(1);
}
