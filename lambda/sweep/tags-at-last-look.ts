/** What the tags of a due session and of its workgroup say at its last look. */
import type { SessionService } from '../athena/session-service.js';
import type { ReaperSettings } from '../contract/settings.js';
import type { TagsOfBoth } from '../policy/owner.js';
import type { Session } from '../policy/session.js';
import { NO_SPARING, type Sparing, sparingBy } from '../policy/tags.js';

export interface TagsRead {
  readonly sparing: Sparing;
  /** Missing where the settings have tags off. */
  readonly tags?: TagsOfBoth;
  /** Whether Athena said that the session's own tags cannot be read. */
  readonly unreadable: boolean;
}

export const NO_TAGS: TagsRead = { sparing: NO_SPARING, unreadable: false };

/**
 * Reads the session's first: where that takes long, the workgroup's are no older than the two seconds that they may be
 * remembered.
 * @param fresh whether not even the last two seconds of the workgroup's tags may be remembered.
 * @throws SessionServiceError where the workgroup's cannot be read, whatever the reason, or the session's for any
 * other than that they cannot be read at all.
 */
export async function readTags(
  { workGroup, sessionId }: Session,
  service: SessionService,
  { settings, now, stop }: { settings: Pick<ReaperSettings, 'tags'>; now: Date; stop: AbortSignal },
  fresh = false,
): Promise<TagsRead> {
  if (!settings.tags.enabled) return NO_TAGS;
  const { tags, readable } = await service.sessionTags(workGroup, sessionId, stop);
  const ofWorkgroup = await service.workgroupTags(workGroup, stop, { fresh });
  const sparing = sparingBy(ofWorkgroup, tags, settings.tags.prefix, now);
  return { sparing, tags: { ofSession: tags, ofWorkgroup }, unreadable: !readable };
}
