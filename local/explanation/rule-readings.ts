import { MATCH_KEYS, matchKeysOf } from '../../lambda/contract/match-keys.js';
import type { ReaperSettings, Rule } from '../../lambda/contract/settings.js';
import { matchesGlob } from '../../lambda/policy/globs.js';
import { ruleMatches } from '../../lambda/policy/limits.js';
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
  /** The globs of the rule, each with what it was held against. */
  readonly parts: readonly {
    readonly of: string;
    readonly glob: string;
    readonly text: string;
    readonly matches: boolean;
  }[];
}

/** Each rule in turn: the first that matches decides. */
export function readRules(session: Session, rules: readonly Rule[]): readonly RuleReading[] {
  const first = rules.findIndex((rule) => ruleMatches(rule, session));
  return rules.map((rule, index) => ({
    name: `rules[${index}]`,
    rule,
    result: first === index ? 'matches' : first !== -1 && index > first ? 'unread' : 'differs',
    parts: matchKeysOf(rule.match).map((key) => {
      const glob = rule.match[key] ?? '*';
      const text = MATCH_KEYS[key].textOf(session);
      return { of: key, glob, text, matches: matchesGlob(glob, text) };
    }),
  }));
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
