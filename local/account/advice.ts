/** What to do about an error of AWS: advice in words, by the operation, its code and where it failed. */

/** Where something failed. */
export interface Place {
  readonly region: string;
  readonly workGroup?: string;
  /** For resource names; missing where it is not known. */
  readonly accountId?: string;
  readonly partition?: string;
}

/** An error of a sweep in its parts: it is written as `<operation>: <code>: <detail>`. */
export function partsOf(error: string): { operation: string; code: string; detail: string } | undefined {
  const [, operation, code, detail] = /^(\w+): ([\w.]+): (.*)$/s.exec(error) ?? [];
  return operation && code ? { operation, code, detail: detail ?? '' } : undefined;
}

/** What a person can do about an error; undefined where we do not know better than its text. */
export function adviceFor(error: string, place: Place): string | undefined {
  const parts = partsOf(error);
  if (!parts) return undefined;
  const { operation, code, detail } = parts;
  if (DENIED.test(code)) {
    return `Allow ${actionOf(operation)} on ${resourceIn(detail) ?? resourceOf(operation, place)} to the identity that runs this.`;
  }
  return ADVICE.find(({ codes }) => codes.test(code))?.advice(place, detail);
}

const DENIED = /^(AccessDenied(Exception)?|NotAuthorized)$/;

interface Advice {
  readonly codes: RegExp;
  readonly advice: (place: Place, detail: string) => string;
}

const ADVICE: readonly Advice[] = [
  {
    codes: /^(CredentialsProviderError|TokenProviderError|MissingAuthenticationToken)$/,
    advice: noCredentials,
  },
  {
    codes: /^ExpiredToken/,
    advice: () => 'The credentials have expired: sign in again, e.g. `aws sso login`.',
  },
  {
    codes:
      /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|IncompleteSignature)$/,
    advice: ({ region }) =>
      `AWS does not accept these credentials in ${region}. See which they are with \`aws sts get-caller-identity\`; ` +
      'a Region that the account has not enabled answers like this, too.',
  },
  { codes: /^OptInRequired$/, advice: ({ region }) => `Enable ${region} for the account, or leave it out.` },
  { codes: /^(ENOTFOUND|EAI_AGAIN)$/, advice: unknownAddress },
  { codes: /^ECONNREFUSED$/, advice: nobodyListens },
  {
    codes: /^(TimeoutError|ETIMEDOUT|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH)$/,
    advice: ({ region }) => `Athena in ${region} cannot be reached from here: check network, VPN and proxy.`,
  },
  {
    codes: /^(ThrottlingException|TooManyRequestsException)$/,
    advice: () =>
      'Athena kept answering that its rate is exceeded: try later, or less at once with --workgroup.',
  },
];

function noCredentials(_place: Place, detail: string): string {
  if (/sso/i.test(detail)) return 'Sign in: `aws sso login`, with --profile NAME for a profile.';
  return (
    'Sign in (`aws sso login`), name a profile that there is (`aws configure list-profiles`) with --profile, ' +
    'or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
  );
}

function unknownAddress({ region }: Place): string {
  return `The address of Athena in ${region} is not known here: check the name of the Region, and the network.`;
}

function nobodyListens(place: Place): string {
  const endpoint = process.env.AWS_ENDPOINT_URL_ATHENA ?? process.env.AWS_ENDPOINT_URL;
  if (endpoint === undefined)
    return `Athena in ${place.region} refuses connections: check network, VPN and proxy.`;
  return `Nothing listens at ${endpoint}, which AWS_ENDPOINT_URL_ATHENA or AWS_ENDPOINT_URL names: start it, or unset them.`;
}

function actionOf(operation: string): string {
  return operation === 'GetCallerIdentity' ? 'sts:GetCallerIdentity' : `athena:${operation}`;
}

function resourceIn(detail: string): string | undefined {
  return /on resource: (\S+)/.exec(detail)?.[1];
}

/** The service does not always say on what. */
function resourceOf(operation: string, { region, workGroup, accountId, partition = 'aws' }: Place): string {
  if (workGroup === undefined || operation === 'ListWorkGroups' || operation === 'GetCallerIdentity')
    return '*';
  return `arn:${partition}:athena:${region}:${accountId ?? '*'}:workgroup/${workGroup}`;
}
