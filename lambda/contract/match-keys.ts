/**
 * The keys that a rule can match on, in one table. Matching, the checks of rules and the function's policy all read
 * it, so that a new key does not compile until it has an answer for each of them.
 */
import { LISTED_CLIENTS } from './clients.js';
import type { RuleMatch } from './settings.js';

export type MatchKeyName = keyof RuleMatch;
/** The keys that are globs. */
export type GlobKeyName = Exclude<MatchKeyName, 'hours'>;

/** As much of a session as rules look at. */
export interface MatchedSession {
  readonly workGroup: string;
  readonly description?: string | undefined;
  readonly engineVersion?: string | undefined;
  readonly client?: string | undefined;
  /** What no listing shows; missing where nobody has looked yet, and empty where there is none. */
  readonly owner?: string;
  readonly role?: string;
  /** Each as `key=value`: those of the session and those of its workgroup. */
  readonly tags?: readonly string[];
}

interface MatchKey {
  /**
   * Whether ListSessions shows what the key is held against: always, never, or these texts alone. What it does not
   * show only the last look does, so that such a rule can spare a session and lengthen its limit, and nothing else.
   */
  readonly listed: boolean | readonly string[];
  /**
   * How the key is said in an IAM policy: as the workgroup in an ARN, or not at all. An exemption becomes a Deny
   * only where every key that it matches on can be said: otherwise it would deny more than it exempts.
   */
  readonly iam: 'workgroup-glob' | 'no';
}

interface GlobKey extends MatchKey {
  /**
   * The texts of a session of which one has to match the glob: an empty one where it has none.
   * @returns undefined where it is not known yet.
   */
  readonly textsOf: (session: MatchedSession) => readonly string[] | undefined;
}

export const MATCH_KEYS = {
  workgroup: { textsOf: ({ workGroup }) => [workGroup], listed: true, iam: 'workgroup-glob' },
  description: { textsOf: ({ description }) => [description ?? ''], listed: true, iam: 'no' },
  client: { textsOf: ({ client }) => [client ?? ''], listed: LISTED_CLIENTS, iam: 'no' },
  engine: { textsOf: ({ engineVersion }) => [engineVersion ?? ''], listed: true, iam: 'no' },
  owner: { textsOf: ({ owner }) => known(owner), listed: false, iam: 'no' },
  role: { textsOf: ({ role }) => known(role), listed: false, iam: 'no' },
  tag: { textsOf: ({ tags }) => (tags?.length === 0 ? [''] : tags), listed: false, iam: 'no' },
  /** The clock shows them to everybody; IAM knows dates, and no hours of a day. */
  hours: { listed: true, iam: 'no' },
} as const satisfies Readonly<Record<GlobKeyName, GlobKey>> & { readonly hours: MatchKey };

/** Every key of {@link MATCH_KEYS}. */
const MATCH_KEY_NAMES: readonly MatchKeyName[] = Object.keys(MATCH_KEYS).filter(isMatchKey);

/** Those of them that are globs. */
export const GLOB_KEY_NAMES: readonly GlobKeyName[] = MATCH_KEY_NAMES.filter((key) => key !== 'hours');

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

function known(text: string | undefined): readonly string[] | undefined {
  return text === undefined ? undefined : [text];
}

function isMatchKey(name: string): name is MatchKeyName {
  return name in MATCH_KEYS;
}
