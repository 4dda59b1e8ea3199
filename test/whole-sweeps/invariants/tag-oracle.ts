/** What tags spare, said a second time in other words than `lambda/policy/tags.ts`. */

/** Tags as an answer has them: pairs, of which two may differ in the letter case of their keys alone. */
export type TagPairs = readonly (readonly [key: string, value: string])[];

const HOUR = 3_600_000;

/** Whether one of the tags exempts, be it that it cannot be read. */
export function isExemptByTags(pairs: TagPairs, prefix: string, now: number): boolean {
  const unreadable = valuesOf(pairs, `${prefix}:idle-minutes`).some((text) => minutesIn(text) === undefined);
  return unreadable || valuesOf(pairs, `${prefix}:exempt`).some((text) => exempts(text, now));
}

/** The longest idle limit that the tags give, in minutes; 0 where they give none. */
export function longestIdleMinutes(pairs: TagPairs, prefix: string): number {
  return Math.max(0, ...valuesOf(pairs, `${prefix}:idle-minutes`).map((text) => minutesIn(text) ?? 0));
}

function valuesOf(pairs: TagPairs, key: string): readonly string[] {
  return pairs.filter(([written]) => written.trim().toLowerCase() === key).map(([, value]) => value);
}

function minutesIn(text: string): number | undefined {
  const minutes = /^\d+$/.test(text) ? Number(text) : 0;
  return minutes >= 1 && minutes <= 10_080 ? minutes : undefined;
}

/** Everything but `false` and an instant that is past everywhere. */
function exempts(text: string, now: number): boolean {
  const value = text.trim();
  if (/^false$/i.test(value)) return false;
  const day = /^\d{4}-\d{2}-\d{2}$/;
  // A day is over everywhere when it is over at UTC-12, at noon of the next day.
  if (day.test(value)) return Date.parse(value) + 36 * HOUR > now;
  if (!/^\d{4}-\d{2}-\d{2}T/.test(value)) return true;
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/.test(value);
  return Date.parse(hasZone ? value : `${value}Z`) + (hasZone ? 0 : 12 * HOUR) > now;
}
