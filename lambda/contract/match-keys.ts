/**
 * The keys that a rule can match on, in one table. Matching, the check for rules that never apply and the function's
 * policy all read it, so that a new key does not compile until it has an answer for each of them.
 */
import type { RuleMatch } from './settings.js';

type MatchKeyName = keyof RuleMatch;

/** As much of a session as rules look at. */
interface MatchedSession {
  readonly workGroup: string;
  readonly description?: string | undefined;
}

interface MatchKey {
  /** The text of a session that the glob is matched against; empty where the session has none. */
  readonly textOf: (session: MatchedSession) => string;
  /** Whether ListSessions shows that text; where it does not, only the last look can say whether a rule matches. */
  readonly listed: boolean;
  /**
   * How the glob is said in an IAM policy: as the workgroup in an ARN, or not at all. An exemption becomes a Deny
   * only where every key that it matches on can be said: otherwise it would deny more than it exempts.
   */
  readonly iam: 'workgroup-glob' | 'no';
}

export const MATCH_KEYS = {
  workgroup: { textOf: ({ workGroup }) => workGroup, listed: true, iam: 'workgroup-glob' },
  description: { textOf: ({ description }) => description ?? '', listed: true, iam: 'no' },
} as const satisfies Readonly<Record<MatchKeyName, MatchKey>>;

/** Every key of {@link MATCH_KEYS}. */
export const MATCH_KEY_NAMES: readonly MatchKeyName[] = Object.keys(MATCH_KEYS).filter(isMatchKey);

/** The keys that a rule gives. */
export function matchKeysOf(match: RuleMatch): readonly MatchKeyName[] {
  return MATCH_KEY_NAMES.filter((key) => match[key] !== undefined);
}

/**
 * The glob of the workgroups that a rule matches on and IAM can name.
 * @returns undefined where some key of the rule cannot be said in IAM.
 */
export function iamWorkgroupGlob(match: RuleMatch): string | undefined {
  const keys = matchKeysOf(match);
  return keys.every((key) => MATCH_KEYS[key].iam === 'workgroup-glob') ? match.workgroup : undefined;
}

function isMatchKey(name: string): name is MatchKeyName {
  return name in MATCH_KEYS;
}
