/** Rules that cannot do what whoever wrote them wanted. */
import { CLIENTS } from '../../../lambda/contract/clients.js';
import {
  GLOB_KEY_NAMES,
  MATCH_KEYS,
  type MatchKeyName,
  matchKeysOf,
} from '../../../lambda/contract/match-keys.js';
import { show } from '../../../lambda/contract/mistakes.js';
import type { Rule } from '../../../lambda/contract/settings.js';
import { covers, overlap } from '../globs/glob-comparison.js';
import type { ReaperConfig } from '../keys/reaper-config.js';
import type { Contradiction } from './contradiction.js';

export function ruleContradictions(config: ReaperConfig): readonly Contradiction[] {
  return config.rules.flatMap((rule, index) => [
    ...neverApplies(rule, index, config),
    ...cannotLengthen(rule, index, config),
    ...unknownClient(rule, index),
    ...tagsNotRead(rule, index, config),
  ]);
}

function neverApplies(
  rule: Rule,
  index: number,
  { rules, workgroups }: ReaperConfig,
): readonly Contradiction[] {
  const path = ['rules', index];
  const found = show(rule.match);
  // A rule that no listing can match leaves the listing to the rules after it.
  const isHiddenBy = (other: Rule) => coversRule(other, rule) && (isListed(other) || !isListed(rule));
  const earlier = rules.slice(0, index).findIndex(isHiddenBy);
  if (earlier >= 0) {
    const allowed = `a rule that rules[${earlier}] leaves something to match; the first match wins`;
    return [{ path, found, allowed, reads: ['rules'] }];
  }
  const { workgroup } = rule.match;
  const excluded = workgroups.exclude.find((glob) => workgroup !== undefined && covers(glob, workgroup));
  if (excluded === undefined) return [];
  const allowed = `a rule for workgroups that are swept; workgroups.exclude has ${show(excluded)}`;
  return [{ path, found, allowed, reads: ['rules', 'workgroups'] }];
}

/**
 * A rule that asks for what no listing shows lengthens the limit that its sessions have without it, or does nothing.
 * That limit is the one of a later rule that may match the same session, or the one for all. The rule is refused where
 * its limit is not longer than the shortest of those, and where a later rule exempts all that it matches.
 */
function cannotLengthen(
  rule: Rule,
  index: number,
  { rules, idleMinutes }: ReaperConfig,
): readonly Contradiction[] {
  if ('exempt' in rule || isListed(rule)) return [];
  const shortest = shortestWithout(rule, rules.slice(index + 1), idleMinutes);
  if (rule.idleMinutes > shortest) return [];
  const keys = matchKeysOf(rule.match).filter((key) => !isListedKey(rule, key));
  const why = `no listing shows ${keys.join(' or ')}, so this rule can only lengthen a limit`;
  const allowed = Number.isFinite(shortest)
    ? `more than ${shortest}, the limit without this rule; ${why}`
    : `a rule for sessions that no later rule exempts; ${why}`;
  const path = ['rules', index, 'idleMinutes'];
  return [{ path, found: show(rule.idleMinutes), allowed, reads: ['rules', 'idleMinutes'] }];
}

/** The shortest limit that a session of a rule may have by its listing; infinite where every one is exempt. */
function shortestWithout(rule: Rule, later: readonly Rule[], idleMinutes: number): number {
  const reachable = later.filter((other) => isListed(other) && overlapsRule(other, rule));
  const last = reachable.findIndex((other) => coversRule(other, rule));
  const limits = (last < 0 ? reachable : reachable.slice(0, last + 1)).flatMap((other) =>
    'idleMinutes' in other ? [other.idleMinutes] : [],
  );
  return Math.min(...limits, last < 0 ? idleMinutes : Number.POSITIVE_INFINITY);
}

function unknownClient({ match: { client } }: Rule, index: number): readonly Contradiction[] {
  const names = Object.values(CLIENTS);
  if (client === undefined || names.some((name) => covers(client, name))) return [];
  const allowed = `a glob for one of ${names.map((name) => `"${name}"`).join(', ')}`;
  return [{ path: ['rules', index, 'match', 'client'], found: show(client), allowed, reads: ['rules'] }];
}

function tagsNotRead({ match }: Rule, index: number, { tags }: ReaperConfig): readonly Contradiction[] {
  if (tags.enabled) return [];
  return (['owner', 'tag'] as const).flatMap((key): readonly Contradiction[] => {
    if (match[key] === undefined) return [];
    const allowed = 'nothing while tags.enabled is false: no tags are read then';
    return [
      { path: ['rules', index, 'match', key], found: show(match[key]), allowed, reads: ['rules', 'tags'] },
    ];
  });
}

/** Whether a listing can show that a session matches. */
function isListed(rule: Rule): boolean {
  return matchKeysOf(rule.match).every((key) => isListedKey(rule, key));
}

function isListedKey({ match }: Rule, key: MatchKeyName): boolean {
  const { listed } = MATCH_KEYS[key];
  if (typeof listed === 'boolean' || key === 'hours') return listed === true;
  return listed.some((text) => covers(match[key] ?? '*', text));
}

/** A session without a text for a key matches `*`, so a rule without that key is no wider than that. */
function coversRule({ match: wide }: Rule, { match: narrow }: Rule): boolean {
  const isAlwaysOn = wide.hours === undefined || JSON.stringify(wide.hours) === JSON.stringify(narrow.hours);
  return isAlwaysOn && GLOB_KEY_NAMES.every((key) => covers(wide[key] ?? '*', narrow[key] ?? '*'));
}

/** Whether one session may match both. One may have several tags. */
function overlapsRule({ match: one }: Rule, { match: other }: Rule): boolean {
  return GLOB_KEY_NAMES.every((key) => key === 'tag' || overlap(one[key] ?? '*', other[key] ?? '*'));
}
