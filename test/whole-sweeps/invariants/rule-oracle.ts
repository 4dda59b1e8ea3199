/** Which rules hold for a session, said a second time in other words than `lambda/policy/`. */
import type { Rule, SweepSettings } from '../../../lambda/contract/settings.js';
import { isJsonObject, type JsonValue } from '../../../local/athena/wire/json.js';
import type { TagPairs } from './tag-oracle.js';

/** What rules are held against. */
export interface RuledAnswer {
  readonly workGroup: string;
  readonly Description?: JsonValue | undefined;
  readonly EngineVersion?: JsonValue | undefined;
  readonly NotebookVersion?: JsonValue | undefined;
  readonly SessionConfiguration?: JsonValue | undefined;
}

/** The tags that were read for a last look. */
export interface TagsShown {
  readonly ofSession: TagPairs;
  readonly ofWorkgroup: TagPairs;
}

/**
 * The rule by the listing's keys alone, and, where tags were shown, the one by all keys: the more generous one holds.
 * @param now epoch milliseconds.
 */
function rulesFor(answer: RuledAnswer, settings: SweepSettings, now: number, shown?: TagsShown) {
  const first = (matching: (rule: Rule) => boolean) => settings.rules.find(matching);
  const byListing = first((rule) => !needsLook(rule) && matches(rule, answer, settings, now));
  return shown ? [byListing, first((rule) => matches(rule, answer, settings, now, shown))] : [byListing];
}

/** Whether a rule exempts the session, whatever its state. */
export function isExemptByRule(...given: Parameters<typeof rulesFor>): boolean {
  return rulesFor(...given).some((rule) => rule !== undefined && 'exempt' in rule);
}

/** The idle limit that rules, or the default, give a session. */
export function ruledIdleMinutes(...given: Parameters<typeof rulesFor>): number {
  const [, settings] = given;
  const limits = rulesFor(...given).map((rule) =>
    rule && 'idleMinutes' in rule ? rule.idleMinutes : settings.idleMinutes,
  );
  return Math.max(...limits);
}

/** Whether a rule asks for what no listing shows. */
export function needsLook({ match }: Rule): boolean {
  return match.owner !== undefined || match.role !== undefined || match.tag !== undefined;
}

function matches(
  { match }: Rule,
  answer: RuledAnswer,
  { owner: { tagKeys } }: SweepSettings,
  now: number,
  shown: TagsShown = { ofSession: [], ofWorkgroup: [] },
): boolean {
  const own = isJsonObject(answer.SessionConfiguration) ? answer.SessionConfiguration : {};
  const role = textOf(own.ExecutionRole).replace(/^.*\//, '');
  const named = [shown.ofSession, shown.ofWorkgroup].flatMap((tags) =>
    tagKeys.flatMap((wanted) => tags.filter(([key]) => key === wanted).map(([, value]) => value)),
  );
  const pairs = [...shown.ofSession, ...shown.ofWorkgroup].map((pair) => pair.join('='));
  const held: readonly (readonly [string | undefined, readonly string[]])[] = [
    [match.workgroup, [answer.workGroup]],
    [match.description, [textOf(answer.Description)]],
    [match.client, [clientOf(answer, shown)]],
    [match.engine, [engineOf(answer)]],
    [match.owner, [named[0] ?? role]],
    [match.role, [role]],
    [match.tag, pairs.length > 0 ? pairs : ['']],
  ];
  const isNow = match.hours === undefined || isWithin(match.hours, now);
  return isNow && held.every(([glob = '*', texts]) => texts.some((text) => matchesGlob(glob, text)));
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A listing has an object, and GetSession a text. */
function engineOf({ EngineVersion: engine }: RuledAnswer): string {
  return textOf(isJsonObject(engine) ? engine.EffectiveEngineVersion : engine);
}

function clientOf({ Description, NotebookVersion }: RuledAnswer, { ofSession }: TagsShown): string {
  if (textOf(Description).startsWith('dbt: ')) return 'dbt-athena';
  if (ofSession.some(([key]) => key === 'AmazonDataZoneProject')) return 'SageMaker Unified Studio';
  return textOf(NotebookVersion) === '' ? '' : 'notebook';
}

/** Enough for the hours that scenarios have: in UTC, at whole hours, on Mondays. */
function isWithin({ from = '00:00', to = '24:00' }: { from?: string; to?: string }, now: number): boolean {
  const hour = new Date(now).getUTCHours();
  const [begins = 0, ends = 0] = [from, to].map((time) => Number(time.slice(0, 2)));
  return begins < ends ? hour >= begins && hour < ends : hour >= begins || hour < ends;
}

/** Enough for the globs that scenarios have: only `*` is special. */
export function matchesGlob(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return text === glob;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > text.length - last.length) return false;
    from = at + part.length;
  }
  return true;
}
