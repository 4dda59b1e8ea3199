/** The role in another account: what is asked of STS for one target, and when. */
import type { Account } from '../athena/athena-sessions.js';
import type { Mode, OrganizationSettings } from '../contract/settings.js';
import { assumeRole, type CredentialProvider, type RoleRequest } from './assume-role.js';

/** One region of one account. */
export interface Target {
  readonly accountId: string;
  readonly region: string;
}

/** The shortest that STS gives, and longer than any invocation. */
const SESSION_SECONDS = 900;

/** Asks for the member role held to one region, and to what the mode needs, by a session policy. */
export function roleRequest(
  { accountId, region }: Target,
  { memberRoleName, externalId }: OrganizationSettings,
  mode: Mode,
  partition: Account['partition'],
): RoleRequest {
  const operations = ['ListWorkGroups', 'ListSessions', 'GetSession', 'ListTagsForResource'];
  if (mode === 'terminate') operations.push('TerminateSession');
  return {
    RoleArn: `arn:${partition}:iam::${accountId}:role/${memberRoleName}`,
    // What CloudTrail shows in the member account.
    RoleSessionName: `athena-session-reaper-${region}`,
    ExternalId: externalId,
    DurationSeconds: SESSION_SECONDS,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: operations.map((operation) => `athena:${operation}`),
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': region } },
        },
      ],
    }),
  };
}

/**
 * Credentials of the role, asked for at the first call that needs them: a refusal or a throttled STS then is an
 * error of that call, retried and reported as any other.
 * @param stsRegion whose STS to ask; its credentials hold in every region.
 */
export function memberCredentials(request: RoleRequest, stsRegion: string): CredentialProvider {
  return () => assumeRole(request, stsRegion);
}
