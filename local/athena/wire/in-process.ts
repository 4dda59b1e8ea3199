/** The embedded Athena as a request handler of the SDK, without sockets. */
import { Readable } from 'node:stream';
import type { AthenaClientConfig } from '@aws-sdk/client-athena';
import type { AthenaAnswer, AthenaRequest, AthenaService } from './protocol.js';

type SdkHandler = Extract<NonNullable<AthenaClientConfig['requestHandler']>, { handle: unknown }>;
type SdkRequest = Parameters<SdkHandler['handle']>[0];
type SdkOptions = NonNullable<Parameters<SdkHandler['handle']>[1]>;
type SdkResponse = Awaited<ReturnType<SdkHandler['handle']>>['response'];

export interface InProcessOptions {
  /**
   * Milliseconds on the embedded Athena's clock after which a call is given up with a TimeoutError, as
   * NodeHttpHandler does with `throwOnRequestTimeout`; a call's own `requestTimeout` goes before it.
   * @default never
   */
  readonly requestTimeoutMs?: number | undefined;
}

const utf8 = new TextDecoder();

/** Why nobody waits for a call any more. Without a reason each call would make an error, stack trace and all. */
const ANSWERED = 'the call is over';

/**
 * A `requestHandler` for SDK clients that calls `athena` without sockets, so that even timeouts pass on a
 * driven clock. A call that is given up takes effect all the same, as at the service.
 *
 * A client reads its configuration files at its first call, in real time: where every millisecond on a driven
 * clock has to be the same in each run, let each client make one call before anything sleeps.
 */
export function inProcessHandler(athena: AthenaService, options: InProcessOptions = {}): SdkHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: (request: SdkRequest, { abortSignal, requestTimeout }: SdkOptions = {}) => {
      // The SDK still types signals from before the platform had them; those cannot be listened to.
      const caller = abortSignal instanceof AbortSignal ? abortSignal : undefined;
      return exchange(athena, request, caller, requestTimeout ?? options.requestTimeoutMs);
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}

/** Calls `athena` and waits for the first of its answer, the caller's abort and the timeout. */
async function exchange(
  athena: AthenaService,
  request: SdkRequest,
  caller: AbortSignal | undefined,
  timeoutMs: number | undefined,
): Promise<{ response: SdkResponse }> {
  if (caller?.aborted) throw abortError(caller);
  const over = new AbortController();
  const rivals: Promise<never>[] = [];
  if (timeoutMs) rivals.push(timeout(athena, timeoutMs, over.signal));
  if (caller) rivals.push(aborted(caller, over.signal));
  try {
    const answer = athena.handle(toAthena(request, over.signal));
    return { response: toSdk(await Promise.race([answer, ...rivals])) };
  } finally {
    over.abort(ANSWERED);
  }
}

async function timeout(athena: AthenaService, ms: number, over: AbortSignal): Promise<never> {
  await athena.clock.sleep(ms, over);
  const message = `a request has exceeded the configured ${ms} ms requestTimeout.`;
  throw Object.assign(new Error(message), { name: 'TimeoutError', code: 'ETIMEDOUT' });
}

function aborted(caller: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    caller.addEventListener('abort', () => reject(abortError(caller)), { once: true, signal: over });
  });
}

function abortError(caller: AbortSignal): Error {
  return Object.assign(new Error('Request aborted', { cause: caller.reason }), { name: 'AbortError' });
}

function toAthena(request: SdkRequest, signal: AbortSignal): AthenaRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method: request.method,
    headers: Object.fromEntries(headers),
    body: request.body instanceof Uint8Array ? utf8.decode(request.body) : String(request.body ?? ''),
    signal,
  };
}

/** @throws Error with code ECONNRESET when the connection is dropped; NodeHttpHandler, too, names it a timeout. */
function toSdk(answer: AthenaAnswer): SdkResponse {
  if (answer.kind === 'reset') {
    throw Object.assign(connectionReset('socket hang up'), { name: 'TimeoutError' });
  }
  const { status: statusCode, headers, body } = answer;
  if (answer.kind === 'answer') return { statusCode, headers, body: Buffer.from(body) };
  return { statusCode, headers, body: breakingOff(body.slice(0, body.length / 2)) };
}

function breakingOff(text: string): Readable {
  return new Readable({
    read() {
      if (this.readableDidRead) this.destroy(connectionReset('aborted'));
      else this.push(text);
    },
  });
}

function connectionReset(message: string): Error {
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}
