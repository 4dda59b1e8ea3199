import type { AthenaClientConfig } from '@aws-sdk/client-athena';

type RequestSigner = Exclude<NonNullable<AthenaClientConfig['signer']>, (...args: never) => unknown>;

/**
 * Says who calls, as a signature does, without one: to make signatures takes a fifth of the time of a call without
 * sockets, and the embedded Athena reads the scope alone. Sweeps over HTTP, which sign, do the same: `over-http.test.ts`.
 */
export function unsigned(accessKeyId: string, region: string): RequestSigner {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260302/${region}/athena/aws4_request`;
  return {
    sign: async (request) => Object.assign(request, { headers: { ...request.headers, authorization } }),
  };
}
