/**
 * What tags can do: spare a session, by exempting it or by a longer idle limit. They never end one sooner, which is
 * why tags need reading only where something is due.
 *
 * `<prefix>:exempt` is `true`, or an ISO date until which it holds; `<prefix>:idle-minutes` is a number.
 * For each key the more generous of session and workgroup holds: a session may carry a stale copy of its workgroup's
 * tags, because Athena copies them when the session starts. So a session's `false` never lifts its workgroup's
 * exemption either.
 */

import { RANGES } from '../contract/settings.js';
import type { Tags } from './session.js';

/** What the tags of a session and of its workgroup ask for together. */
export interface Sparing {
  readonly exempt?: { readonly by: string };
  readonly idle?: { readonly by: string; readonly minutes: number };
}

export const NO_SPARING: Sparing = {};

/** @param prefix first part of the tag keys, e.g. `session-reaper`. */
export function sparingBy(workgroupTags: Tags, sessionTags: Tags, prefix: string, now: Date): Sparing {
  const tagged = (key: string) => [
    ...tagsNamed(key, sessionTags, 'session'),
    ...tagsNamed(key, workgroupTags, 'workgroup'),
  ];
  const limits = tagged(`${prefix}:idle-minutes`).map((tag) => ({ ...tag, minutes: idleMinutes(tag.value) }));
  const exempt =
    tagged(`${prefix}:exempt`).find(({ value }) => isExempt(value, now)) ??
    // A limit that cannot be read spares too: somebody wanted more time, and a guess could end their session.
    limits.find(({ minutes }) => minutes === undefined);
  const longest = limits.reduce<Sparing['idle']>(
    (most, { by, minutes }) =>
      minutes !== undefined && minutes > (most?.minutes ?? 0) ? { by, minutes } : most,
    undefined,
  );
  return { ...(exempt && { exempt: { by: exempt.by } }), ...(longest && { idle: longest }) };
}

/** Whether a key, as it is written on a resource, means this one. */
export function isTagKey(written: string, key: string): boolean {
  return written.trim().toLowerCase() === key.toLowerCase();
}

/**
 * When an exemption with this value ends: the latest instant that its date or time can mean anywhere on earth.
 * @returns undefined where the value is neither, so that the exemption has no end.
 */
export function endOfExemption(value: string): Date | undefined {
  const until = latestMeaningOf(value.trim().toLowerCase());
  return until === undefined ? undefined : new Date(until);
}

interface Tagged {
  readonly value: string;
  readonly by: string;
}

/** A key in another case, or with blanks around it, was meant: whoever wrote it wants to be spared. */
function tagsNamed(key: string, tags: Tags, place: 'session' | 'workgroup'): readonly Tagged[] {
  return Object.entries(tags)
    .filter(([written]) => isTagKey(written, key))
    .map(([written, value]) => ({ value, by: `tag ${written.trim()}=${value} on ${place}` }));
}

/** Only `false` and a date in the past do not exempt: a value that nobody can read was meant to protect. */
function isExempt(value: string, now: Date): boolean {
  const text = value.trim().toLowerCase();
  if (text === 'false') return false;
  const until = latestMeaningOf(text);
  return until === undefined || until > now.getTime();
}

/** The last zone in which a day ends: UTC-12. A date or time without a zone may have been meant there. */
const LATEST_ZONE = '-12:00';

/**
 * The latest instant, in epoch milliseconds, that an ISO date or time can mean anywhere on earth; a bare date holds
 * to the end of its day.
 * @returns undefined where it is none.
 */
function latestMeaningOf(text: string): number | undefined {
  const [, day, time = 't23:59:59.999', zone = LATEST_ZONE] =
    /^(\d{4}-\d{2}-\d{2})(t[\d:.]+)?(z|[+-]\d{2}:?\d{2})?$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  const instant = Date.parse(`${day}${time}${zone}`.toUpperCase());
  return Number.isNaN(instant) ? undefined : instant;
}

function idleMinutes(value: string): number | undefined {
  const { min, max } = RANGES.limitMinutes;
  // An empty value is 0 to JavaScript, and below any limit.
  const minutes = Number(value);
  return Number.isInteger(minutes) && minutes >= min && minutes <= max ? minutes : undefined;
}
