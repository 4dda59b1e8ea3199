/** Errors of the SDK and of the network in the port's words. */
import {
  isClockSkewCorrectedError,
  isServerError,
  isThrottlingError,
  isTransientError,
} from '@smithy/core/retry';
import { type FailureKind, isFailure, SessionServiceError } from './session-service.js';

/** Error names by which AWS refuses a signature, e.g. where it was made by a clock that is minutes wrong. */
const SIGNATURE_REFUSED = [
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
];

/** Error names by which Athena and IAM refuse a caller. */
const DENIED = [
  'AccessDeniedException',
  'AccessDenied',
  'UnrecognizedClientException',
  'ExpiredTokenException',
  'ExpiredToken',
  'InvalidClientTokenId',
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

/** Whether the SDK has set its clock right since the call was signed, so that the same call may be accepted now. */
export function isSignedTooEarlyOrLate(error: unknown): boolean {
  if (!isFailure(error, 'denied') || !SIGNATURE_REFUSED.includes(error.code)) return false;
  const { cause } = error;
  return cause instanceof Error && isSdkError(cause) && isClockSkewCorrectedError(cause) === true;
}

function kindOf(error: Error): FailureKind {
  if (error.name === 'AbortError') return 'out-of-time';
  if (isSdkError(error) && isThrottlingError(error)) return 'throttled';
  if (SIGNATURE_REFUSED.includes(error.name)) return 'denied';
  if (isSdkError(error) && mayPass(error)) return 'unavailable';
  if (DENIED.includes(error.name)) return 'denied';
  if (error.name === 'ResourceNotFoundException') return 'not-found';
  if (error.name === 'InvalidRequestException') return 'invalid';
  return isUnreadable(error) ? 'unavailable' : 'unexpected';
}

function mayPass(error: SdkError): boolean {
  // While its clock is minutes wrong the SDK marks whatever error comes, and takes marked ones for transient.
  const $metadata = { ...error.$metadata, clockSkewCorrected: undefined };
  const unmarked: SdkError = Object.create(error, { $metadata: { value: $metadata } });
  return isTransientError(unmarked) || isServerError(unmarked);
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
