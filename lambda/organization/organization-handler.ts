/** An organization's entry point: what is made once per container, beside what every sweep uses. */
import { AthenaClient } from '@aws-sdk/client-athena';
import { AthenaSessions, CLIENT_DEFAULTS } from '../athena/athena-sessions.js';
import type { Host, InvocationContext } from '../host/host.js';
import type { OrganizationHost } from './organization-host.js';
import { invokeInOrganization, type OrganizationAnswer } from './organization-invocation.js';
import { ownLogIn } from './own-log.js';

/** @param clientIn makes the function's own client in a region, or has made it. */
export function organizationHandlerOn(
  host: Host,
  clientIn: (region: string) => AthenaClient,
): (event: unknown, context: InvocationContext) => Promise<OrganizationAnswer> {
  const organizationHost: OrganizationHost = {
    ...host,
    connectAs: (region, account, credentials) => {
      // The accounts that a container serves share its connections, and nothing of an account is kept.
      const { requestHandler } = clientIn(region).config;
      const client = new AthenaClient({ ...CLIENT_DEFAULTS, region, requestHandler, credentials });
      return new AthenaSessions(client, region, account);
    },
    summarized: new Set(),
    ownLog: ownLogIn(host.ownRegion, process.env.AWS_LAMBDA_LOG_GROUP_NAME ?? ''),
  };
  return (event, context) => invokeInOrganization(event, context, organizationHost);
}
