/** The limits that hold for one session: what the rules give it, and what tags add. */
import { MATCH_KEYS, matchKeysOf } from '../contract/match-keys.js';
import type { ReaperSettings, Rule, StuckLimits } from '../contract/settings.js';
import { matchesGlob } from './globs.js';
import type { Session } from './session.js';
import { NO_SPARING, type Sparing } from './tags.js';

export interface Limits {
  /** Where the idle limit or the exemption comes from: `default`, `rules[0]`, or the tag that spares. */
  readonly rule: string;
  /** What exempts the session from every limit, where something does. */
  readonly exempt?: 'rule' | 'tag';
  readonly idleMinutes: number;
  readonly stuck: StuckLimits;
  readonly warnMinutes: number;
  readonly sweepIntervalMinutes: number;
  /** Whether `LastModifiedDateTime` may stand in for a missing `IdleSinceDateTime`. */
  readonly trustsLastModified: boolean;
}

/**
 * The limits for a session: the first rule that matches, then what tags add.
 * A tag can only spare: it exempts, or gives a longer idle limit, never a shorter one.
 */
export function limitsFor(session: Session, settings: ReaperSettings, sparing: Sparing = NO_SPARING): Limits {
  const shared = {
    stuck: settings.stuck,
    warnMinutes: settings.warnMinutes,
    sweepIntervalMinutes: settings.sweepIntervalMinutes,
    trustsLastModified: settings.trust.lastModified,
  };
  const index = settings.rules.findIndex((rule) => ruleMatches(rule, session));
  const matched = settings.rules[index];
  const rule = matched ? `rules[${index}]` : 'default';
  const idleMinutes = matched && 'idleMinutes' in matched ? matched.idleMinutes : settings.idleMinutes;
  if (matched && 'exempt' in matched) return { ...shared, rule, exempt: 'rule', idleMinutes };
  if (sparing.exempt) return { ...shared, rule: sparing.exempt.by, exempt: 'tag', idleMinutes };
  if (sparing.idle && sparing.idle.minutes > idleMinutes) {
    return { ...shared, rule: sparing.idle.by, idleMinutes: sparing.idle.minutes };
  }
  return { ...shared, rule, idleMinutes };
}

/** Whether every key that the rule gives matches. */
export function ruleMatches(
  { match }: Pick<Rule, 'match'>,
  session: Pick<Session, 'workGroup' | 'description'>,
): boolean {
  return matchKeysOf(match).every((key) => matchesGlob(match[key] ?? '*', MATCH_KEYS[key].textOf(session)));
}
