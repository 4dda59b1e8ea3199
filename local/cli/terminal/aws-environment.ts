import { devNull } from 'node:os';

/**
 * Leads every AWS client of this process to an embedded Athena, and away from all that the person has
 * configured: what is shown on it neither depends on that nor touches what it leads to.
 */
export function pointAwsClientsAt(url: string, region: string): void {
  for (const name of Object.keys(process.env)) {
    if (/^(AWS|POWERTOOLS)_/.test(name)) delete process.env[name];
  }
  Object.assign(process.env, {
    AWS_REGION: region,
    AWS_ENDPOINT_URL_ATHENA: url,
    AWS_ACCESS_KEY_ID: 'embedded',
    AWS_SECRET_ACCESS_KEY: 'embedded',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}
