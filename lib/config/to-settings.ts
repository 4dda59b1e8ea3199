import type { OrganizationSettings, ReaperSettings } from '../../lambda/contract/settings.js';
import type { OrganizationConfig, ReaperConfig } from './reaper-config.js';
import { gapsOf } from './schedule-expression.js';

/** What a sweep needs to know of a configuration. */
export function toReaperSettings(config: ReaperConfig): ReaperSettings {
  const { mode, idleMinutes, stuck, regions, workgroups, rules, tags, trust, warnMinutes } = config;
  const { maxTerminationsPerSweep, skipQuietWorkgroups, dpuHourPrice, organization } = config;
  return {
    mode,
    idleMinutes,
    stuck,
    regions: organization?.regions ?? regions,
    workgroups,
    rules,
    tags,
    trust,
    warnMinutes,
    sweepIntervalMinutes: gapsOf(config.schedule).shortestMinutes,
    maxTerminationsPerSweep,
    skipQuietWorkgroups,
    dpuHourPrice,
    ...(organization && { organization: organizationSettings(organization) }),
  };
}

function organizationSettings({ memberRoleName, externalId }: OrganizationConfig): OrganizationSettings {
  return { memberRoleName, externalId };
}
