/** What cannot be meant of an organization, and what cannot fit into the time that a sweep has. */
import { show } from '../../../lambda/contract/mistakes.js';
import type { OrganizationConfig, ReaperConfig } from '../keys/reaper-config.js';
import {
  GROUP_SECONDS,
  quickestSweep,
  SHORTEST_TARGET_SECONDS,
  sweepSeconds,
  TURN_OVERHEAD_SECONDS,
  turnsOfGroup,
} from '../schedule/organization-turns.js';
import { sweepGaps } from '../schedule/schedule-expression.js';
import type { Contradiction } from './contradiction.js';

export function organizationContradictions(config: ReaperConfig): readonly Contradiction[] {
  const { organization } = config;
  if (organization === null) return [];
  return [
    ...regionsBesideOrganization(config),
    ...boundaryOfOneAccount(config),
    ...startersInMembers(config),
    ...choiceAmongListedAccounts(organization),
    ...regionsOfAccounts(organization),
    ...groupTooSlow(organization),
    ...sweepTooSlow(organization, config),
  ];
}

function regionsBesideOrganization({ regions }: ReaperConfig): readonly Contradiction[] {
  if (regions.length === 0) return [];
  const allowed = 'nothing beside "organization", which has its own "regions"';
  return [{ path: ['regions'], found: show(regions), allowed, reads: ['regions', 'organization'] }];
}

function boundaryOfOneAccount({ permissionsBoundary }: ReaperConfig): readonly Contradiction[] {
  if (!/^arn:[^:]+:iam::\d{12}:/.test(permissionsBoundary ?? '')) return [];
  const allowed = 'the name of a managed policy, which each account of the organization must have';
  const reads = ['permissionsBoundary', 'organization'] as const;
  return [{ path: ['permissionsBoundary'], found: show(permissionsBoundary), allowed, reads }];
}

/** CloudTrail shows the starts of sessions in their own account alone, and the member roles may not read it. */
function startersInMembers({ owner }: ReaperConfig): readonly Contradiction[] {
  if (!owner.cloudTrail) return [];
  const allowed = 'false beside "organization", whose member roles may not read CloudTrail';
  return [{ path: ['owner', 'cloudTrail'], found: 'true', allowed, reads: ['owner', 'organization'] }];
}

function choiceAmongListedAccounts(organization: OrganizationConfig): readonly Contradiction[] {
  const { accounts, excludeAccounts, sweepManagementAccount } = organization;
  if (accounts === 'all') return [];
  const allowed = 'nothing beside a list of accounts, which names each account that is swept';
  return [
    ...(excludeAccounts.length > 0 ? [about('excludeAccounts', show(excludeAccounts), allowed)] : []),
    ...(sweepManagementAccount ? [about('sweepManagementAccount', 'true', allowed)] : []),
  ];
}

function regionsOfAccounts(organization: OrganizationConfig): readonly Contradiction[] {
  const { accounts, excludeAccounts, regions, regionsByAccount } = organization;
  return regionsByAccount.flatMap(({ accountId, regions: own }, index) => {
    const earlier = regionsByAccount.slice(0, index).some((other) => other.accountId === accountId);
    const swept = accounts === 'all' ? !excludeAccounts.includes(accountId) : accounts.includes(accountId);
    const foreign = own.filter((region) => !regions.includes(region));
    const entry = `regionsByAccount[${index}]`;
    return [
      ...(earlier ? [about(entry, show(accountId), 'each account once')] : []),
      ...(swept ? [] : [about(entry, show(accountId), 'an account that is swept')]),
      ...(foreign.length > 0
        ? [about(entry, show(foreign), `some of organization.regions: ${regions.join(', ')}`)]
        : []),
    ];
  });
}

/** Of an organization whose accounts are listed at each sweep, the number is not known here: one at least. */
function targetsOf({ accounts, regions, regionsByAccount }: OrganizationConfig) {
  if (accounts === 'all') return { accounts: 1, targets: regions.length };
  const own = new Map(regionsByAccount.map((entry) => [entry.accountId, entry.regions.length]));
  const targets = accounts.reduce((sum, id) => sum + (own.get(id) ?? regions.length), 0);
  return { accounts: accounts.length, targets };
}

function groupTooSlow(organization: OrganizationConfig): readonly Contradiction[] {
  const { maxConcurrency, regions } = organization;
  const { accounts } = targetsOf(organization);
  const { targets, turns, seconds } = turnsOfGroup({ accounts, regions: regions.length, maxConcurrency });
  if (seconds >= SHORTEST_TARGET_SECONDS) return [];
  const found =
    `${maxConcurrency}, with which the ${targets} targets of a group take ${turns} turns: ` +
    `${GROUP_SECONDS} seconds by ${turns}, less ${TURN_OVERHEAD_SECONDS}, leave ${seconds} seconds for each target`;
  const allowed = `what leaves at least ${SHORTEST_TARGET_SECONDS} seconds; use a larger maxConcurrency or fewer regions`;
  return [about('maxConcurrency', found, allowed)];
}

function sweepTooSlow(
  organization: OrganizationConfig,
  { schedule }: ReaperConfig,
): readonly Contradiction[] {
  const interval = sweepGaps(schedule)?.shortestMinutes;
  if (interval === undefined) return [];
  const { targets } = targetsOf(organization);
  const { maxConcurrency } = organization;
  const { turns, seconds } = quickestSweep(targets, maxConcurrency);
  const most = sweepSeconds(interval * 60);
  if (seconds <= most) return [];
  const found =
    `${maxConcurrency}, with which ${targets} targets (accounts times regions) take ${turns} turns ` +
    `of at least a second: ${seconds} seconds`;
  const allowed =
    `what fits into the ${most} seconds that a sweep has between two starts; ` +
    `use at least ${Math.ceil(targets / most)}, or a schedule with longer intervals`;
  return [{ ...about('maxConcurrency', found, allowed), reads: ['organization', 'schedule'] }];
}

function about(key: string, found: string, allowed: string): Contradiction {
  const path = key.split(/[[\].]+/).filter((part) => part !== '');
  const numbered = path.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { path: ['organization', ...numbered], found, allowed, reads: ['organization'] };
}
