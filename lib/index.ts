/**
 * What the npm package exports: the construct, the role of an organization's accounts, and the configuration for
 * whoever reads it without the CDK.
 */

export type { MetricName } from '../lambda/contract/telemetry.js';
export { ConfigError, type ReaperConfig, type ReaperConfigInput, readReaperConfig } from './config/config.js';
export type {
  NotifyConfig,
  NotifyConfigInput,
  OrganizationConfig,
  OrganizationConfigInput,
  RuleConfig,
  RuleMatchConfig,
  StuckConfig,
  TagsConfig,
  TagsConfigInput,
  WorkgroupsConfig,
  WorkgroupsConfigInput,
} from './config/keys/reaper-config.js';
export type { OperatorCommands } from './operator-commands.js';
export { MemberRoleStack, type MemberRoleStackProps } from './organization/member-role-stack.js';
export { PropsError } from './props-error.js';
export { ReaperMetrics } from './reaper-metrics.js';
export { AthenaSessionReaper, type AthenaSessionReaperProps } from './session-reaper.js';
