/**
 * When a session may be ended, said a second time in other words than `lambda/policy.ts`, and from what went
 * over the wire rather than from what was made of it.
 */
import type { SweepSettings } from '../../lambda/contract/settings.js';
import { isJsonObject, type JsonValue } from '../../local/athena/wire/json.js';

/** Whether the status in an answer allows to end its session, tags aside. */
export function isDue(answer: SessionAnswer, settings: SweepSettings, now: number): boolean {
  const status = isJsonObject(answer.Status) ? answer.Status : {};
  const rule = ruleFor(answer, settings);
  if (rule && 'exempt' in rule) return false;
  const idleMinutes = rule && 'idleMinutes' in rule ? rule.idleMinutes : settings.idleMinutes;
  const { degradedMinutes, creatingMinutes, createdMinutes, busyMinutes, maxAgeMinutes } = settings.stuck;
  const changed = instant(status.LastModifiedDateTime);
  const started = instant(status.StartDateTime);
  const past = (since: number | undefined, minutes: number | undefined): boolean => {
    if (since === undefined || minutes === undefined) return false;
    const usable = [since, started ?? since].every((time) => time > 0 && time <= now);
    return usable && now - Math.max(since, started ?? since) >= minutes * 60_000;
  };
  const tooOld = past(started, maxAgeMinutes);
  switch (status.State) {
    case 'IDLE':
      return tooOld || past(instant(status.IdleSinceDateTime) ?? changed, idleMinutes);
    case 'DEGRADED':
      return tooOld || past(changed, degradedMinutes);
    case 'CREATING':
      return tooOld || past(changed, creatingMinutes);
    case 'CREATED':
      return tooOld || past(changed, createdMinutes);
    case 'BUSY':
      return tooOld || past(changed, busyMinutes);
    default:
      return false;
  }
}

/** What an answer tells of a session, and the workgroup that it was listed in. */
export interface SessionAnswer {
  readonly workGroup: string;
  readonly Description?: JsonValue | undefined;
  readonly Status?: JsonValue | undefined;
}

/** Whether a rule exempts the session, whatever its state. */
export function isExemptByRule(answer: SessionAnswer, settings: SweepSettings): boolean {
  const rule = ruleFor(answer, settings);
  return rule !== undefined && 'exempt' in rule;
}

/** Whether the deployed settings and the event select a workgroup. */
export function isSelected(name: string, { workgroups, onlyWorkgroups }: SweepSettings): boolean {
  const matches = (globs: readonly string[]) => globs.some((glob) => matchesGlob(glob, name));
  return matches(workgroups.include) && matches(onlyWorkgroups) && !matches(workgroups.exclude);
}

/** The states that have to be listed. */
export function statesToList({ stuck }: SweepSettings): readonly string[] {
  const aged = stuck.maxAgeMinutes !== undefined;
  return [
    'IDLE',
    ...(aged || stuck.degradedMinutes !== undefined ? ['DEGRADED'] : []),
    ...(aged || stuck.creatingMinutes !== undefined ? ['CREATING'] : []),
    ...(aged || stuck.createdMinutes !== undefined ? ['CREATED'] : []),
    ...(aged || stuck.busyMinutes !== undefined ? ['BUSY'] : []),
  ];
}

/** Whether tags that hold for the whole sweep exempt a session for the whole sweep. */
export function isExemptByTags(
  workgroupTags: Readonly<Record<string, string>>,
  sessionTags: Readonly<Record<string, string>>,
  { tags }: SweepSettings,
  now: number,
): boolean {
  return [workgroupTags, sessionTags].some((read) => {
    const { [`${tags.prefix}:exempt`]: exempt, [`${tags.prefix}:idle-minutes`]: idle } = read;
    if (idle !== undefined && !/^\d+$/.test(idle)) return true;
    if (exempt === undefined || exempt === 'false') return false;
    // A day is over everywhere when it is over at UTC-12, at noon of the next day.
    return !/^\d{4}-\d{2}-\d{2}$/.test(exempt) || Date.parse(exempt) + 36 * 60 * 60_000 > now;
  });
}

function ruleFor({ workGroup, Description }: SessionAnswer, { rules }: SweepSettings) {
  const description = typeof Description === 'string' ? Description : '';
  return rules.find(
    ({ match }) =>
      matchesGlob(match.workgroup ?? '*', workGroup) && matchesGlob(match.description ?? '*', description),
  );
}

/** Enough for the globs that scenarios have: only `*` is special. */
function matchesGlob(glob: string, text: string): boolean {
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

/** Epoch milliseconds of a timestamp on the wire. */
function instant(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  return Math.round(Number(value) * 1_000);
}
