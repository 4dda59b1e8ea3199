import { expect, test } from 'vitest';
import { clientOf, embedded, errorOf, REGION } from '../fixture.js';

test('each Region of each account holds its own, by the credentials of the call', async () => {
  const { athena, url } = await embedded({ accounts: { AKIDOTHER: '444455556666' } });
  athena.region('us-east-1').createWorkgroup({ name: 'virginia' });
  athena.region(REGION, '444455556666').createWorkgroup({ name: 'other-account' });
  const other = { accessKeyId: 'AKIDOTHER', secretAccessKey: 'loopback-only' };
  const clients = [
    clientOf({ endpoint: url }),
    clientOf({ endpoint: url, region: 'us-east-1' }),
    clientOf({ endpoint: url, credentials: other }),
    clientOf({ endpoint: url, credentials: other, region: 'us-east-1' }),
  ];
  const names = clients.map(async (client) =>
    (await client.listWorkGroups({})).WorkGroups?.map(({ Name }) => Name),
  );
  expect(await Promise.all(names)).toEqual([['etl'], ['virginia'], ['other-account'], []]);
});

test('a session is not known in another Region, nor a page token', async () => {
  const { athena, region, url, client } = await embedded();
  const there = athena.region('us-east-1');
  there.createWorkgroup({ name: 'etl' });
  for (const home of [region, there]) for (let i = 0; i < 2; i += 1) home.putSession({ workGroup: 'etl' });
  const SessionId = region.sessions()[0]?.sessionId;
  const virginia = clientOf({ endpoint: url, region: 'us-east-1' });
  expect(await errorOf(virginia.getSession({ SessionId }))).toBe('ResourceNotFoundException');
  const { NextToken } = await client.listSessions({ WorkGroup: 'etl', MaxResults: 1 });
  expect(await errorOf(virginia.listSessions({ WorkGroup: 'etl', NextToken }))).toBe(
    'InvalidRequestException',
  );
});

test('the ARNs of a Region are of its partition', async () => {
  const { athena, url } = await embedded();
  athena.region('cn-north-1').createWorkgroup({ name: 'etl', tags: { a: '1' } });
  const client = clientOf({ endpoint: url, region: 'cn-north-1' });
  const ResourceARN = 'arn:aws-cn:athena:cn-north-1:111122223333:workgroup/etl';
  expect((await client.listTagsForResource({ ResourceARN })).Tags).toHaveLength(1);
  const elsewhere = ResourceARN.replace('aws-cn', 'aws');
  expect(await errorOf(client.listTagsForResource({ ResourceARN: elsewhere }))).toBe(
    'InvalidRequestException',
  );
});

test('a Region that is down drops every connection, and the others do not notice', async () => {
  const { athena, url, client } = await embedded();
  const down = athena.script({ kind: 'drop', region: REGION });
  expect(await errorOf(client.listWorkGroups({}))).toBe('TimeoutError ECONNRESET');
  await clientOf({ endpoint: url, region: 'us-east-1' }).listWorkGroups({});
  down.stop();
  await client.listWorkGroups({});
  expect(down.callsStruck).toBe(1);
});
