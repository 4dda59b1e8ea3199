/** The exemptions that the tags of one resource give: what a sweep reads from them, with their ends. */
import type { Tags } from '../../lambda/policy/session.js';
import { endOfExemption, isTagKey, sparingBy } from '../../lambda/policy/tags.js';

/** Whose tags they are. */
export type TagPlace = 'session' | 'workgroup';

export interface TagExemption {
  /** The tag and its place, e.g. `tag session-reaper:exempt=true on session`. */
  readonly by: string;
  /** When it ends; missing where it has no end. */
  readonly until?: Date;
}

/**
 * Those that stand now, those without an end first, then the one that ends last.
 * @param prefix first part of the tag keys, e.g. `session-reaper`.
 */
export function exemptionsInTags(
  tags: Tags,
  place: TagPlace,
  prefix: string,
  now: Date,
): readonly TagExemption[] {
  const found = Object.entries(tags).flatMap(([key, value]): readonly TagExemption[] => {
    // One tag at a time, by the very function that a sweep reads them with.
    const alone = { [key]: value };
    const { exempt } =
      place === 'session' ? sparingBy({}, alone, prefix, now) : sparingBy(alone, {}, prefix, now);
    if (!exempt) return [];
    const until = isTagKey(key, exemptKey(prefix)) ? endOfExemption(value) : undefined;
    return [{ by: exempt.by, ...(until && { until }) }];
  });
  return found.toSorted(longestFirst);
}

/**
 * What is left of exemptions where none may hold beyond a moment.
 * @param end of them all; missing where there is none.
 */
export function endingBy(
  exemptions: readonly TagExemption[],
  end: Date | undefined,
  now: Date,
): readonly TagExemption[] {
  if (!end) return exemptions;
  if (end <= now) return [];
  return exemptions.map((each) => (each.until && each.until < end ? each : { ...each, until: end }));
}

/** The key of the tag that exempts. */
export function exemptKey(prefix: string): string {
  return `${prefix}:exempt`;
}

/** For sorting: what has no end comes before what has one, and a later end before an earlier one. */
export function longestFirst(a: { readonly until?: Date }, b: { readonly until?: Date }): number {
  return endOf(b) - endOf(a) || 0;
}

function endOf({ until }: { readonly until?: Date }): number {
  return until?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
