/** How this machine reaches AWS: by the proxy and the certificates that every AWS tool takes from the environment. */
import { readFile } from 'node:fs/promises';
import { Agent as HttpsAgent } from 'node:https';
import { CLIENT_DEFAULTS } from '../../lambda/athena/athena-sessions.js';
import { AccountError } from './account-error.js';

/**
 * What AWS clients are made with.
 * @throws AccountError where `AWS_CA_BUNDLE` names a file that cannot be read.
 */
export async function clientDefaults() {
  const { requestHandler, ...rest } = CLIENT_DEFAULTS;
  return { ...rest, requestHandler: { ...requestHandler, ...(await agents()) } };
}

async function agents() {
  const ca = await certificates();
  const options = { keepAlive: true, ...(ca !== undefined && { ca }) };
  if (PROXY_VARIABLES.some((name) => process.env[name] || process.env[name.toLowerCase()])) {
    // Loaded only here, because hardly anybody needs it.
    const { ProxyingAgent } = await import('./proxying-agent.js');
    const agent = new ProxyingAgent(options);
    return { httpAgent: agent, httpsAgent: agent };
  }
  return ca === undefined ? {} : { httpsAgent: new HttpsAgent(options) };
}

const PROXY_VARIABLES: readonly string[] = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];

/** The certificates that are trusted instead of those of Node.js. */
async function certificates(): Promise<Buffer | undefined> {
  const file = process.env.AWS_CA_BUNDLE;
  if (!file) return undefined;
  return await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const message = `AWS_CA_BUNDLE: found ${file}, which cannot be read (${error.code}); allowed: a file of certificates`;
    throw new AccountError('usage', message);
  });
}
