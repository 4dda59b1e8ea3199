import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { accountAt, run } from '../../support/command-line.js';

/** A proxy on this machine, and the addresses that it was asked to connect to. */
async function serveProxy() {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', ({ url = '' }, client) => {
    asked.push(url);
    const [host, port] = url.split(':');
    const server = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  const address = proxy.address();
  return { asked, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` };
}

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
