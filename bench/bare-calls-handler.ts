/** The calls of a sweep of one empty workgroup and nothing else: the least that such a sweep can take. */
import { AthenaClient, ListSessionsCommand, ListWorkGroupsCommand } from '@aws-sdk/client-athena';

const client = new AthenaClient({});

export async function handler() {
  await client.send(new ListWorkGroupsCommand({ MaxResults: 50 }));
  const query = { WorkGroup: 'workgroup-0000', StateFilter: 'IDLE', MaxResults: 100 } as const;
  await client.send(new ListSessionsCommand(query));
}
