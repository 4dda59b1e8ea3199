/** Nothing but the Athena client: the least that any handler which talks to Athena has to load. */
import { AthenaClient, ListWorkGroupsCommand } from '@aws-sdk/client-athena';

const client = new AthenaClient({});

export const handler = () => client.send(new ListWorkGroupsCommand({}));
