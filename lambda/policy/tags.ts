/**
 * What tags can do: spare a session, by exempting it or by a longer idle limit. They never end one sooner,
 * which is why tags need reading only where something is due.
 *
 * `<prefix>:exempt` is `true`, or an ISO date until which it holds; `<prefix>:idle-minutes` is a number.
 * For each key, a session's own tag wins over its workgroup's.
 */

import type { Tags } from '../athena/session-service.js';
import { RANGES } from '../contract/settings.js';

/** What the tags of a session and of its workgroup ask for together. */
export interface Sparing {
  readonly exempt?: { readonly by: string };
  readonly idle?: { readonly by: string; readonly minutes: number };
}

export const NO_SPARING: Sparing = {};

/** @param prefix first part of the tag keys, e.g. `session-reaper`. */
export function sparingBy(workgroupTags: Tags, sessionTags: Tags, prefix: string, now: Date): Sparing {
  const exempt = tagged(workgroupTags, sessionTags, `${prefix}:exempt`);
  const idle = tagged(workgroupTags, sessionTags, `${prefix}:idle-minutes`);
  const minutes = idle && idleMinutes(idle.value);
  return {
    ...(exempt && isExempt(exempt.value, now) && { exempt: { by: exempt.by } }),
    // A limit that cannot be read spares too: somebody wanted more time, and a guess could end their session.
    ...(idle && minutes === undefined && { exempt: { by: idle.by } }),
    ...(idle && minutes !== undefined && { idle: { by: idle.by, minutes } }),
  };
}

interface Tagged {
  readonly value: string;
  readonly by: string;
}

function tagged(workgroupTags: Tags, sessionTags: Tags, key: string): Tagged | undefined {
  const onSession = sessionTags[key];
  const value = onSession ?? workgroupTags[key];
  if (value === undefined) return undefined;
  return { value, by: `tag ${key}=${value} on ${onSession === undefined ? 'workgroup' : 'session'}` };
}

/** Only `false` and a date in the past do not exempt: a value that nobody can read was meant to protect. */
function isExempt(value: string, now: Date): boolean {
  const text = value.trim().toLowerCase();
  if (text === 'false') return false;
  const until = endOf(text);
  return until === undefined || until > now.getTime();
}

/** Epoch milliseconds at which an ISO date or instant is over; a bare date holds to the end of that day, UTC. */
function endOf(text: string): number | undefined {
  const bareDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!bareDate && !/^\d{4}-\d{2}-\d{2}t/.test(text)) return undefined;
  const time = Date.parse(bareDate ? `${text}T23:59:59.999Z` : text.toUpperCase());
  return Number.isNaN(time) ? undefined : time;
}

function idleMinutes(value: string): number | undefined {
  const { min, max } = RANGES.limitMinutes;
  // An empty value is 0 to JavaScript, and below any limit.
  const minutes = Number(value);
  return Number.isInteger(minutes) && minutes >= min && minutes <= max ? minutes : undefined;
}
