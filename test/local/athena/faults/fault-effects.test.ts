import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../../local/athena/index.js';
import { embedded } from '../fixture.js';

/** The body of a call that anybody may make, as it comes over the wire. */
async function bodyOf(url: string, operation: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'x-amz-target': `AmazonAthena.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/athena/aws4_request, Signature=0',
    },
    body: '{"WorkGroup":"etl"}',
  });
  expect(response.status).toBe(200);
  return response.text();
}

describe.each([
  ['ListSessions', 'Sessions'],
  ['ListWorkGroups', 'WorkGroups'],
] as const)('an answer to %s that is none', (operation, member) => {
  test.each<[string, Fault, string]>([
    ['no body at all', { kind: 'malformed', body: '' }, ''],
    ['a list', { kind: 'malformed', body: '[]' }, '[]'],
    ['null', { kind: 'malformed', body: 'null' }, 'null'],
    ['an object without its list', { kind: 'replace', member }, '{}'],
    ['one whose list is an object', { kind: 'replace', member, value: { a: 1 } }, `{"${member}":{"a":1}}`],
    ['one whose list is a text', { kind: 'replace', member, value: 'x' }, `{"${member}":"x"}`],
  ])('can be %s', async (_, fault, body) => {
    const { athena, region, url } = await embedded();
    region.putSession({ workGroup: 'etl' });
    athena.script(fault);
    expect(await bodyOf(url, operation)).toBe(body);
  });
});

describe('an account', () => {
  test('can have no workgroup, not even the first one of every account', async () => {
    const { athena, client } = await embedded();
    athena.script({ kind: 'replace', member: 'WorkGroups', value: [] });
    expect((await client.listWorkGroups({})).WorkGroups).toEqual([]);
  });
});
