/** A moto server: AWS services on loopback, as far as moto has them. Needs Python with moto. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Moto {
  readonly url: string;
  close(): Promise<void>;
}

export async function startMoto(): Promise<Moto> {
  const port = String(await freePort());
  const moto = spawn('moto_server', ['--host', '127.0.0.1', '--port', port], { stdio: 'ignore' });
  // By name: moto takes the bucket of a template's URL from its path only where the host is called so.
  const url = `http://localhost:${port}`;
  await ready(url);
  return {
    url,
    close: async () => {
      moto.kill();
      await once(moto, 'exit');
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Returns once a server answers. */
export async function ready(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const response = await fetch(`${url}/moto-api/config`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error('moto did not start within 30 seconds');
}
