import type { Session } from '../../lambda/athena/session-service.js';
import type { ReaperSettings, Rule } from '../../lambda/contract/settings.js';
import { ruleMatches } from '../../lambda/policy/decide.js';
import { matchesGlob } from '../../lambda/policy/globs.js';

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
export function readRules(
  session: Session,
  workGroup: string,
  rules: readonly Rule[],
): readonly RuleReading[] {
  const first = rules.findIndex((rule) => ruleMatches(rule, session, workGroup));
  return rules.map((rule, index) => ({
    name: `rules[${index}]`,
    rule,
    result: first === index ? 'matches' : first !== -1 && index > first ? 'unread' : 'differs',
    parts: [
      ...partOf('workgroup', rule.match.workgroup, workGroup),
      ...partOf('description', rule.match.description, session.description ?? ''),
    ],
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

function partOf(of: string, glob: string | undefined, text: string) {
  return glob === undefined ? [] : [{ of, glob, text, matches: matchesGlob(glob, text) }];
}
