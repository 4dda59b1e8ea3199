/** One change of an exemption: made, read back, and said as it is. */
import { failureOf } from '../../lambda/athena/errors.js';
import { isFailure, type SessionServiceError } from '../../lambda/athena/session-service.js';
import type { Tags } from '../../lambda/policy/session.js';
import { isTagKey } from '../../lambda/policy/tags.js';
import { exemptKey } from './exemptions-in-tags.js';
import type { TaggedResource } from './tagged-resource.js';

/** What is asked for: a tag with a value, or none. */
export type Change = { readonly kind: 'set'; readonly value: string } | { readonly kind: 'remove' };

/** What came of it. */
export interface Changed {
  /** The tags that were set or removed, as `key=value` or `key`; empty where there was nothing to remove. */
  readonly tags: readonly string[];
  readonly readBack: ReadBack;
}

/** Whether ListTagsForResource shows the change afterwards. */
export type ReadBack =
  /** With all tags of the resource. */
  | { readonly kind: 'seen'; readonly tags: Tags }
  | { readonly kind: 'not seen'; readonly tags: Tags }
  /** Missing error: Athena says that there is nothing to read at the ARN. */
  | { readonly kind: 'not readable'; readonly error?: SessionServiceError };

/**
 * What is begun is carried through and read back within this time, even after Ctrl+C: nobody should have to guess
 * whether a tag was set.
 */
const LONGEST_CHANGE_MS = 30_000;
/** A tag may show a little later than it was set. */
const READS = 3;
const PAUSE_MS = 500;

/**
 * Sets or removes the tag that exempts a resource. `interrupted` stops it only before the change itself.
 * @param before the tags that the resource has now; undefined where they cannot be read.
 * @throws SessionServiceError where nothing was changed.
 */
export async function change(
  resource: TaggedResource,
  asked: Change,
  prefix: string,
  before: Tags | undefined,
): Promise<Changed> {
  const signal = AbortSignal.timeout(LONGEST_CHANGE_MS);
  if (asked.kind === 'set') return setTag(resource, exemptKey(prefix), asked.value, signal);
  // Keys in another case, or with blanks around them, exempt too.
  const keys =
    before === undefined
      ? [exemptKey(prefix)]
      : Object.keys(before).filter((key) => isTagKey(key, exemptKey(prefix)));
  if (keys.length === 0) return { tags: [], readBack: { kind: 'seen', tags: before ?? {} } };
  return removeTags(resource, keys, signal);
}

async function setTag(
  resource: TaggedResource,
  key: string,
  value: string,
  signal: AbortSignal,
): Promise<Changed> {
  return made(
    () => resource.tag(key, value, signal),
    (tags) => tags[key] === value,
    [`${key}=${value}`],
    resource,
    signal,
  );
}

async function removeTags(
  resource: TaggedResource,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Changed> {
  return made(
    () => resource.untag(keys, signal),
    (tags) => keys.every((key) => !(key in tags)),
    keys,
    resource,
    signal,
  );
}

type IsSeen = (tags: Tags) => boolean;

async function made(
  make: () => Promise<void>,
  isSeen: IsSeen,
  tags: readonly string[],
  resource: TaggedResource,
  signal: AbortSignal,
): Promise<Changed> {
  try {
    await make();
  } catch (error) {
    // No answer is no refusal: the change may have been made, and a look shows it.
    if (!isFailure(error, 'unavailable', 'out-of-time')) throw error;
    const readBack = await readAfter(resource, isSeen, AbortSignal.timeout(LONGEST_CHANGE_MS));
    if (readBack.kind === 'seen') return { tags, readBack };
    throw error;
  }
  return { tags, readBack: await readAfter(resource, isSeen, signal) };
}

async function readAfter(resource: TaggedResource, isSeen: IsSeen, signal: AbortSignal): Promise<ReadBack> {
  try {
    for (let read = 1; ; read += 1) {
      const tags = await resource.tags(signal);
      if (tags === undefined) return { kind: 'not readable' };
      if (isSeen(tags)) return { kind: 'seen', tags };
      if (read === READS) return { kind: 'not seen', tags };
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  } catch (error) {
    return { kind: 'not readable', error: failureOf('ListTagsForResource', error) };
  }
}
