/** A profile of the AWS configuration, taken whole: its region, endpoints and services as well as its credentials. */
import { loadSharedConfigFiles } from '@smithy/core/config';
import { closest } from 'fastest-levenshtein';
import { AccountError } from './account-error.js';

/** What a profile says of itself. */
export interface Profile {
  readonly region?: string;
  /** The device whose code its role asks for. */
  readonly mfaSerial?: string;
}

/**
 * Makes a profile the one that every AWS client of this process reads. The SDK takes endpoints and services from
 * `AWS_PROFILE` alone, never from an option of a client.
 * @param name undefined: the profile of the environment, or the default one.
 * @throws AccountError where there is no such profile.
 */
export async function useProfile(name: string | undefined): Promise<Profile> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  const profiles = Object.keys({ ...configFile, ...credentialsFile });
  if (name !== undefined) {
    if (!profiles.includes(name)) throw unknownProfile(name, profiles);
    process.env.AWS_PROFILE = name;
  }
  const used = name ?? (process.env.AWS_PROFILE || 'default');
  const { region, mfa_serial: mfaSerial } = { ...credentialsFile[used], ...configFile[used] };
  return { ...(region && { region }), ...(mfaSerial && { mfaSerial }) };
}

/**
 * The region that nobody named for this command, as the AWS CLI finds it: what the environment says goes before the
 * region of a profile, even of one that was named for this command.
 * @throws AccountError where none of them has one.
 */
export function usualRegion({ region }: Profile): string {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const found = AWS_REGION || AWS_DEFAULT_REGION || region;
  if (found) return found;
  throw new AccountError(
    'usage',
    'No region. Name one with --region, in AWS_REGION, in the profile, or as "regions" in the settings.',
  );
}

/** The regions that the AWS configuration of this machine names, where sessions might be as well. */
export async function configuredRegions(): Promise<readonly string[]> {
  const { configFile } = await loadSharedConfigFiles();
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const ofProfiles = Object.values(configFile).map(({ region }) => region);
  return [...new Set([AWS_REGION, AWS_DEFAULT_REGION, ...ofProfiles].flatMap((region) => region || []))];
}

function unknownProfile(name: string, profiles: readonly string[]): AccountError {
  const known = profiles.toSorted().join(', ');
  const hint =
    profiles.length === 0
      ? 'There are none.'
      : `Did you mean ${closest(name, [...profiles])}? There are: ${known}.`;
  return new AccountError('usage', `There is no profile ${name} in the AWS configuration. ${hint}`);
}
