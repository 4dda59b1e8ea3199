/** The app that `cdk deploy` runs: the reaper and, for an organization, the template of its accounts' role. */
import { App } from 'aws-cdk-lib';
import { ConfigError, readReaperContext } from './config/config.js';
import { MemberRoleStack } from './organization/member-role-stack.js';
import { SessionReaperStack } from './session-reaper-stack.js';

const app = new App();
try {
  const config = readReaperContext(app.node.getAllContext());
  new SessionReaperStack(app, 'AthenaSessionReaper', { config });
  const { organization } = config;
  if (organization) new MemberRoleStack(app, 'AthenaSessionReaperMember', { config, organization });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  // The mistakes alone: where in this code they were noticed helps nobody.
  console.error(error.message);
  process.exit(1);
}
