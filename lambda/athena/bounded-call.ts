/** What an SDK client takes beside a command. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
}
export type Send<T> = (options: SendOptions) => Promise<T>;

/**
 * However it is spent: the HTTP handler's timeouts begin anew with each byte, and know nothing of credentials that
 * do not come. More than the connection and the answer may take together.
 */
const LONGEST_CALL_MS = 8_000;

/**
 * Settles with the call, or rejects as soon as the signal aborts or the call takes too long, even where the
 * client is slow to notice, so that no connection can outlive a sweep.
 */
export async function boundedCall<T>(send: Send<T>, signal: AbortSignal): Promise<T> {
  const call = new AbortController();
  let giveUp = (_reason: unknown) => {};
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = (reason) => {
      call.abort(reason);
      reject(reason);
    };
  });
  const timer = setTimeout(() => giveUp(tooLong()), LONGEST_CALL_MS);
  const abort = () => giveUp(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    if (signal.aborted) abort();
    return await Promise.race([givenUp, send({ abortSignal: call.signal })]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function tooLong(): Error {
  return Object.assign(new Error(`no whole answer in ${LONGEST_CALL_MS} ms`), { name: 'TimeoutError' });
}
