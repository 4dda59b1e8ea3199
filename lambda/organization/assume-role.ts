import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { CLIENT_DEFAULTS } from '../athena/athena-sessions.js';
import type { CredentialProvider, RoleRequest } from './member-role.js';

let sts: STSClient | undefined;

/** One AssumeRole call, never retried here: the call that needs the credentials is. */
export async function assumeRole(
  request: RoleRequest,
  region: string,
): Promise<Awaited<ReturnType<CredentialProvider>>> {
  sts ??= new STSClient({ ...CLIENT_DEFAULTS, region });
  const { Credentials } = await sts.send(new AssumeRoleCommand(request));
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
    throw new TypeError(`STS gave no credentials for ${request.RoleArn}`);
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(Expiration && { expiration: Expiration }),
  };
}
