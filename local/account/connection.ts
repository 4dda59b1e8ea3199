import { AthenaClient } from '@aws-sdk/client-athena';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type Account, AthenaSessions, CLIENT_DEFAULTS } from '../../lambda/athena/athena-sessions.js';
import { failureOf } from '../../lambda/athena/errors.js';
import { DEFAULT_ACCOUNT } from '../athena/index.js';
import { AccountError } from './account-error.js';

/** Athena in the chosen regions, through the standard AWS credential chain, and whose account it is. */
export interface Connection {
  readonly services: readonly AthenaSessions[];
  readonly regions: readonly string[];
  /** Whose sessions they are. Rejects with a SessionServiceError where STS does not say. */
  readonly account: Promise<Account>;
}

export interface ConnectionOptions {
  /** A profile of the AWS configuration; missing: what the environment says. */
  readonly profile?: string;
  /** Empty: the region of environment or profile. */
  readonly regions: readonly string[];
}

/** @throws AccountError where neither options, environment nor profile name a region. */
export async function connect({ profile, regions: given }: ConnectionOptions): Promise<Connection> {
  const chosen = profile === undefined ? {} : { profile };
  const regions = given.length > 0 ? given : [await configuredRegion(chosen)];
  const sts = new STSClient({ ...CLIENT_DEFAULTS, ...chosen, region: regions[0] ?? '', maxAttempts: 2 });
  const account = accountBehind(sts);
  // Nobody may ever ask; that is no reason for the process to end.
  account.catch(() => undefined);
  // One for all, so that a profile with single sign-on or an assumed role is resolved once.
  const { credentials } = sts.config;
  const services = regions.map(
    (region) =>
      new AthenaSessions(
        new AthenaClient({ ...CLIENT_DEFAULTS, ...chosen, region, credentials }),
        region,
        account,
      ),
  );
  return { services, regions, account };
}

/** The region as the SDK finds it, and where it does not, as the AWS CLI does. */
async function configuredRegion(chosen: { readonly profile?: string }): Promise<string> {
  const { region } = new STSClient(chosen).config;
  try {
    return await region();
  } catch {
    if (process.env.AWS_DEFAULT_REGION) return process.env.AWS_DEFAULT_REGION;
    throw new AccountError(
      'usage',
      'No region. Name one with --region, in AWS_REGION, in the profile, or as "regions" in the settings.',
    );
  }
}

async function accountBehind(sts: STSClient): Promise<Account> {
  if (isEmbedded()) return { partition: 'aws', accountId: DEFAULT_ACCOUNT };
  try {
    const { Account: accountId = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand());
    const [, partition = 'aws'] = Arn.split(':');
    return { partition, accountId };
  } catch (error) {
    throw failureOf('GetCallerIdentity', error);
  }
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** An Athena on this machine, and no STS beside it, is the embedded one: nobody else knows its account. */
function isEmbedded(): boolean {
  const { AWS_ENDPOINT_URL_ATHENA: athena, AWS_ENDPOINT_URL_STS: sts, AWS_ENDPOINT_URL: all } = process.env;
  if (athena === undefined || sts !== undefined || all !== undefined) return false;
  return URL.canParse(athena) && LOOPBACK.includes(new URL(athena).hostname);
}
