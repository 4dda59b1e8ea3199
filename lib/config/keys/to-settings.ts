import type { OrganizationSettings, ReaperSettings } from '../../../lambda/contract/settings.js';
import { gapsOf } from '../schedule/schedule-expression.js';
import type { OrganizationConfig, ReaperConfig } from './reaper-config.js';

/** What a sweep needs to know of a configuration. */
export function toReaperSettings(config: ReaperConfig): ReaperSettings {
  const { mode, idleMinutes, stuck, regions, workgroups, rules, tags, owner, trust, warnMinutes } = config;
  const { maxTerminationsPerSweep, skipQuietWorkgroups, dpuHourPrice, organization } = config;
  const { sessionEvents, chat, guideUrl } = config.notify;
  return {
    mode,
    idleMinutes,
    stuck,
    regions: organization?.regions ?? regions,
    workgroups,
    rules,
    tags,
    owner,
    trust,
    warnMinutes,
    sweepIntervalMinutes: gapsOf(config.schedule).shortestMinutes,
    maxTerminationsPerSweep,
    skipQuietWorkgroups,
    dpuHourPrice,
    notify: { sessionEvents, chat, guideUrl },
    ...(organization && { organization: organizationSettings(organization) }),
  };
}

function organizationSettings({ memberRoleName, externalId }: OrganizationConfig): OrganizationSettings {
  return { memberRoleName, externalId };
}
