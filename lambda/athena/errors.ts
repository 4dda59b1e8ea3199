/** Errors of the SDK and of the network in the port's words. */
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { type FailureKind, isFailure, SessionServiceError } from './session-service.js';

/** Error names by which Athena and IAM refuse a caller. */
const DENIED = [
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'ExpiredTokenException',
  'ExpiredToken',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'NotAuthorized',
  'OptInRequired',
  'CredentialsProviderError',
];

/** Says in the port's words why a call of an operation failed. */
export function failureOf(operation: string, error: unknown): SessionServiceError {
  if (error instanceof SessionServiceError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new SessionServiceError(kindOf(cause), operation, codeOf(cause), cause.message, { cause });
}

/** Kinds that the next attempt may not meet again. */
export function isRetryable(error: unknown): boolean {
  return isFailure(error, 'throttled', 'unavailable');
}

function kindOf(error: Error): FailureKind {
  if (error.name === 'AbortError') return 'out-of-time';
  if (isSdkError(error) && isThrottlingError(error)) return 'throttled';
  if (isSdkError(error) && (isTransientError(error) || isServerError(error))) return 'unavailable';
  if (DENIED.includes(error.name)) return 'denied';
  if (error.name === 'ResourceNotFoundException') return 'not-found';
  if (error.name === 'InvalidRequestException') return 'invalid';
  return isUnreadable(error) ? 'unavailable' : 'unexpected';
}

type SdkError = Parameters<typeof isTransientError>[0];

/** What the SDK throws has another error as its cause, or none. */
function isSdkError(error: Error): error is SdkError {
  return error.cause === undefined || error.cause instanceof Error;
}

/** An answer that is not what the protocol says, e.g. cut off or not JSON: the SDK fails to read it. */
function isUnreadable(error: Error): boolean {
  return error instanceof SyntaxError || error instanceof TypeError;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
