import {
  type GlobKeyName,
  MATCH_KEYS,
  type MatchedSession,
  matchKeysOf,
} from '../../lambda/contract/match-keys.js';
import { plainText } from '../../lambda/contract/plain-text.js';
import type { Hours, ReaperSettings, Rule } from '../../lambda/contract/settings.js';
import { matchesGlob } from '../../lambda/policy/globs.js';
import { hoursHold, localTime } from '../../lambda/policy/hours.js';
import { type Found, matchedSession, matches } from '../../lambda/policy/rules.js';
import type { Session } from '../../lambda/policy/session.js';

/** A list of globs held against a text. */
export interface GlobReading {
  readonly globs: readonly string[];
  /** The first that matches. */
  readonly matchedBy?: string;
}

/** A rule held against a session. */
export interface RuleReading {
  /** Its place, e.g. `rules[0]`. */
  readonly name: string;
  readonly rule: Rule;
  /** `unread`: an earlier one has decided. */
  readonly result: 'matches' | 'differs' | 'unread';
  /** The keys of the rule, each with what it was held against. */
  readonly parts: readonly RulePart[];
}

interface RulePart {
  readonly of: string;
  /** In quotes where it is text of the session. */
  readonly text: string;
  readonly matches: boolean;
}

/** Each rule in turn, as the last look reads them: the first that matches decides. */
export function readRules(
  session: Session,
  settings: ReaperSettings,
  now: Date,
  found: Found,
): readonly RuleReading[] {
  const seen = matchedSession(session, settings, found);
  const first = settings.rules.findIndex((rule) => matches(rule, seen, now));
  return settings.rules.map((rule, index) => ({
    name: `rules[${index}]`,
    rule,
    result: first === index ? 'matches' : first !== -1 && index > first ? 'unread' : 'differs',
    parts: matchKeysOf(rule.match).map((key) =>
      key === 'hours' ? hoursPart(rule.match.hours, now) : globPart(key, rule.match[key], seen),
    ),
  }));
}

function globPart(key: GlobKeyName, glob = '*', seen: MatchedSession): RulePart {
  const texts = MATCH_KEYS[key].textsOf(seen) ?? [];
  const isMatching = texts.some((text) => matchesGlob(glob, text));
  const text = texts.length > 0 ? texts.map((one) => `"${plainText(one)}"`).join(', ') : 'not known';
  return { of: key, text, matches: isMatching };
}

function hoursPart(hours: Hours | undefined, now: Date): RulePart {
  const { day = '', time } = localTime(now, hours?.timezone ?? 'UTC');
  return { of: 'now', text: `${day} ${time}`, matches: hours === undefined || hoursHold(hours, now) };
}

/** Whether a workgroup is swept: some glob includes it and none excludes it. */
export function readSelection(workGroup: string, { include, exclude }: ReaperSettings['workgroups']) {
  const included = readGlobs(include, workGroup);
  const excluded = readGlobs(exclude, workGroup);
  const swept = included.matchedBy !== undefined && excluded.matchedBy === undefined;
  return { swept, include: included, exclude: excluded };
}

function readGlobs(globs: readonly string[], text: string): GlobReading {
  const matchedBy = globs.find((glob) => matchesGlob(glob, text));
  return { globs, ...(matchedBy !== undefined && { matchedBy }) };
}
