import { type Loopback, type LoopbackAnswer, serveLoopback } from '../loopback.js';

/** What was asked of STS: the parameters of an AssumeRole call. */
export type AssumeRoleCall = Readonly<Record<string, string>>;

export interface ServedSts extends Loopback {
  /** The regions that calls were signed for. */
  readonly signedFor: readonly (string | undefined)[];
  readonly calls: readonly AssumeRoleCall[];
}

/** The access key id of the credentials that the stub gives for a role in an account. */
export function accessKeyOf(accountId: string): string {
  return `ASIA${accountId}`;
}

/** STS as far as AssumeRole: gives credentials of the role's account, or refuses. */
export async function serveSts(options: {
  readonly externalId: string;
  /** Accounts whose role does not trust the caller. */
  readonly refusing?: readonly string[];
  /** Throttles this many calls first. @default 0 */
  readonly throttling?: number;
  /** What the credentials are given without. */
  readonly lacking?: 'AccessKeyId' | 'SecretAccessKey' | 'SessionToken' | 'Expiration' | undefined;
}): Promise<ServedSts> {
  const calls: AssumeRoleCall[] = [];
  const signedFor: (string | undefined)[] = [];
  const loopback = await serveLoopback(async ({ headers, body }) => {
    signedFor.push(/Credential=[^/]+\/\d{8}\/([^/]+)\/sts/.exec(headers.authorization ?? '')?.[1]);
    const call = Object.fromEntries(new URLSearchParams(body));
    calls.push(call);
    const accountId = /^arn:aws:iam::(\d{12}):role\//.exec(call.RoleArn ?? '')?.[1];
    if (call.Action !== 'AssumeRole' || accountId === undefined)
      return refusal('InvalidAction', 'not served here');
    if (calls.length <= (options.throttling ?? 0)) return refusal('Throttling', 'Rate exceeded');
    if (call.ExternalId !== options.externalId || options.refusing?.includes(accountId)) {
      return refusal(
        'AccessDenied',
        `User is not authorized to perform: sts:AssumeRole on resource: ${call.RoleArn}`,
      );
    }
    const credentials = {
      AccessKeyId: accessKeyOf(accountId),
      SecretAccessKey: 'loopback-only',
      SessionToken: 'loopback-only',
      Expiration: new Date(Date.now() + Number(call.DurationSeconds) * 1_000).toISOString(),
    };
    const elements = Object.entries(credentials)
      .filter(([name]) => name !== options.lacking)
      .map(([name, value]) => `<${name}>${value}</${name}>`);
    return xml(200, 'AssumeRoleResponse', [
      `<AssumeRoleResult><Credentials>${elements.join('')}</Credentials></AssumeRoleResult>`,
    ]);
  });
  return { ...loopback, calls, signedFor };
}

function refusal(code: string, message: string): LoopbackAnswer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return xml(403, 'ErrorResponse', [error]);
}

function xml(status: number, element: string, content: readonly string[]): LoopbackAnswer {
  const body = `<${element} xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${content.join('')}</${element}>`;
  return { status, headers: { 'Content-Type': 'text/xml' }, body };
}
