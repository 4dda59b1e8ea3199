/** The templates of an organization's hub and member role. */
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type ReaperConfigInput, readReaperConfig } from '../../../lib/config/config.js';
import { MemberRoleStack } from '../../../lib/organization/member-role-stack.js';
import { statementsOf } from '../iam.js';
import { bareApp, reaperApp, synthesized } from '../synthesis.js';
import { ORGANIZATION } from './hub.js';

export const ACCOUNT = '111122223333';
export const HUB = { organization: ORGANIZATION } as const satisfies ReaperConfigInput;
export const LISTED = { organization: { ...ORGANIZATION, accounts: [ACCOUNT, '222222222222'] } } as const;

/** An app with a hub and its member role. */
export function memberApp(config: ReaperConfigInput = HUB) {
  const { app } = reaperApp(config);
  return { app, stack: memberStack(app, config) };
}

/** The stack with the role of an organization's accounts. */
export function memberStack(app: App, input: ReaperConfigInput = HUB): MemberRoleStack {
  const config = readReaperConfig(input);
  if (!config.organization) throw new TypeError('No organization is configured');
  return new MemberRoleStack(app, 'Member', { config, organization: config.organization });
}

export function memberTemplate(config: ReaperConfigInput = HUB) {
  return Template.fromStack(memberStack(bareApp(), config)).toJSON();
}

/** @param role what the logical id of the role contains. */
export function hubStatements(config: ReaperConfigInput, role: string) {
  return statementsOf(synthesized(config).toJSON(), (id) => id.includes(role));
}

/** The properties of the first resource of a type. */
export function resource(template: Template, type: string) {
  return Object.values(template.findResources(type))[0]?.Properties;
}
