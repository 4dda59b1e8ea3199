/** Amazon Resource Names of workgroups and sessions. */
import { invalidRequest, resourceNotFound } from '../wire/service-error.js';
import type { RegionStore } from './region-store.js';

const ARN = /^arn:([^:]+):athena:([^:]+):([^:]+):(.+)$/;
const RESOURCE = /^workgroup\/([^/]+)(?:\/session\/([^/]+))?$/;

/**
 * The tags of the workgroup or session that an ARN names.
 * @throws ServiceError InvalidRequestException for what is no ARN of this account and region,
 * ResourceNotFoundException for a resource that is not there.
 */
export function tagsOf(store: RegionStore, arn: string): Map<string, string> {
  const [, partition, region, account, resource = ''] = ARN.exec(arn) ?? [];
  const here = partition === partitionOf(store.region) && region === store.region;
  if (!here || account !== store.account) {
    throw invalidRequest(`Resource ARN ${arn} is not one of this account and Region.`);
  }
  const { workGroup = '', sessionId } = namedBy(arn);
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

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
