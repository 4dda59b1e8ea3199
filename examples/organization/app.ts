/** One reaper for the accounts of an organization, and the template of the role that each of them gets. */
import { AthenaSessionReaper, MemberRoleStack, readReaperConfig } from 'athena-session-reaper';
import { App, Stack } from 'aws-cdk-lib';

export const app = new App();
const settings = app.node.tryGetContext('reaper');
const hub = new Stack(app, 'AthenaSessionReaper');
new AthenaSessionReaper(hub, 'Reaper', { config: settings });

const config = readReaperConfig(settings);
const { organization } = config;
if (organization) new MemberRoleStack(app, 'AthenaSessionReaperMember', { config, organization });
