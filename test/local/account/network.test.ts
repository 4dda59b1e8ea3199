import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { DEFAULT_ACCOUNT } from '../../../local/athena/index.js';
import { accountAt, appFolder, run } from '../../support/command-line.js';
import { accountBehindTls, serveProxy } from '../../support/network.js';
import { CA_BUNDLE } from '../../support/tls.js';

test('calls go through the proxy that the environment names', async () => {
  const { url, region } = await accountAt();
  region.createWorkgroup({ name: 'primary', engine: 'Athena engine version 3' });
  const proxy = await serveProxy();
  vi.stubEnv('HTTP_PROXY', proxy.url);
  const { exitCode } = await run(['scan']);
  expect(exitCode).toBe(0);
  expect(new Set(proxy.asked)).toEqual(new Set([new URL(url).host]));
});

test('calls to what NO_PROXY names go straight', async () => {
  const { athena } = await accountAt();
  const proxy = await serveProxy();
  vi.stubEnv('HTTP_PROXY', proxy.url);
  vi.stubEnv('NO_PROXY', 'localhost,127.0.0.1');
  await run(['scan']);
  expect(proxy.asked).toEqual([]);
  expect(athena.journal.calls).toHaveLength(1);
});

test('a file of certificates that cannot be read is named', async () => {
  await accountAt();
  vi.stubEnv('AWS_CA_BUNDLE', '/none/ca.pem');
  const { exitCode, stderr } = await run(['scan']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('AWS_CA_BUNDLE: found /none/ca.pem, which cannot be read (ENOENT)');
});

test('over TLS the certificates of AWS_CA_BUNDLE are trusted', async () => {
  await accountBehindTls();
  vi.stubEnv('AWS_CA_BUNDLE', CA_BUNDLE);
  const { exitCode, stdout, stderr } = await run(['scan']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain(`Account ${DEFAULT_ACCOUNT}`);
  expect(stdout).toContain('WOULD BE ENDED (1)');
});

test('over TLS through a proxy, too', async () => {
  const { hosts } = await accountBehindTls();
  const proxy = await serveProxy();
  vi.stubEnv('HTTPS_PROXY', proxy.url);
  vi.stubEnv('AWS_CA_BUNDLE', CA_BUNDLE);
  const { exitCode, stdout } = await run(['scan']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('WOULD BE ENDED (1)');
  expect(new Set(proxy.asked)).toEqual(new Set(hosts));
});

test('a certificate that nobody trusts is an error that names AWS_CA_BUNDLE', async () => {
  const { athena } = await accountBehindTls();
  const { exitCode, stderr } = await run(['scan']);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/ListWorkGroups: DEPTH_ZERO_SELF_SIGNED_CERT/);
  expect(stderr).toContain('name those of your network in AWS_CA_BUNDLE');
  expect(athena.journal.calls).toHaveLength(0);
});

const ROLE = `[profile analyst]
role_arn = arn:aws:iam::222233334444:role/analyst
source_profile = me
mfa_serial = arn:aws:iam::222233334444:mfa/phone
[profile me]
aws_access_key_id = AKIDME
aws_secret_access_key = loopback-only
`;

test.each([
  ['without an MFA device', ROLE.replace(/mfa_serial.*\n/, ''), {}],
  ['with one', ROLE, { mfaCode: '123456' }],
])('a role %s is assumed through the proxy, by its certificates', async (_, configuration, identity) => {
  const { hosts } = await accountBehindTls(identity);
  const config = path.join(await appFolder({}), 'config');
  await writeFile(config, configuration);
  const proxy = await serveProxy();
  vi.stubEnv('HTTPS_PROXY', proxy.url);
  vi.stubEnv('AWS_CA_BUNDLE', CA_BUNDLE);
  vi.stubEnv('AWS_CONFIG_FILE', config);
  const { exitCode, stderr } = await run(['scan', '--profile', 'analyst'], { answer: () => '123456' });
  expect({ exitCode, problem: /error:.*/s.exec(stderr)?.[0] }).toEqual({ exitCode: 0 });
  expect(new Set(proxy.asked)).toEqual(new Set(hosts));
});
