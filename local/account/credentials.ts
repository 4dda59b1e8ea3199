/** Credentials as every AWS tool finds them. */
import type { STSClientConfig } from '@aws-sdk/client-sts';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { CredentialsProviderError } from '@smithy/core/config';
import type { Profile } from './profile.js';

/** Asks a person for the code that a device shows. */
export type AskMfaCode = (device: string) => Promise<string>;

/**
 * The standard credential chain, resolved once for all regions.
 * @param requestHandler how STS, single sign-on and `aws login` are reached: as everything else is.
 * @param askMfaCode undefined where nobody can be asked.
 */
export async function credentialsOf(
  { mfaSerial }: Profile,
  requestHandler: NonNullable<STSClientConfig['requestHandler']>,
  askMfaCode: AskMfaCode | undefined,
) {
  const provider = defaultProvider({
    clientConfig: { requestHandler },
    mfaCodeProvider: askMfaCode ? once(askMfaCode) : refuse,
    // It would warn on stderr that a profile goes before keys in the environment, as was asked for.
    logger: SILENT,
  });
  // Asked for now, before anything else writes to the terminal. What fails is reported where it is used.
  if (mfaSerial !== undefined) await provider().catch(() => undefined);
  return provider;
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** A code that was refused is refused for every call of every region: nobody wants to be asked at each. */
function once(askMfaCode: AskMfaCode): AskMfaCode {
  let isAsked = false;
  return async (device) => {
    if (isAsked)
      throw new CredentialsProviderError(`The MFA code for ${device} was not accepted`, {
        tryNextLink: false,
      });
    isAsked = true;
    return await askMfaCode(device);
  };
}

async function refuse(device: string): Promise<string> {
  throw new CredentialsProviderError(
    `An MFA code for ${device} is needed, and there is no terminal to ask on`,
    { tryNextLink: false },
  );
}
