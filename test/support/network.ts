/** Networks that do not let everybody through. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import { DEFAULT_ACCOUNT } from '../../local/athena/index.js';
import { accountAt } from './command-line.js';
import { serveIdentity } from './identity.js';
import { behindTls } from './tls.js';

/** A proxy on this machine, until the test ends, and the addresses that it was asked to connect to. */
export async function serveProxy() {
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

/** An account whose Athena and STS speak TLS with a certificate that Node.js does not trust. */
export async function accountBehindTls(identity: Parameters<typeof serveIdentity>[0] = {}) {
  const served = await accountAt();
  served.region.createWorkgroup({ name: 'etl' });
  served.region.putSession({ workGroup: 'etl', minutesInState: 60 });
  const servedIdentity = await serveIdentity({ account: DEFAULT_ACCOUNT, ...identity });
  const [athena, sts] = [await behindTls(served.url), await behindTls(servedIdentity.url)];
  vi.stubEnv('AWS_ENDPOINT_URL_ATHENA', athena);
  vi.stubEnv('AWS_ENDPOINT_URL_STS', sts);
  return { ...served, identity: servedIdentity, hosts: [athena, sts].map((url) => new URL(url).host) };
}
