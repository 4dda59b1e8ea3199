/** Errors as the service answers them. */
import type { JsonObject } from './json.js';

/** An error as the service answers it: HTTP status, `__type`, `Message` and what else the shape has. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly members: JsonObject = {},
  ) {
    super(message);
  }
}

/** What Athena answers to input it does not accept, an unknown workgroup included. */
export function invalidRequest(message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message, 400, { AthenaErrorCode: 'INVALID_INPUT' });
}

export function resourceNotFound(message: string, resource: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message, 400, { ResourceName: resource });
}

/** The front end's answer to a call above the rate; not part of Athena's model, but every SDK retries it. */
export function rateExceeded(): ServiceError {
  return new ServiceError('ThrottlingException', 'Rate exceeded');
}
