/** Athena in the chosen regions, and whose account it is. */
import { AthenaClient, type AthenaClientConfig } from '@aws-sdk/client-athena';
import {
  GetCallerIdentityCommand,
  type GetCallerIdentityCommandOutput,
  STSClient,
  type STSClientConfig,
} from '@aws-sdk/client-sts';
import { partition } from '@aws-sdk/core/client';
import { type Account, AthenaSessions } from '../../lambda/athena/athena-sessions.js';
import { failureOf } from '../../lambda/athena/errors.js';
import { SessionServiceError } from '../../lambda/athena/session-service.js';
import { plainText } from '../../lambda/contract/plain-text.js';
import { PATTERNS } from '../../lambda/contract/settings.js';
import { DEFAULT_ACCOUNT } from '../athena/index.js';
import { type AskMfaCode, credentialsOf } from './credentials.js';
import { clientDefaults } from './network.js';
import { useProfile, usualRegion } from './profile.js';

export interface Connection {
  readonly services: readonly AthenaSessions[];
  readonly regions: readonly string[];
  /** Whose sessions they are. */
  readonly accountFound: Promise<AccountFound>;
  /** What names of a region's resources are made of. Rejects with a SessionServiceError where STS does not say. */
  readonly namedAfter: (region: string) => Promise<Account>;
  /** What further AWS clients of this connection are made with. */
  readonly clientConfig: ClientConfig;
}

export interface ClientConfig {
  readonly credentials: NonNullable<STSClientConfig['credentials']>;
  readonly requestHandler: NonNullable<AthenaClientConfig['requestHandler']>;
}

/** An account that STS named, or why it is not known. */
export type AccountFound =
  | { readonly kind: 'known'; readonly account: Account }
  | { readonly kind: 'not known'; readonly why: string };

export interface ConnectionOptions {
  /** A profile of the AWS configuration; missing: what the environment says. */
  readonly profile?: string;
  /** Empty: the usual region of profile or environment. */
  readonly regions: readonly string[];
  /** Missing where nobody can be asked. */
  readonly askMfaCode?: AskMfaCode;
  /** Of an earlier connection. @default the standard credential chain */
  readonly credentials?: ClientConfig['credentials'];
}

/** @throws AccountError for a profile that there is not, and where neither options, environment nor profile name a region. */
export async function connect({
  profile: name,
  regions: given,
  askMfaCode,
  credentials: earlier,
}: ConnectionOptions): Promise<Connection> {
  const profile = await useProfile(name);
  const regions = given.length > 0 ? given : [usualRegion(profile)];
  const defaults = await clientDefaults();
  const credentials = earlier ?? (await credentialsOf(profile, defaults.requestHandler, askMfaCode));
  const config = { ...defaults, credentials };
  const endpoint = loopbackWithoutSts();
  const asked = endpoint === undefined ? accountOf(regions, config) : undefined;
  const namedAfter = (region: string) => asked ?? embeddedAccount(region);
  const services = regions.map(
    (region) => new AthenaSessions(new AthenaClient({ ...config, region }), region, namedAfter(region)),
  );
  return {
    services,
    regions,
    accountFound: accountFoundBy(asked, endpoint),
    namedAfter,
    clientConfig: config,
  };
}

/** For the names of resources alone: the embedded Athena, and whatever else answers there, has no other. */
async function embeddedAccount(region: string): Promise<Account> {
  return { partition: partition(region).name, accountId: DEFAULT_ACCOUNT };
}

/** The account by the first region whose STS answers: one that is disabled or down takes nothing from the others. */
async function accountOf(regions: readonly string[], config: STSClientConfig): Promise<Account> {
  const answers = regions.map(async (region): Promise<Account> => {
    const sts = new STSClient({ ...config, region, maxAttempts: 2 });
    return callerAccount(await sts.send(new GetCallerIdentityCommand()));
  });
  try {
    return await Promise.any(answers);
  } catch (error) {
    const [first] = error instanceof AggregateError ? error.errors : [error];
    throw failureOf('GetCallerIdentity', first);
  }
}

/** @throws SessionServiceError for an answer that names no account: names of resources are never guessed. */
function callerAccount({ Account: accountId = '', Arn = '' }: GetCallerIdentityCommandOutput): Account {
  const [, name = ''] = Arn.split(':');
  if (PATTERNS.accountId.regex.test(accountId) && PARTITION.test(name)) return { partition: name, accountId };
  const found = `found account ${JSON.stringify(accountId)} of ${JSON.stringify(Arn)}`;
  const message = plainText(`${found}; allowed: ${PATTERNS.accountId.allowed}, and an ARN`);
  throw new SessionServiceError('unavailable', 'GetCallerIdentity', 'UnusableAnswer', message);
}

const PARTITION = /^aws(-[a-z]+)*$/;

async function accountFoundBy(
  asked: Promise<Account> | undefined,
  endpoint: string | undefined,
): Promise<AccountFound> {
  if (asked === undefined)
    return {
      kind: 'not known',
      why: `${endpoint} is on this machine, and has no STS beside it`,
    };
  try {
    return { kind: 'known', account: await asked };
  } catch (error) {
    return { kind: 'not known', why: `STS did not say (${failureOf('GetCallerIdentity', error).code})` };
  }
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** The endpoint of an Athena on this machine that has no STS beside it: keys for it mean nothing to the real one. */
function loopbackWithoutSts(): string | undefined {
  const { AWS_ENDPOINT_URL_ATHENA: athena, AWS_ENDPOINT_URL_STS: sts, AWS_ENDPOINT_URL: all } = process.env;
  if (athena === undefined || sts || all) return undefined;
  return URL.canParse(athena) && LOOPBACK.includes(new URL(athena).hostname) ? athena : undefined;
}
