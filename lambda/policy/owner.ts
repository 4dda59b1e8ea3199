/** Whose session it is. */
import { plainText } from '../contract/plain-text.js';
import type { OwnerSource } from '../contract/report.js';
import type { Session, Tags } from './session.js';

/** The person, team or role that a session belongs to. */
export interface Owner {
  /** As the tag or the role has it: text from elsewhere, which is made plain before anybody sees it. */
  readonly name: string;
  readonly from: OwnerSource;
}

/** The tags of a session and of its workgroup. */
export interface TagsOfBoth {
  readonly ofSession: Tags;
  readonly ofWorkgroup: Tags;
}

const NO_TAGS: TagsOfBoth = { ofSession: {}, ofWorkgroup: {} };

/**
 * The owner by the session's own tags, then by its workgroup's, then by the role that the session runs as.
 * @param tags undefined where none were read.
 * @param tagKeys the first that is there, and has a value that can be seen, names the owner.
 * @returns undefined where nothing names one, or nobody has read it: only GetSession shows the role.
 */
export function ownerOf(
  { executionRole }: Pick<Session, 'executionRole'>,
  tags: TagsOfBoth | undefined,
  tagKeys: readonly string[],
): Owner | undefined {
  const { ofSession, ofWorkgroup } = tags ?? NO_TAGS;
  const candidates: readonly (readonly [OwnerSource, string | undefined])[] = [
    ['tag', firstTag(ofSession, tagKeys)],
    ['workgroup-tag', firstTag(ofWorkgroup, tagKeys)],
    ['role', roleName(executionRole)],
  ];
  const [owner] = candidates.flatMap(([from, name]) => (name === undefined ? [] : [{ name, from }]));
  return owner;
}

/** The name at the end of a role's ARN; a role may have a path before it. */
export function roleName(arn: string | undefined): string | undefined {
  const name = arn?.split('/').at(-1);
  return isSeen(name) ? name : undefined;
}

function firstTag(tags: Tags, keys: readonly string[]): string | undefined {
  return keys.map((key) => (Object.hasOwn(tags, key) ? tags[key] : undefined)).find(isSeen);
}

function isSeen(text: string | undefined): text is string {
  return text !== undefined && plainText(text).trim() !== '';
}
