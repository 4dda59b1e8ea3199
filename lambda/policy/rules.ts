/** Which rule decides on a session: by what its listing shows, and by what a last look adds. */
import { type GlobKeyName, MATCH_KEYS, type MatchedSession, matchKeysOf } from '../contract/match-keys.js';
import type { ReaperSettings, Rule } from '../contract/settings.js';
import { clientOf } from './client.js';
import { matchesGlob } from './globs.js';
import { hoursHold } from './hours.js';
import { ownerOf, roleName, type TagsOfBoth } from './owner.js';
import type { Session, Tags } from './session.js';

/** What a last look has found out so far beside the session itself. */
export interface Found {
  /** Missing where no tags were read. */
  readonly tags?: TagsOfBoth;
  /** Whether the session is as GetSession shows it, its execution role included. */
  readonly looked: boolean;
}

/** What the rules give a session. */
export interface Ruled {
  /** `rules[0]`, or `default`. */
  readonly rule: string;
  readonly exempt: boolean;
  readonly idleMinutes: number;
}

type RuleSettings = Pick<ReaperSettings, 'rules' | 'idleMinutes' | 'owner'>;

/**
 * The first rule that matches decides. A rule that asks for what no listing shows is passed over at the listing. At the
 * last look all rules are read in their order, and the more generous of both results holds: what a look adds, a tag
 * for example, never makes a session due. As long as a rule cannot be read to its end, the listing's result holds.
 */
export function ruledBy(session: Session, settings: RuleSettings, now: Date, found?: Found): Ruled {
  const listed = matchedSession(session, settings);
  const byListing = resultOf(
    settings.rules.findIndex((rule) => matches(rule, listed, now) === true),
    settings,
  );
  if (!found) return byListing;
  const seen = matchedSession(session, settings, found);
  const readings = settings.rules.map((rule) => matches(rule, seen, now));
  const first = readings.findIndex((reading) => reading !== false);
  if (first >= 0 && readings[first] === undefined) return byListing;
  const byLook = resultOf(first, settings);
  return isMoreGenerous(byLook, byListing) ? byLook : byListing;
}

/** Whether every key that the rule gives matches; undefined where that is not known yet. */
export function matches({ match }: Rule, session: MatchedSession, now: Date): boolean | undefined {
  const readings = matchKeysOf(match).map((key) =>
    key === 'hours' ? !match.hours || hoursHold(match.hours, now) : globMatches(match[key], key, session),
  );
  if (readings.includes(false)) return false;
  return readings.includes(undefined) ? undefined : true;
}

/** As much of a session as rules look at, and as is known of it. */
export function matchedSession(
  session: Session,
  { owner: { tagKeys } }: Pick<ReaperSettings, 'owner'>,
  { tags, looked }: Found = { looked: false },
): MatchedSession {
  const { workGroup, description, engineVersion, executionRole } = session;
  const owner = tags && ownerOf(looked ? { executionRole } : {}, tags, tagKeys);
  return {
    workGroup,
    description,
    engineVersion,
    client: clientOf(session, tags?.ofSession),
    // Without a tag the owner is the role, and so not known before it is.
    ...(tags && (looked || owner) && { owner: owner?.name ?? '' }),
    ...(looked && { role: roleName(executionRole) ?? '' }),
    ...(tags && { tags: [...pairsOf(tags.ofSession), ...pairsOf(tags.ofWorkgroup)] }),
  };
}

function globMatches(glob = '*', key: GlobKeyName, session: MatchedSession): boolean | undefined {
  return MATCH_KEYS[key].textsOf(session)?.some((text) => matchesGlob(glob, text));
}

function pairsOf(tags: Tags): readonly string[] {
  return Object.entries(tags).map(([key, value]) => `${key}=${value}`);
}

function resultOf(index: number, { rules, idleMinutes }: RuleSettings): Ruled {
  const rule = rules[index];
  if (!rule) return { rule: 'default', exempt: false, idleMinutes };
  const limit = 'idleMinutes' in rule ? rule.idleMinutes : idleMinutes;
  return { rule: `rules[${index}]`, exempt: 'exempt' in rule, idleMinutes: limit };
}

function isMoreGenerous(one: Ruled, other: Ruled): boolean {
  return other.exempt ? false : one.exempt || one.idleMinutes > other.idleMinutes;
}
