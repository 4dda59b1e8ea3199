import { describe, expect, it } from 'vitest';
import { failureOf, isRetryable } from '../../../lambda/athena/errors.js';
import { SessionServiceError } from '../../../lambda/athena/session-service.js';

const named = (name: string, members: object = {}) => Object.assign(new Error('why'), { name }, members);

describe('what went wrong with a call', () => {
  it.each([
    { error: named('AbortError'), kind: 'out-of-time' },
    { error: named('ThrottlingException'), kind: 'throttled' },
    { error: named('Anything', { $metadata: { httpStatusCode: 429 } }), kind: 'throttled' },
    { error: named('TimeoutError'), kind: 'unavailable' },
    { error: named('Error', { code: 'ECONNRESET' }), kind: 'unavailable' },
    { error: named('Anything', { $metadata: { httpStatusCode: 503 } }), kind: 'unavailable' },
    { error: named('Anything', { $metadata: { httpStatusCode: 599 } }), kind: 'unavailable' },
    {
      error: named('Anything', { $metadata: { httpStatusCode: 599, clockSkewCorrected: true } }),
      kind: 'unavailable',
    },
    {
      error: named('Anything', { $metadata: { httpStatusCode: 400, clockSkewCorrected: true } }),
      kind: 'unexpected',
    },
    {
      error: named('InvalidSignatureException', { message: 'Signature expired: 2026 is now earlier' }),
      kind: 'denied',
    },
    { error: named('RequestTimeTooSkewed'), kind: 'denied' },
    { error: new SyntaxError('Unexpected token'), kind: 'unavailable' },
    { error: new TypeError('Expected a number'), kind: 'unavailable' },
    { error: named('AccessDenied'), kind: 'denied' },
    { error: named('ExpiredToken'), kind: 'denied' },
    { error: named('CredentialsProviderError'), kind: 'denied' },
    { error: named('ResourceNotFoundException'), kind: 'not-found' },
    { error: named('InvalidRequestException'), kind: 'invalid' },
    { error: named('ValidationException'), kind: 'unexpected' },
    { error: 'thrown text', kind: 'unexpected' },
    { error: named('TimeoutError', { cause: 'not an error' }), kind: 'unexpected' },
    { error: named('Outer', { cause: named('TimeoutError') }), kind: 'unavailable' },
  ])('is $kind where the error is $error', ({ error, kind }) => {
    expect(failureOf('GetSession', error)).toMatchObject({ kind, operation: 'GetSession' });
  });

  it.each([
    ...['InvalidSignatureException', 'RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed'],
    ...['SignatureDoesNotMatch', 'AccessDeniedException', 'AccessDenied', 'UnrecognizedClientException'],
    ...['ExpiredTokenException', 'ExpiredToken', 'InvalidClientTokenId', 'IncompleteSignature'],
    ...['MissingAuthenticationToken', 'NotAuthorized', 'OptInRequired', 'CredentialsProviderError'],
  ])('is that it was denied where the error is %s', (name) => {
    expect(failureOf('GetSession', named(name)).kind).toBe('denied');
  });

  it("has the network's own code before the name of the error, and keeps the error as its cause", () => {
    const error = named('Error', { code: 'ECONNREFUSED' });
    const failure = failureOf('ListSessions', error);
    expect(failure).toMatchObject({ name: 'SessionServiceError', code: 'ECONNREFUSED', cause: error });
    expect(failure.message).toBe('ListSessions: ECONNREFUSED: why');
    expect(failureOf('ListSessions', named('Odd', { code: 7 })).code).toBe('Odd');
    expect(failureOf('ListSessions', 'thrown text').message).toBe('ListSessions: Error: thrown text');
  });

  it('is put into words once', () => {
    const failure = new SessionServiceError('denied', 'GetSession', 'X', 'y');
    expect(failureOf('ListSessions', failure)).toBe(failure);
  });
});

describe('another attempt', () => {
  it.each([
    { kind: 'throttled', retryable: true },
    { kind: 'unavailable', retryable: true },
    { kind: 'denied', retryable: false },
    { kind: 'not-found', retryable: false },
    { kind: 'invalid', retryable: false },
    { kind: 'out-of-time', retryable: false },
    { kind: 'unexpected', retryable: false },
  ] as const)('after $kind: $retryable', ({ kind, retryable }) => {
    expect(isRetryable(new SessionServiceError(kind, 'GetSession', 'X', 'y'))).toBe(retryable);
    expect(isRetryable(new Error(kind))).toBe(false);
  });
});
