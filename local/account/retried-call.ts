/** Calls that a sweep never makes: bounded like its own, and made again where the failure may pass. */
import pRetry from 'p-retry';
import { boundedCall, type Send } from '../../lambda/athena/bounded-call.js';
import { failureOf } from '../../lambda/athena/errors.js';
import { retryOptions } from '../../lambda/athena/retry-options.js';

/** @throws SessionServiceError */
export function retriedCall<T>(operation: string, signal: AbortSignal, send: Send<T>): Promise<T> {
  const once = () =>
    boundedCall(send, signal).catch((error: unknown) => {
      throw failureOf(operation, error);
    });
  return pRetry(once, retryOptions(signal)).catch((error: unknown) => {
    throw failureOf(operation, error);
  });
}
