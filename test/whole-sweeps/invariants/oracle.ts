/**
 * When a session may be ended, said a second time in other words than `lambda/policy/`, and from what went over the
 * wire rather than from what was made of it.
 */
import type { SweepSettings } from '../../../lambda/contract/settings.js';
import { isJsonObject, type JsonValue } from '../../../local/athena/wire/json.js';
import {
  isExemptByRule,
  matchesGlob,
  type RuledAnswer,
  ruledIdleMinutes,
  type TagsShown,
} from './rule-oracle.js';

/** What an answer shows of a session, and the workgroup that it was listed in. */
export interface SessionAnswer extends RuledAnswer {
  readonly Status?: JsonValue | undefined;
}

/** A limit that a session has passed, what shows it, and by how many milliseconds. */
export interface PassedLimit {
  readonly by: 'its idle time' | 'its state' | 'its age' | 'trust in LastModified';
  readonly pastMs: number;
}

interface Status {
  readonly state: JsonValue | undefined;
  readonly started: number | undefined;
  readonly changed: number | undefined;
  readonly idleSince: number | undefined;
}

const MINUTE = 60_000;
const SERVICE_BEGAN = Date.UTC(2022, 10, 1);

/**
 * The limits that an answer shows to be passed; none where a rule exempts the session.
 * @param now epoch milliseconds by the service's clock.
 * @param longerMinutes the idle limit that tags give, where it is longer.
 * @param shown the tags that rules may match, at a last look.
 */
export function passedLimits(
  answer: SessionAnswer,
  settings: SweepSettings,
  now: number,
  longerMinutes = 0,
  shown?: TagsShown,
): readonly PassedLimit[] {
  if (isExemptByRule(answer, settings, now, shown)) return [];
  const status = statusOf(answer);
  const { started } = status;
  const pastMs = (since: number | undefined, minutes: number | undefined): number => {
    if (since === undefined || minutes === undefined) return -1;
    const instants = started === undefined ? [since] : [since, started];
    const isPossible = instants.every((instant) => instant >= SERVICE_BEGAN && instant <= now + MINUTE);
    if (!isPossible || since < (started ?? since) - MINUTE) return -1;
    return now - Math.max(...instants) - minutes * MINUTE;
  };
  const idleMinutes = Math.max(ruledIdleMinutes(answer, settings, now, shown), longerMinutes);
  const all = [
    { by: 'its age', pastMs: pastMs(AGED.includes(status.state) ? started : undefined, maxAge(settings)) },
    { by: 'its state', pastMs: pastMs(...ownLimit(status, settings)) },
    { by: 'its idle time', pastMs: pastMs(idle(status) ? status.idleSince : undefined, idleMinutes) },
    {
      by: 'trust in LastModified',
      pastMs: pastMs(
        settings.trust.lastModified && lacksIdleSince(answer) ? status.changed : undefined,
        idleMinutes,
      ),
    },
  ] as const;
  return all.filter((limit) => limit.pastMs >= 0);
}

/** Whether a session is idle and nothing shows since when. */
export function lacksIdleSince(answer: SessionAnswer): boolean {
  const status = statusOf(answer);
  return idle(status) && status.idleSince === undefined;
}

/** Whether possible instants of an idle session show that LastModifiedDateTime did not move when it turned idle. */
export function contradictsTrust(answer: SessionAnswer, now: number): boolean {
  const status = statusOf(answer);
  const { idleSince = 0, changed = 0, started = SERVICE_BEGAN } = status;
  const isPossible = started >= SERVICE_BEGAN && changed >= started && idleSince <= now;
  return idle(status) && isPossible && changed < idleSince - MINUTE;
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

const AGED: readonly (JsonValue | undefined)[] = ['IDLE', 'DEGRADED', 'CREATING', 'CREATED', 'BUSY'];

function maxAge({ stuck }: SweepSettings): number | undefined {
  return stuck.maxAgeMinutes;
}

function idle({ state }: Status): boolean {
  return state === 'IDLE';
}

/** The instant and the limit of a state other than IDLE. */
function ownLimit(
  { state, started, changed }: Status,
  { stuck }: SweepSettings,
): readonly [since: number | undefined, minutes: number | undefined] {
  switch (state) {
    case 'CREATING':
      return [started, stuck.creatingMinutes];
    case 'DEGRADED':
      return [changed, stuck.degradedMinutes];
    case 'CREATED':
      return [changed, stuck.createdMinutes];
    case 'BUSY':
      return [changed, stuck.busyMinutes];
    default:
      return [undefined, undefined];
  }
}

function statusOf({ Status }: SessionAnswer): Status {
  const status = isJsonObject(Status) ? Status : {};
  return {
    state: status.State,
    started: instant(status.StartDateTime),
    changed: instant(status.LastModifiedDateTime),
    idleSince: instant(status.IdleSinceDateTime),
  };
}

/** Epoch milliseconds of a timestamp on the wire. */
function instant(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  return Math.round(Number(value) * 1_000);
}
