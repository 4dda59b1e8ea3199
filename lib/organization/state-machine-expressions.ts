/**
 * The JSONata in the state machine. A list of one collapses to its item in JSONata: brackets around a list that
 * may have one keep it a list.
 */

/** An expression as a state machine has it, on one line: not every tool that reads definitions takes more. */
function jsonata(expression: string): string {
  return `{% ${expression.replace(/\s+/g, ' ').trim()} %}`;
}

/** A group's results leave it as one of at most this many: 250 times some 800 bytes stay below 256 KB. */
const MOST_GROUPS = 250;
/** As many iterations as an inline map runs at the same time. */
const MOST_AT_ONCE_IN_GROUP = 40;
/** Three of the longest invocations fit into the five minutes of an Express execution. */
const TURNS = 3;

/** Arguments of ListAccounts. */
export const NEXT_PAGE = jsonata("$nextToken = null ? {} : {'NextToken': $nextToken}");

/** The accounts so far and those of this page that are in use. `Status`, their older name for it, is retired. */
export const ACCOUNTS = jsonata("[$accounts, $states.result.Accounts[State = 'ACTIVE'].Id]");

export const TOKEN = jsonata('$exists($states.result.NextToken) ? $states.result.NextToken : null');

export const MORE_PAGES = jsonata('$nextToken != null');

const ACCOUNTS_PER_GROUP = `$max([1, $ceil($count($accounts) / ${MOST_GROUPS})])`;

/** As few accounts as {@link MOST_GROUPS} allow: one that takes long keeps no others waiting. */
export const GROUP_SIZE = jsonata(ACCOUNTS_PER_GROUP);

/** Targets of a group that are swept at the same time; all of them in three turns at most, if that can be. */
export function atOnceInGroup(regions: number, maxConcurrency: number): string {
  const most = Math.min(maxConcurrency, MOST_AT_ONCE_IN_GROUP);
  return jsonata(`$min([${most}, $ceil(${ACCOUNTS_PER_GROUP} * ${regions} / ${TURNS})])`);
}

export function groupsAtOnce(maxConcurrency: number): string {
  return jsonata(`$floor(${maxConcurrency} / $atOnce)`);
}

/**
 * Shuffled, so that sweeps which are given up before their end do not leave out the same accounts each time.
 */
export const GROUPS = jsonata(`(
  $placed := $map($shuffle($accounts), function($account, $place) {
    {'account': $account, 'group': $string($floor($place / $groupSize))}
  });
  [$each($placed{group: [account]}, function($group) {
    {'accounts': $group, 'atOnce': $atOnce, 'event': $event}
  })]
)`);

export const AT_ONCE = jsonata('$states.input.atOnce');

/** In a group: the function's event for each account and region. */
export function targetsIn(regions: readonly string[]): string {
  return jsonata(`(
    $regions := ${JSON.stringify(regions)};
    [$map([0..$count($states.input.accounts) * ${regions.length} - 1], function($target) {
      $merge([$states.input.event, {'target': {
        'accountId': $states.input.accounts[$floor($target / ${regions.length})],
        'region': $regions[$target % ${regions.length}]
      }}])
    })]
  )`);
}

/**
 * Figures by name, see `Figures` in lambda/organization/totals.ts: added up, but of `oldestOverdue` the largest counts. What
 * failed has none and is left out.
 */
export const ADD_UP = jsonata(`(
  $all := $filter($states.result, function($one) { $exists($one.swept) or $exists($one.notSwept) });
  $merge([$map($keys($all), function($name) {
    {$name: $name = 'oldestOverdue' ? $max($lookup($all, $name)) : $sum($lookup($all, $name))}
  })])
)`);

/** Targets of which not even one call could be made, or of which nothing was heard. */
const NOT_SWEPT = '($targets - ($exists($figures.swept) ? $figures.swept : 0))';

export const SUMMARY = jsonata(`$merge([$event, {'summarize': {
  'startedAt': $startedAt, 'targets': $targets, 'figures': $figures
}}])`);

export function isEnough(toleratedPercentage: number): string {
  return jsonata(`$targets > 0 and 100 * ${NOT_SWEPT} <= ${toleratedPercentage} * $targets`);
}

export function tooMany(toleratedPercentage: number): string {
  return jsonata(
    `$string(${NOT_SWEPT}) & ' of ' & $string($targets) & ' targets (accounts times regions) were not swept; tolerated: ${toleratedPercentage} %'`,
  );
}
