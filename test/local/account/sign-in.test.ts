import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { appFolder, run } from '../../support/command-line.js';
import { accountBehindTls, serveProxy } from '../../support/network.js';
import { SIGNED_IN_KEY, serveSignIn, signedInWithLogin, signedInWithSso } from '../../support/sign-in.js';
import { behindTls, CA_BUNDLE } from '../../support/tls.js';

/** `scan` with the profile of a person who signed in, behind a proxy and certificates of its own. */
async function scanSignedIn(profile: 'sso' | 'login') {
  const home = await appFolder({});
  await { sso: signedInWithSso, login: signedInWithLogin }[profile](home);
  const { hosts, identity } = await accountBehindTls();
  const portal = await behindTls(await serveSignIn());
  const proxy = await serveProxy();
  for (const [name, value] of Object.entries({
    HOME: home,
    AWS_CONFIG_FILE: path.join(home, '.aws', 'config'),
    AWS_ENDPOINT_URL_SSO: portal,
    AWS_ENDPOINT_URL_SIGNIN: portal,
    HTTPS_PROXY: proxy.url,
    AWS_CA_BUNDLE: CA_BUNDLE,
  })) {
    vi.stubEnv(name, value);
  }
  const { exitCode, stderr } = await run(['scan', '--profile', profile]);
  const problem = /error:.*/s.exec(stderr)?.[0];
  return { exitCode, problem, hosts: [...hosts, new URL(portal).host], asked: proxy.asked, identity };
}

test.each(['sso', 'login'] as const)(
  'keys of %s are asked for through the proxy, by its certificates, and used',
  async (profile) => {
    const { exitCode, problem, hosts, asked, identity } = await scanSignedIn(profile);
    expect({ exitCode, problem }).toEqual({ exitCode: 0 });
    expect(new Set(asked)).toEqual(new Set(hosts));
    expect(new Set(identity.accessKeys)).toEqual(new Set([SIGNED_IN_KEY]));
  },
);
