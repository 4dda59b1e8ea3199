/** The Deny by a tag that IAM may put in the way of TerminateSession. */
import { arnOf, partitionOf } from '../store/arn.js';
import type { RegionStore } from '../store/region-store.js';
import type { StoredSession } from '../store/session.js';
import { ServiceError } from '../wire/service-error.js';

/**
 * IAM judges each resource that Athena names in the authorization request: always the workgroup, and in some
 * worlds the session too.
 * @throws ServiceError AccessDeniedException where one of them has the tag.
 */
export function checkTagDeny(store: RegionStore, session: StoredSession): void {
  const { workGroup } = session;
  const workgroupTags = store.workgroup(workGroup).tags;
  if (isDenied(store, workgroupTags)) throw accessDenied(store, arnOf(store, workGroup));
  if (store.world.denyBySessionTag === 'holds' && isDenied(store, session.tags)) {
    throw accessDenied(store, arnOf(store, workGroup, session.id));
  }
}

/** As `StringEqualsIgnoreCase` on `aws:ResourceTag/<key>` does; names of condition keys have no letter case. */
function isDenied({ denyTagged }: RegionStore, tags: ReadonlyMap<string, string>): boolean {
  if (denyTagged === undefined) return false;
  return [...tags].some(
    ([key, value]) => equalIgnoringCase(key, denyTagged.key) && equalIgnoringCase(value, denyTagged.value),
  );
}

function equalIgnoringCase(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function accessDenied({ region, account }: RegionStore, arn: string): ServiceError {
  const user = `arn:${partitionOf(region)}:sts::${account}:assumed-role/embedded-athena/caller`;
  return new ServiceError(
    'AccessDeniedException',
    `User: ${user} is not authorized to perform: athena:TerminateSession on resource: ${arn} ` +
      'with an explicit deny in an identity-based policy',
  );
}
