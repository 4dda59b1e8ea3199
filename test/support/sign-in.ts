/** What a person who signed in with a browser has in the home directory, and the services that give keys for it. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { serveLoopback } from './loopback.js';

/** The key that either service gives. */
export const SIGNED_IN_KEY = 'ASIASIGNEDIN';

const HOUR_MS = 3_600_000;

/** IAM Identity Center's portal and AWS Sign-In, as far as they give keys, until the test ends. */
export async function serveSignIn(): Promise<string> {
  const { url, close } = await serveLoopback(async ({ path: asked }) => ({
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(
      asked.startsWith('/federation/credentials')
        ? { roleCredentials: { ...KEY, expiration: Date.now() + HOUR_MS } }
        : { accessToken: KEY, expiresIn: 900, refreshToken: 'the next', tokenType: 'aws_sigv4' },
    ),
  }));
  onTestFinished(close);
  return url;
}

const KEY = { accessKeyId: SIGNED_IN_KEY, secretAccessKey: 'loopback-only', sessionToken: 'loopback-only' };

/** What `aws sso login` leaves behind: a profile of that name, and a token that is good for an hour. */
export async function signedInWithSso(home: string): Promise<void> {
  await configure(
    home,
    `[profile sso]
region = eu-west-1
sso_session = company
sso_account_id = 222233334444
sso_role_name = analyst
[sso-session company]
sso_start_url = https://company.example/start
sso_region = eu-west-1
`,
  );
  await remember(home, 'sso', 'company', {
    accessToken: 'loopback-only',
    expiresAt: new Date(Date.now() + HOUR_MS).toISOString(),
  });
}

/** What `aws login` leaves behind: a profile of that name, and keys that must be renewed. */
export async function signedInWithLogin(home: string): Promise<void> {
  const session = 'arn:aws:iam::222233334444:user/me';
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  await configure(home, `[profile login]\nregion = eu-west-1\nlogin_session = ${session}\n`);
  await remember(home, 'login', session, {
    accessToken: {
      ...KEY,
      accountId: '222233334444',
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    },
    clientId: 'arn:aws:signin:::devtools/same-device',
    refreshToken: 'once',
    dpopKey: privateKey.export({ format: 'pem', type: 'sec1' }),
  });
}

async function configure(home: string, profiles: string): Promise<void> {
  await mkdir(path.join(home, '.aws'), { recursive: true });
  await writeFile(path.join(home, '.aws', 'config'), profiles);
}

/** The file in the cache of `aws sso login` or `aws login` is named by the hash of the session's name. */
async function remember(home: string, cache: 'sso' | 'login', session: string, token: object): Promise<void> {
  const folder = path.join(home, '.aws', cache, 'cache');
  const algorithm = cache === 'sso' ? 'sha1' : 'sha256';
  await mkdir(folder, { recursive: true });
  const name = `${createHash(algorithm).update(session).digest('hex')}.json`;
  await writeFile(path.join(folder, name), JSON.stringify(token));
}
