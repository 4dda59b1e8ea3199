/** Calls that a sweep never makes: bounded like its own, and made again where the failure may pass. */
import pRetry from 'p-retry';
import { boundedCall, type Send } from '../../lambda/athena/bounded-call.js';
import { failureOf, isRetryable, isSignedTooEarlyOrLate } from '../../lambda/athena/errors.js';

/** Attempts after the first. */
const RETRIES = 5;

/** @throws SessionServiceError */
export function retriedCall<T>(operation: string, signal: AbortSignal, send: Send<T>): Promise<T> {
  const once = () =>
    boundedCall(send, signal).catch((error: unknown) => {
      throw failureOf(operation, error);
    });
  return pRetry(once, {
    retries: RETRIES,
    minTimeout: 100,
    maxTimeout: 5_000,
    randomize: true,
    signal,
    shouldRetry: ({ error, attemptNumber }) =>
      isRetryable(error) || (attemptNumber === 1 && isSignedTooEarlyOrLate(error)),
  }).catch((error: unknown) => {
    throw failureOf(operation, error);
  });
}
