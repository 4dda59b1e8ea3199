import { describe, expect, it } from 'vitest';
import { LISTED_CLIENTS } from '../../../lambda/contract/clients.js';
import { clientOf } from '../../../lambda/policy/client.js';
import { session } from '../../support/sessions.js';

describe('what started a session', () => {
  it.each([
    { client: 'dbt-athena', members: { description: 'dbt: 4c1d - 9f' }, tags: {} },
    { client: 'SageMaker Unified Studio', members: {}, tags: { AmazonDataZoneProject: 'p' } },
    { client: 'notebook', members: { notebookVersion: 'Jupyter 1' }, tags: {} },
    { client: undefined, members: { description: 'a dbt: like text' }, tags: { team: 'data' } },
  ])('is $client by $members and $tags', ({ client, members, tags }) => {
    expect(clientOf(session(members), tags)).toBe(client);
  });
});

it('the clients that a listing shows are those that leave a trace there', () => {
  expect(LISTED_CLIENTS).toEqual(['dbt-athena', 'notebook']);
});
