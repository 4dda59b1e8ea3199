import { plainText } from '../../../lambda/contract/plain-text.js';
import type { Clock, OwnerSource } from '../../../lambda/contract/report.js';
import type { Mode, ReaperSettings } from '../../../lambda/contract/settings.js';
import type { Decision } from '../../../lambda/policy/decision.js';
import { isInactive } from '../../../lambda/policy/limits-by-state.js';
import type { Explanation } from '../../explanation/explanation.js';
import type { RuleReading } from '../../explanation/rule-readings.js';
import type { Colours } from '../terminal/terminal.js';
import { inWords } from './duration.js';
import { endingLines } from './ending-text.js';
import { ago, at, minutesBetween } from './instant.js';
import { ruleInWords } from './limits-in-words.js';

/** An explanation for people, in the order in which a sweep comes to its decision. */
export function explanationText(
  explanation: Explanation,
  { mode, tags }: ReaperSettings,
  settingsSource: string,
  colours: Colours,
): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [`Session ${explanation.session.sessionId}`, sessionLines(explanation)],
    ...(isInactive(explanation.session)
      ? [['How it ended', endingLines(explanation.session, explanation.now, explanation.ending)] as const]
      : []),
    ['Is its workgroup swept?', [selectionLine(explanation)]],
    ['Rules: the first that matches decides', ruleLines(explanation)],
    ['Tags: they can only spare', tagLines(explanation, tags.prefix)],
    [`Limits (${settingsSource})`, limitLines(explanation)],
    ['Decision', decisionLines(explanation, mode)],
  ];
  return sections
    .map(([title, lines]) =>
      [colours.bold(plainText(title)), ...lines.map((line) => `  ${plainText(line)}`)].join('\n'),
    )
    .join('\n\n');
}

function sessionLines({ session, now, client, owner, endsByItselfAt }: Explanation): readonly string[] {
  const { region, workGroup, state, startedAt, idleSince, description, coordinatorDpus, idleTimeoutSeconds } =
    session;
  const timeout = idleTimeoutSeconds === undefined ? undefined : inWords(idleTimeoutSeconds / 60);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Workgroup', `${workGroup} in ${region}`],
    ['State', state ?? 'not given'],
    ['Idle since', idleSince && ago(idleSince, now)],
    ['Last modified', session.lastModifiedAt && ago(session.lastModifiedAt, now)],
    ['Started', startedAt && ago(startedAt, now)],
    ['Started by', client],
    ['Owner', owner && `${owner.name} (${OWNER_SOURCES[owner.from]})`],
    ['Description', description],
    ['Coordinator', coordinatorDpus === undefined ? undefined : `${coordinatorDpus} DPU`],
    [
      'Own timeout',
      timeout && `${timeout} idle${endsByItselfAt ? `: ends by itself ${at(endsByItselfAt)}` : ''}`,
    ],
  ];
  return facts.flatMap(([label, text]) => (text === undefined ? [] : [label.padEnd(15) + text]));
}

function selectionLine({ selection: { include, exclude } }: Explanation): string {
  if (exclude.matchedBy !== undefined) return `No: "${exclude.matchedBy}" in workgroups.exclude matches it.`;
  if (include.matchedBy === undefined)
    return `No: nothing in workgroups.include matches it (${include.globs.join(', ')}).`;
  return `Yes: "${include.matchedBy}" in workgroups.include matches, nothing in workgroups.exclude does.`;
}

function ruleLines({ rules, ruledBy }: Explanation): readonly string[] {
  if (rules.length === 0) return ['None: the limit for all holds.'];
  const decisive = rules.find(({ result }) => result === 'matches')?.name ?? 'default';
  const listed = `But the listing alone is judged by ${ruledBy}, which is more generous: it holds.`;
  return [...rules.map(ruleLine), ...(ruledBy === decisive ? [] : [listed])];
}

function ruleLine({ name, rule, result, parts }: RuleReading): string {
  if (result === 'unread') return `- ${name} ${ruleInWords(rule)}: not looked at, an earlier one decided`;
  if (result === 'matches') return `✓ ${name} ${ruleInWords(rule)}: matches, and decides`;
  const differing = parts.filter(({ matches }) => !matches).map(({ of, text }) => `${of} is ${text}`);
  return `✗ ${name} ${ruleInWords(rule)}: differs, ${differing.join(' and ')}`;
}

function tagLines({ tags, exemptionsEnd }: Explanation, prefix: string): readonly string[] {
  if (!tags) return ['Off in the settings.'];
  const own = ['exempt', 'idle-minutes'].map((name) => {
    const key = `${prefix}:${name}`;
    const ofSession = tags.ofSession[key];
    const value = ofSession ?? tags.ofWorkgroup[key];
    if (value === undefined) return `${key}: none`;
    return `${key}: "${value}" on the ${ofSession === undefined ? 'workgroup' : 'session'}`;
  });
  const end = exemptionsEnd && `No tag exempts it from ${at(exemptionsEnd)} on (tags.maxExemptDays).`;
  return [...own, ...(end ? [end] : [])];
}

function limitLines({ readings, limits, session }: Explanation): readonly string[] {
  const exempt = limits.exempt ? [`Exempt by ${limits.rule}, from all of them.`] : [];
  if (readings.length === 0) return [...exempt, `None for a session that is ${session.state}.`];
  return [...exempt, ...readings.map(limitLine)];
}

function limitLine({ rule, evidence }: Decision): string {
  const { clock, since, minutes, limitMinutes = 0, lowerBound } = evidence;
  const limit = `${inWords(limitMinutes)} (${rule})`;
  const from = clock === undefined ? '' : CLOCK_IN_WORDS[clock];
  if (since === undefined || minutes === undefined) return `${limit}, ${from}: no usable time`;
  const least = lowerBound ? ', so idle for at least' : ':';
  return `${limit}, ${from} ${at(since)}${least} ${inWords(minutes)}`;
}

function decisionLines(explanation: Explanation, mode: Mode): readonly string[] {
  const { session, decision, dueAt, now, selection, limits, rules } = explanation;
  if (!selection.swept) return ['Not touched: its workgroup is not swept.'];
  if (decision.kind === 'inactive') return [`Nothing to decide: it is ${session.state} already.`];
  const what = { terminate: 'Due', warn: 'Kept, but announced', keep: 'Kept' }[decision.action];
  const line = `${what}: ${decision.reason}.`;
  if (limits.exempt) return [line, 'Never due while it is exempt.'];
  if (!dueAt) return [line, 'Not due while it stays as it is.'];
  const late = minutesBetween(dueAt, now);
  const hasHours = rules.some(({ rule }) => rule.match.hours !== undefined);
  const unless = hasHours ? ', unless the hours of a rule give it another limit before' : '';
  if (late < 0) return [line, `Due in ${inWords(-late)}, ${at(dueAt)}, if it stays as it is${unless}.`];
  const does = mode === 'terminate' ? 'ends' : 'reports';
  return [line, `Since ${at(dueAt)}, for ${inWords(late)}: the next sweep ${does} it.`];
}

const CLOCK_IN_WORDS = {
  'idle-since': 'idle since',
  'last-modified': 'last modified',
  started: 'started',
} as const satisfies Record<Clock, string>;

const OWNER_SOURCES = {
  tag: 'a tag of the session names it',
  'workgroup-tag': 'a tag of its workgroup names it',
  role: 'the role that it runs as',
} as const satisfies Record<OwnerSource, string>;
