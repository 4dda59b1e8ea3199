/** The embedded Athena over HTTP, on the loopback interface. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AthenaAnswer, AthenaRequest, AthenaService } from './protocol.js';

const LOOPBACK = '127.0.0.1';

export interface ServedAthena {
  /** What goes into `AWS_ENDPOINT_URL_ATHENA`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and drops the connections that are left, hanging ones included. */
  close(): Promise<void>;
}

/**
 * Serves `athena` on the loopback interface.
 * @param options.port 0 takes a free one. @default 0
 * @throws Error with code EADDRINUSE or EACCES when the port cannot be had.
 */
export async function serveAthena(
  athena: AthenaService,
  { port = 0 }: { readonly port?: number | undefined } = {},
): Promise<ServedAthena> {
  const server = createServer((request, response) => {
    answer(athena, request, response).catch((error: unknown) => {
      // The caller has gone, or a scripted hook threw: its author has to see why.
      if (response.headersSent || response.destroyed) response.destroy();
      else
        response
          .writeHead(500)
          .end(JSON.stringify({ __type: 'EmbeddedAthenaError', Message: String(error) }));
    });
  });
  const bound = await listen(server, port);
  // An idle connection stays: a client that reuses one must not race its closing.
  server.keepAliveTimeout = 0;
  return {
    url: `http://${LOOPBACK}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function answer(
  athena: AthenaService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  // With a reason, because without one each answer would make an error, stack trace and all.
  response.once('close', () => gone.abort('the connection is closed'));
  const athenaRequest: AthenaRequest = {
    method: request.method ?? '',
    headers: singleHeaders(request),
    body: await text(request),
    signal: gone.signal,
  };
  write(await athena.handle(athenaRequest), response);
}

function singleHeaders({ headers }: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));
}

function write(answer: AthenaAnswer, response: ServerResponse): void {
  if (answer.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  if (answer.kind === 'answer') {
    response.end(answer.body);
    return;
  }
  response.write(answer.body.slice(0, answer.body.length / 2), () => response.socket?.destroy());
}
