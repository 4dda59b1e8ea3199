/** One call to STS: the role in another account, as credentials for a client. */
import type { AthenaClientConfig } from '@aws-sdk/client-athena';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { CLIENT_DEFAULTS } from '../athena/athena-sessions.js';

/** The parameters of an AssumeRole call. */
export interface RoleRequest {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly ExternalId: string;
  readonly DurationSeconds: number;
  readonly Policy: string;
}

export type CredentialProvider = Extract<AthenaClientConfig['credentials'], (...args: never[]) => unknown>;

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
