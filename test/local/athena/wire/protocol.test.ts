import { describe, expect, test } from 'vitest';
import { embedded } from '../fixture.js';

const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-1/athena/aws4_request, SignedHeaders=host, Signature=0';

interface Raw {
  readonly method?: string;
  readonly target?: string;
  readonly authorization?: string | undefined;
  readonly body?: string;
}

async function post(
  url: string,
  { method = 'POST', target = 'ListWorkGroups', body = '{}', ...raw }: Raw = {},
) {
  const authorization = 'authorization' in raw ? raw.authorization : AUTHORIZATION;
  const response = await fetch(url, {
    method,
    headers: { 'x-amz-target': `AmazonAthena.${target}`, ...(authorization && { authorization }) },
    ...(method === 'POST' && { body }),
  });
  return { status: response.status, headers: response.headers, json: Object(await response.json()) };
}

describe('the wire', () => {
  test('answers JSON 1.1 with a request id and timestamps in epoch seconds', async () => {
    const { url, clock } = await embedded();
    const { status, headers, json } = await post(url);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(json.WorkGroups[0].CreationTime).toBe(clock.now() / 1000);
  });

  test('answers an error with __type and Message', async () => {
    const { url } = await embedded();
    const { status, json } = await post(url, { target: 'GetSession', body: '{"SessionId":"nobody"}' });
    expect(status).toBe(400);
    expect(json).toEqual({
      __type: 'ResourceNotFoundException',
      Message: 'Session nobody does not exist.',
      ResourceName: 'nobody',
    });
  });

  test('takes a member that is null for one that is absent', async () => {
    const { url } = await embedded();
    expect((await post(url, { body: '{"NextToken":null}' })).status).toBe(200);
  });

  test.each<[string, Raw, string]>([
    ['an operation that it does not know', { target: 'DropEverything' }, 'UnknownOperationException'],
    ['a name that every object has', { target: 'toString' }, 'UnknownOperationException'],
    ['another method', { method: 'GET' }, 'UnknownOperationException'],
    ['a call without credentials', { authorization: undefined }, 'MissingAuthenticationTokenException'],
    ['other credentials than SigV4', { authorization: 'Bearer x' }, 'IncompleteSignatureException'],
    [
      'credentials for another service',
      { authorization: AUTHORIZATION.replace('/athena/', '/s3/') },
      'InvalidSignatureException',
    ],
    ['broken JSON', { body: '{"MaxResults":' }, 'SerializationException'],
    ['JSON that is no object', { body: '[]' }, 'SerializationException'],
    [
      'a list in the place of a structure',
      { target: 'StartSession', body: '{"WorkGroup":"etl","EngineConfiguration":[]}' },
      'SerializationException',
    ],
    ['a fraction in the place of a whole number', { body: '{"MaxResults":1.5}' }, 'SerializationException'],
    ['a member of the wrong type', { body: '{"MaxResults":"many"}' }, 'SerializationException'],
  ])('refuses %s', async (_, raw, code) => {
    const { url } = await embedded();
    const { status, json } = await post(url, raw);
    expect([status, json.__type]).toEqual([400, code]);
  });

  test('names every constraint that input does not meet', async () => {
    const { url } = await embedded();
    const { json } = await post(url, {
      target: 'ListSessions',
      body: '{"StateFilter":"SLEEPING","MaxResults":101}',
    });
    expect(json.__type).toBe('InvalidRequestException');
    expect(json.Message).toBe(
      "3 validation errors detected: Value null at 'workGroup' failed to satisfy constraint: Member must not be null; " +
        "Value 'SLEEPING' at 'stateFilter' failed to satisfy constraint: Member must satisfy enum value set: " +
        '[BUSY, CREATED, CREATING, DEGRADED, FAILED, IDLE, TERMINATED, TERMINATING]; ' +
        "Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    );
  });
});
