/** The operations on tags of workgroups and sessions. */
import type { ListTagsForResourceOutput } from '@aws-sdk/client-athena';
import * as v from 'valibot';
import { tagsOf } from '../store/arn.js';
import type { OnWire } from '../wire/json.js';
import { pageAfter, pageToken, positionIn } from '../wire/page-token.js';
import { invalidRequest } from '../wire/service-error.js';
import { structure, text, whole } from '../wire/shape.js';
import { defineOperation } from './define-operation.js';

/** By the user guide, for each workgroup. */
const MAX_TAGS = 50;
const PAGE_SIZE = 75;
const INT_MAX = 2 ** 31 - 1;

const tagKey = text(1, 128);
export const tagList = v.array(structure({ Key: tagKey, Value: v.optional(text(0, 256), '') }));
const resourceArn = text(1, 1011);

/**
 * `tags` with `added`, if the service would take them.
 * @throws ServiceError InvalidRequestException for a reserved key or too many tags.
 */
export function checkedTags(
  tags: ReadonlyMap<string, string>,
  added: v.InferOutput<typeof tagList>,
): Map<string, string> {
  const reserved = added.find(({ Key }) => Key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) {
    throw invalidRequest(`Tag key ${reserved.Key} is reserved: aws: is not allowed.`);
  }
  const all = new Map([...tags, ...added.map(({ Key, Value }) => [Key, Value] as const)]);
  if (all.size > MAX_TAGS) throw invalidRequest(`A resource can have at most ${MAX_TAGS} tags.`);
  return all;
}

export const tagOperations = {
  TagResource: defineOperation(
    structure({ ResourceARN: resourceArn, Tags: tagList }),
    (store, { ResourceARN, Tags }) => {
      const tags = tagsOf(store, ResourceARN);
      for (const [key, value] of checkedTags(tags, Tags)) tags.set(key, value);
      return {};
    },
  ),

  UntagResource: defineOperation(
    structure({ ResourceARN: resourceArn, TagKeys: v.array(tagKey) }),
    (store, { ResourceARN, TagKeys }) => {
      const tags = tagsOf(store, ResourceARN);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },
  ),

  ListTagsForResource: defineOperation(
    structure({
      ResourceARN: resourceArn,
      NextToken: v.optional(text(1, 1024)),
      MaxResults: v.optional(whole(PAGE_SIZE, INT_MAX), PAGE_SIZE),
    }),
    (store, { ResourceARN, NextToken, MaxResults }): OnWire<ListTagsForResourceOutput> => {
      const listing = `ListTagsForResource/${ResourceARN}`;
      const tags = [...tagsOf(store, ResourceARN)].sort(([a], [b]) => (a < b ? -1 : 1));
      const after = NextToken === undefined ? undefined : positionIn(listing, NextToken);
      const page = pageAfter(tags, ([key]) => key, after, MaxResults);
      return {
        Tags: page.items.map(([Key, Value]) => ({ Key, Value })),
        NextToken: page.next === undefined ? undefined : pageToken(listing, page.next),
      };
    },
  ),
};
