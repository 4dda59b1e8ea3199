/** TLS in front of a server on the loopback interface. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { createServer } from 'node:tls';
import { onTestFinished } from 'vitest';

const FOLDER = path.join(import.meta.dirname, 'certificates');

/** A file as `AWS_CA_BUNDLE` names it: the authority of {@link behindTls}. */
export const CA_BUNDLE = path.join(FOLDER, 'loopback-certificate.pem');

/** @returns an https address that leads to an http one, until the test ends. */
export async function behindTls(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const server = createServer(
    { cert: readFileSync(CA_BUNDLE), key: readFileSync(path.join(FOLDER, 'loopback-key.pem')) },
    (client) => {
      const upstream = connect(Number(port), hostname);
      client.pipe(upstream).pipe(client);
      client.on('error', () => upstream.destroy());
      upstream.on('error', () => client.destroy());
      client.on('close', () => upstream.destroy());
    },
  );
  // A client that does not trust the certificate hangs up.
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
