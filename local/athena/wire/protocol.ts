/** AWS JSON 1.1, the protocol that Athena speaks: who calls what, and how an answer is written. */
import type { Clock } from '../time/clock.js';
import { isJsonObject, type JsonObject } from './json.js';
import { ServiceError } from './service-error.js';

/** An HTTP request; header names in lower case. */
export interface AthenaRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Aborts when the caller has gone. What was asked is done all the same, as at the service. */
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the transport has to do. */
export type AthenaAnswer =
  | ({ readonly kind: 'answer' } & HttpAnswer)
  /** Begin the answer, then drop the connection in the middle of its body. */
  | ({ readonly kind: 'cut' } & HttpAnswer)
  /** Drop the connection without a byte. */
  | { readonly kind: 'reset' };

/** What a transport needs of the embedded Athena. */
export interface AthenaService {
  /** Timeouts of the in-process handler pass on it. */
  readonly clock: Clock;
  handle(request: AthenaRequest): Promise<AthenaAnswer>;
}

/** Which operation is called, and in whose name. */
export interface Address {
  readonly operation: string;
  readonly accessKeyId: string;
  readonly region: string;
}

const TARGET_PREFIX = 'AmazonAthena.';
const CREDENTIAL = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;

/**
 * Reads the target and the SigV4 credential scope. The signature itself is not checked.
 * @throws ServiceError as the service's front end answers it.
 */
export function addressOf(request: AthenaRequest): Address {
  const target = request.headers['x-amz-target'] ?? '';
  if (request.method !== 'POST' || !target.startsWith(TARGET_PREFIX)) throw unknownOperation();
  const authorization = request.headers.authorization;
  if (authorization === undefined) {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [, accessKeyId, region, service] = CREDENTIAL.exec(authorization) ?? [];
  if (!authorization.startsWith('AWS4-HMAC-SHA256 ') || accessKeyId === undefined || region === undefined) {
    throw new ServiceError('IncompleteSignatureException', 'Authorization header needs a SigV4 Credential');
  }
  if (service !== 'athena') {
    throw new ServiceError(
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'athena'.",
    );
  }
  return { operation: target.slice(TARGET_PREFIX.length), accessKeyId, region };
}

export function unknownOperation(): ServiceError {
  return new ServiceError('UnknownOperationException', 'The operation is not known.');
}

/**
 * Parses a request's body; a member that is null counts as absent, as at the service.
 * @throws ServiceError SerializationException
 */
export function parseInput(body: string): JsonObject {
  const input = parsed(body === '' ? '{}' : body);
  if (isJsonObject(input)) return input;
  throw new ServiceError('SerializationException', 'The request body is no JSON object.');
}

function parsed(json: string): unknown {
  try {
    // A reviver takes several times as long, and hardly any client sends a null.
    return json.includes('null') ? JSON.parse(json, withoutNull) : JSON.parse(json);
  } catch {
    return undefined;
  }
}

function withoutNull(_key: string, value: unknown): unknown {
  return value === null ? undefined : value;
}

/** Epoch milliseconds as the protocol writes a timestamp. */
export function epochSeconds(epochMs: number): number {
  return epochMs / 1000;
}

/** What each answer carries in its headers. */
export interface Stamp {
  readonly requestId: string;
  /** Epoch milliseconds of the service's clock, for the `Date` header: a caller can find its own clock wrong. */
  readonly now: number;
}

export function outputAnswer(output: JsonObject, stamp: Stamp): HttpAnswer {
  return httpAnswer(200, JSON.stringify(output), stamp);
}

export function errorAnswer(error: ServiceError, stamp: Stamp): HttpAnswer {
  const body = JSON.stringify({ __type: error.code, Message: error.message, ...error.members });
  return httpAnswer(error.status, body, stamp);
}

export function httpAnswer(status: number, body: string, { requestId, now }: Stamp): HttpAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': String(Buffer.byteLength(body)),
      date: new Date(now).toUTCString(),
      'x-amzn-requestid': requestId,
    },
    body,
  };
}
