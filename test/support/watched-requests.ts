/** The HTTP requests between clients and servers of this process, as Node.js publishes them. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';

export interface WatchedRequests {
  /**
   * Whether each request that a client has open is with a server that has read it to its end: nothing is on its way then.
   * So it is where no request is open.
   */
  areHeld(): boolean;
  release(): void;
}

/** Watches from now on. */
export function watchedRequests(): WatchedRequests {
  const open = new Set<ClientRequest>();
  const held = new Map<ServerResponse, IncomingMessage>();
  const onSent = (message: unknown) => {
    const { request } = message as Sent;
    open.add(request);
    request.once('close', () => open.delete(request));
  };
  const onReceived = (message: unknown) => {
    const { request, response } = message as Received;
    held.set(response, request);
    response.once('close', () => held.delete(response));
  };
  subscribe('http.client.request.start', onSent);
  subscribe('http.server.request.start', onReceived);
  return {
    areHeld: () => open.size === held.size && [...held.values()].every(({ complete }) => complete),
    release: () => {
      unsubscribe('http.client.request.start', onSent);
      unsubscribe('http.server.request.start', onReceived);
    },
  };
}

/** What the one channel publishes, by the reference of `diagnostics_channel`. */
interface Sent {
  readonly request: ClientRequest;
}

/** And what the other does. */
interface Received {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}
