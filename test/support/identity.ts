import { onTestFinished } from 'vitest';
import { serveLoopback } from './loopback.js';

/** The regions that an STS was asked in, and where it is. */
export interface ServedIdentity {
  readonly url: string;
  readonly askedIn: readonly string[];
  /** What each call was signed with. */
  readonly accessKeys: readonly string[];
}

/** STS as far as GetCallerIdentity and AssumeRole, until the test ends. */
export async function serveIdentity(
  options: {
    readonly partition?: string;
    /** What GetCallerIdentity says the account is. @default 222233334444 */
    readonly account?: string;
    /** Regions that are not enabled for the account. */
    readonly disabled?: readonly string[];
    /** The code that AssumeRole asks for. */
    readonly mfaCode?: string;
  } = {},
): Promise<ServedIdentity> {
  const { partition = 'aws', account = '222233334444', disabled = [], mfaCode } = options;
  const askedIn: string[] = [];
  const accessKeys: string[] = [];
  const { url, close } = await serveLoopback(async ({ headers, body }) => {
    const [, key = '', region = ''] =
      /Credential=([^/]+)\/\d{8}\/([^/]+)\/sts/.exec(headers.authorization ?? '') ?? [];
    askedIn.push(region);
    accessKeys.push(key);
    const call = new URLSearchParams(body);
    if (disabled.includes(region)) return refusal('InvalidClientTokenId', 'The security token is invalid.');
    if (call.get('Action') === 'GetCallerIdentity') return identity(partition, account);
    if ((call.get('TokenCode') ?? undefined) !== mfaCode)
      return refusal('AccessDenied', 'MultiFactorAuthentication failed.');
    return assumed();
  });
  onTestFinished(close);
  return { url, askedIn, accessKeys };
}

function identity(partition: string, account: string) {
  const arn = `arn:${partition}:iam::${account}:user/me`;
  const result = `<Account>${account}</Account><Arn>${arn}</Arn><UserId>AIDA</UserId>`;
  return xml(
    200,
    'GetCallerIdentityResponse',
    `<GetCallerIdentityResult>${result}</GetCallerIdentityResult>`,
  );
}

function assumed() {
  const expiration = new Date(Date.now() + 3_600_000).toISOString();
  const credentials =
    '<AccessKeyId>ASIAMFA</AccessKeyId><SecretAccessKey>loopback-only</SecretAccessKey>' +
    `<SessionToken>loopback-only</SessionToken><Expiration>${expiration}</Expiration>`;
  const result = `<AssumeRoleResult><Credentials>${credentials}</Credentials></AssumeRoleResult>`;
  return xml(200, 'AssumeRoleResponse', result);
}

function refusal(code: string, message: string) {
  return xml(403, 'ErrorResponse', `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

function xml(status: number, element: string, content: string) {
  const body = `<${element} xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${content}</${element}>`;
  return { status, headers: { 'Content-Type': 'text/xml' }, body };
}
