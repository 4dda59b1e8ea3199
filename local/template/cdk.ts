/**
 * The CDK, and the stacks that are made with it. Loaded only where a stack is made, because that takes a while. The npm
 * package has this module with the CDK bundled into it, so that a template can be written where no CDK is installed.
 */
export { App } from 'aws-cdk-lib';
export { MemberRoleStack } from '../../lib/organization/member-role-stack.js';
export { SessionReaperStack } from '../../lib/session-reaper-stack.js';
