/** What to do about an error of AWS: advice in words, by the operation, its code and where it failed. */
import { type AwsService, serviceOf } from './services.js';

/** Where something failed. */
export interface FailedAt {
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
export function adviceFor(error: string, place: FailedAt): string | undefined {
  const parts = partsOf(error);
  if (!parts) return undefined;
  const { operation, code, detail } = parts;
  if (MFA_REFUSED.test(detail)) return 'Run it again, and give a new MFA code.';
  if (DENIED.test(code)) {
    return `Allow ${actionIn(detail) ?? actionOf(operation)} on ${resourceIn(detail) ?? resourceOf(operation, place)} to the identity that runs this.`;
  }
  const call = { ...place, detail, service: serviceOf(operation) };
  return ADVICE.find(({ codes }) => codes.test(code))?.advice(call);
}

/** A call that failed. */
interface Call extends FailedAt {
  readonly service: AwsService;
  readonly detail: string;
}

/** By STS, and by us for the calls after that. */
const MFA_REFUSED = /MultiFactorAuthentication|MFA code .* was not accepted/;

const DENIED = /^(AccessDenied(Exception)?|NotAuthorized)$/;

interface Advice {
  readonly codes: RegExp;
  readonly advice: (call: Call) => string;
}

const ADVICE: readonly Advice[] = [
  {
    codes: /^(CredentialsProviderError|TokenProviderError|MissingAuthenticationToken)$/,
    advice: noCredentials,
  },
  {
    codes: /^ExpiredToken/,
    advice: () =>
      `The credentials have expired: sign in again as before, ${SIGN_IN}, or renew AWS_SESSION_TOKEN.`,
  },
  {
    codes:
      /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|IncompleteSignature)$/,
    advice: ({ region }) =>
      `AWS does not accept these credentials in ${region}. See which they are with \`aws sts get-caller-identity\`; ` +
      'a Region that the account has not enabled answers like this, too.',
  },
  {
    codes: /^OptInRequired$/,
    advice: ({ region }) => `Enable ${region} for the account, or look elsewhere with --region.`,
  },
  {
    codes: /^ERR_INVALID_URL$/,
    advice: (call) => `${endpointOf(call)} is no address: mend ${endpointVariables(call).join(' or ')}.`,
  },
  { codes: /^(ENOTFOUND|EAI_AGAIN)$/, advice: unknownAddress },
  { codes: /^ECONNREFUSED$/, advice: nobodyListens },
  {
    codes: /CERT|^(SELF_SIGNED|UNABLE_TO)/,
    advice: ({ service, region }) =>
      `The certificate of ${service.name} in ${region} is not trusted: name those of your network in AWS_CA_BUNDLE.`,
  },
  {
    codes: /^(TimeoutError|ETIMEDOUT|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH)$/,
    advice: (call) => `${endpointOf(call)} cannot be reached from here: check network, VPN and proxy.`,
  },
  {
    codes: /^(ThrottlingException|TooManyRequestsException)$/,
    advice: ({ service }) =>
      `${service.name} kept answering that its rate is exceeded: try later, or less at once with --workgroup.`,
  },
];

const SIGN_IN = '`aws login` or `aws sso login`';

function noCredentials({ detail }: Call): string {
  const profile = process.env.AWS_PROFILE ? ` --profile ${process.env.AWS_PROFILE}` : '';
  if (/MFA|multi-factor/i.test(detail))
    return 'Run this on a terminal, and give the code that the device shows.';
  if (/\bsso\b/i.test(detail)) return `Sign in: \`aws sso login${profile}\`.`;
  if (/aws login|login_session|login.cache/i.test(detail)) return `Sign in: \`aws login${profile}\`.`;
  return (
    `Sign in (${SIGN_IN}), name a profile that there is (\`aws configure list-profiles\`) with --profile, ` +
    'or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
  );
}

function unknownAddress({ region, service, detail }: Call): string {
  const [, host = `that of ${service.name} in ${region}`] =
    /(?:ENOTFOUND|EAI_AGAIN) (\S+)/.exec(detail) ?? [];
  return `The address ${host} is not known here: check the name of the Region, the network and the proxy.`;
}

/** The network says which address refused: that of an endpoint, or of a proxy on the way to it. */
function nobodyListens(call: Call): string {
  const [, address] = /ECONNREFUSED (\S+:\d+)/.exec(call.detail) ?? [];
  const named = [...endpointVariables(call), ...PROXY_VARIABLES].find(
    (name) => address !== undefined && portOf(process.env[name]) === address.split(':').at(-1),
  );
  if (named === undefined) return `${endpointOf(call)} refuses connections: check network, VPN and proxy.`;
  return `Nothing listens at ${process.env[named]}, which ${named} names: start it, or unset the variable.`;
}

const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

function endpointVariables({ service }: Call): readonly string[] {
  return [service.endpointVariable, 'AWS_ENDPOINT_URL'];
}

/** Where a call went. */
function endpointOf(call: Call): string {
  const endpoint = endpointVariables(call)
    .map((name) => process.env[name])
    .find(Boolean);
  return endpoint ?? `${call.service.name} in ${call.region}`;
}

function portOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { port, protocol } = new URL(url);
  return port || (protocol === 'https:' ? '443' : '80');
}

/** Behind the call that failed there may be another: a role that had to be assumed for it. */
function actionIn(detail: string): string | undefined {
  return /not authorized to perform: ([a-z0-9-]+:\w+)/.exec(detail)?.[1];
}

function actionOf(operation: string): string {
  return `${serviceOf(operation).iamPrefix}:${operation}`;
}

function resourceIn(detail: string): string | undefined {
  return /on resource: (\S+)/.exec(detail)?.[1];
}

const NAMES_NO_RESOURCE: readonly string[] = ['ListWorkGroups', 'ListExecutors', 'GetCallerIdentity'];

/** The service does not always say on what. */
function resourceOf(
  operation: string,
  { region, workGroup, accountId, partition = 'aws' }: FailedAt,
): string {
  if (workGroup === undefined || NAMES_NO_RESOURCE.includes(operation)) return '*';
  return `arn:${partition}:athena:${region}:${accountId ?? '*'}:workgroup/${workGroup}`;
}
