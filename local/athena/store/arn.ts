/** Amazon Resource Names of workgroups and sessions. */
import { partition as partitionAt } from '@aws-sdk/core/client';
import { invalidRequest, resourceNotFound } from '../wire/service-error.js';
import type { World } from '../world/world.js';
import type { RegionStore } from './region-store.js';

const ARN = /^arn:([^:]+):athena:([^:]+):([^:]+):(.+)$/;
const RESOURCE = /^workgroup\/([^/]+)(?:\/session\/([^/]+))?$/;

/**
 * The tags of the workgroup or session that an ARN names.
 * @throws ServiceError InvalidRequestException for what is no ARN of this account and region,
 * ResourceNotFoundException for a resource that is not there, and what the world says for any session.
 */
export function tagsOf(store: RegionStore, arn: string): Map<string, string> {
  const [, partition, region, account, resource = ''] = ARN.exec(arn) ?? [];
  const here = partition === partitionOf(store.region) && region === store.region;
  if (!here || account !== store.account) {
    throw invalidRequest(`Resource ARN ${arn} is not one of this account and Region.`);
  }
  const { workGroup = '', sessionId } = namedBy(arn);
  if (sessionId !== undefined) checkSessionTags(store.world, arn);
  const session = store.sessions.get(sessionId ?? '');
  const tags =
    sessionId === undefined
      ? store.findWorkgroup(workGroup)?.tags
      : session?.workGroup === workGroup
        ? session.tags
        : undefined;
  if (tags === undefined) throw resourceNotFound(`Resource ${resource} does not exist.`, arn);
  return tags;
}

/** The workgroup and, where it is a session's, the session that an ARN names. */
export function namedBy(arn: string): { readonly workGroup?: string; readonly sessionId?: string } {
  const [, , , , resource = ''] = ARN.exec(arn) ?? [];
  const [, workGroup, sessionId] = RESOURCE.exec(resource) ?? [];
  if (workGroup === undefined) return {};
  return sessionId === undefined ? { workGroup } : { workGroup, sessionId };
}

/** The ARN of a workgroup of this account and region, or of a session in it. */
export function arnOf({ region, account }: RegionStore, workGroup: string, sessionId?: string): string {
  const arn = `arn:${partitionOf(region)}:athena:${region}:${account}:workgroup/${workGroup}`;
  return sessionId === undefined ? arn : `${arn}/session/${sessionId}`;
}

/** @throws ServiceError where the tags of sessions cannot be read in this world. */
function checkSessionTags({ sessionTags }: World, arn: string): void {
  switch (sessionTags) {
    case 'read':
      return;
    case 'InvalidRequestException':
      throw invalidRequest(`Resource ARN ${arn} is not valid.`);
    case 'ResourceNotFoundException':
      throw resourceNotFound(`Resource ${arn} does not exist.`, arn);
  }
}

export function partitionOf(region: string): string {
  return partitionAt(region).name;
}
