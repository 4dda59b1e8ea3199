import type { Options } from 'p-retry';
import { isRetryable, isSignedTooEarlyOrLate } from './errors.js';

/** Attempts after the first, for calls that were throttled, dropped, timed out or answered with a 5xx. */
const RETRIES = 5;

/** When a call is made again: where its failure may pass, and once more after the signature's clock was set right. */
export function retryOptions(signal: AbortSignal): Options {
  return {
    retries: RETRIES,
    minTimeout: 100,
    maxTimeout: 5_000,
    randomize: true,
    signal,
    shouldRetry: ({ error, attemptNumber }) =>
      isRetryable(error) || (attemptNumber === 1 && isSignedTooEarlyOrLate(error)),
  };
}
