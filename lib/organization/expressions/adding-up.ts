/** The sum of what the targets answered, in a group and in all, and whether it is enough. */
import { jsonata } from './jsonata.js';

const HEARD = `$filter($states.result, function($one) {
  $exists($one.swept) or $exists($one.notSwept) or $exists($one.notBegun)
})`;

/**
 * Figures by name, see `Figures` in lambda/organization/totals.ts: added up, but of `oldestOverdue` the largest counts.
 * What failed has none and is left out.
 */
const SUM = `$merge([$map($keys($all), function($name) {
  {$name: $name = 'oldestOverdue' ? $max($lookup($all, $name)) : $sum($lookup($all, $name))}
})])`;

export const ADD_UP = jsonata(`($all := ${HEARD}; ${SUM})`);

/** Of a group: its targets, and how many of its accounts were reached by the workgroup globs in any region. */
export const ADD_UP_TARGETS = jsonata(`(
  $heard := ${HEARD};
  $swept := $distinct($heard[swept = 1].accountId);
  $reached := $distinct($heard[swept = 1 and $not($exists(notReached))].accountId);
  $numbers := $map($heard, function($one) {
    $sift($one, function($value, $name) { $not($name in ['accountId', 'notReached']) })
  });
  $all := $append($numbers, {
    'accountsReached': $count($reached), 'accountsNotReached': $count($swept) - $count($reached)
  });
  $count($heard) = 0 ? {} : ${SUM}
)`);

/** Targets of which not even one call could be made, that were not begun, or of which nothing was heard. */
const NOT_SWEPT = '($targets - ($exists($figures.swept) ? $figures.swept : 0))';
const NOT_BEGUN = '($exists($figures.notBegun) ? $figures.notBegun : 0)';

export const SUMMARY = jsonata(`$merge([$event, {'summarize': {
  'startedAt': $startedAt, 'targets': $targets, 'figures': $figures
}}])`);

export function isEnough(toleratedPercentage: number): string {
  return jsonata(`$targets > 0 and 100 * ${NOT_SWEPT} <= ${toleratedPercentage} * $targets`);
}

export function tooMany(toleratedPercentage: number): string {
  return jsonata(
    `$string(${NOT_SWEPT}) & ' of ' & $string($targets) & ' targets (accounts times regions) were not swept, ' &
    $string(${NOT_BEGUN}) & ' of them for want of time; tolerated: ${toleratedPercentage} %'`,
  );
}
