/** The groups of accounts, their targets, and the time that each has. */

import type { OrganizationConfig } from '../../config/keys/reaper-config.js';
import {
  GROUP_SECONDS,
  MOST_AT_ONCE_IN_GROUP,
  MOST_GROUPS,
  SHORTEST_TARGET_SECONDS,
  TURN_OVERHEAD_SECONDS,
  TURNS,
} from '../../config/schedule/organization-turns.js';
import { jsonata } from './jsonata.js';

const ACCOUNTS_PER_GROUP = `$max([1, $ceil($count($accounts) / ${MOST_GROUPS})])`;

/** As few accounts as {@link MOST_GROUPS} allow: one that takes long keeps no others waiting. */
export const GROUP_SIZE = jsonata(ACCOUNTS_PER_GROUP);

/** Targets of a group that are swept at the same time; all of them in three turns at most, if that can be. */
export function atOnceInGroup(maxConcurrency: number): string {
  const most = Math.min(maxConcurrency, MOST_AT_ONCE_IN_GROUP);
  return jsonata(`$min([${most}, $ceil(${ACCOUNTS_PER_GROUP} * $count($regions) / ${TURNS})])`);
}

/** Accounts times regions. */
export function numberOfTargets({ regionsByAccount }: Pick<OrganizationConfig, 'regionsByAccount'>): string {
  return jsonata(`(
    ${regionsOf(regionsByAccount)};
    $sum([$map($accounts, function($account) { $count($regionsOf($account)) })])
  )`);
}

export function groupsAtOnce(maxConcurrency: number): string {
  return jsonata(`$floor(${maxConcurrency} / $atOnce)`);
}

interface GroupsProps extends Pick<OrganizationConfig, 'regions'> {
  /** The function's own. */
  readonly timeoutSeconds: number;
}

/**
 * Shuffled, so that sweeps which run out of time do not leave out the same accounts each time. Each target has
 * its share of the seconds that a group has.
 */
export function groups({ timeoutSeconds, regions }: GroupsProps): string {
  return jsonata(`(
    $turns := $ceil($groupSize * $count($regions) / $atOnce);
    $share := $floor(${GROUP_SECONDS} / $turns) - ${TURN_OVERHEAD_SECONDS};
    $seconds := $max([${SHORTEST_TARGET_SECONDS}, $min([${timeoutSeconds}, $share])]);
    $placed := $map($shuffle($accounts), function($account, $place) {
      {'account': $account, 'group': $string($floor($place / $groupSize))}
    });
    [$each($placed{group: [account]}, function($group) {
      {'accounts': $group, 'event': $event,
       'regions': $count($regions) = ${regions.length} ? [] : $regions,
       'atOnce': $atOnce, 'seconds': $seconds, 'sweepEnds': $sweepEnds}
    })]
  )`);
}

export const AT_ONCE = jsonata('$states.input.atOnce');

/** In a group: when its last answer is due, in milliseconds since the epoch. */
export const LAST_ANSWER = jsonata(`$min([$states.input.sweepEnds, $millis() + ${1_000 * GROUP_SECONDS}])`);

/** In a group: the function's event for each account and region. A group names regions only where they are narrowed. */
export function targetsIn({
  regions,
  regionsByAccount,
}: Pick<OrganizationConfig, 'regions' | 'regionsByAccount'>): string {
  return jsonata(`(
    $regions := $count($states.input.regions) = 0 ? ${JSON.stringify(regions)} : $states.input.regions;
    $event := $states.input.event;
    ${regionsOf(regionsByAccount)};
    $reduce($states.input.accounts, function($targets, $account) {
      $append($targets, $map($regionsOf($account), function($region) {
        $merge([$event, {'target': {'accountId': $account, 'region': $region}}])
      }))
    }, [])
  )`);
}

/** Defines `$regionsOf` an account: those enabled in it, of `$regions`. */
function regionsOf(regionsByAccount: OrganizationConfig['regionsByAccount']): string {
  const enabled = Object.fromEntries(regionsByAccount.map(({ accountId, regions }) => [accountId, regions]));
  return `$regionsOf := function($account) {(
    $enabled := $lookup(${JSON.stringify(enabled)}, $account);
    $exists($enabled) ? $filter($regions, function($region) { $region in $enabled }) : $regions
  )}`;
}

/** In a target: whether the function could do anything before the last answer is due. */
export const THERE_IS_TIME = jsonata(`$lastAnswer - $millis() >= ${1_000 * SHORTEST_TARGET_SECONDS}`);

/** In a target: its event, with the moment at which the answer is due. Retries come within the same time. */
export const TARGET_EVENT = jsonata(
  "$merge([$states.input, {'answerBy': $fromMillis($min([$millis() + 1000 * $seconds, $lastAnswer]))}])",
);
