import { expect, test } from 'vitest';
import { clientOf, embedded, errorOf, inProcess, REGION } from '../fixture.js';

test('calls above the burst are throttled until the rate has earned another', async () => {
  const { client, clock } = await embedded({ rateLimit: { ratePerSecond: 5, burst: 3 } });
  const call = () => client.listWorkGroups({});
  for (let i = 0; i < 3; i += 1) await call();
  const refused = await call().catch((error) => error);
  expect(refused).toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
  expect(refused.$metadata.httpStatusCode).toBe(400);
  await clock.advance(199);
  expect(await errorOf(call())).toBe('ThrottlingException');
  await clock.advance(1);
  await call();
  expect(await errorOf(call())).toBe('ThrottlingException');
});

test('what a pause earns is no more than the burst', async () => {
  const { client, clock, athena } = await embedded({ rateLimit: { ratePerSecond: 5, burst: 3 } });
  await clock.advance(3_600_000);
  await Promise.allSettled(Array.from({ length: 10 }, () => client.listWorkGroups({})));
  expect(athena.journal.count('ListWorkGroups', 'ok')).toBe(3);
});

test('each operation, Region and account has its own rate', async () => {
  const { client, url, region } = await embedded({
    rateLimit: { ratePerSecond: 1, burst: 1 },
    rateLimits: { GetSession: { ratePerSecond: 1, burst: 2 } },
    accounts: { AKIDOTHER: '444455556666' },
  });
  const SessionId = region.putSession({ workGroup: 'etl' });
  await client.listWorkGroups({});
  await client.getSession({ SessionId });
  await client.getSession({ SessionId });
  expect(await errorOf(client.getSession({ SessionId }))).toBe('ThrottlingException');
  await clientOf({ endpoint: url, region: 'us-east-1' }).listWorkGroups({});
  const other = { accessKeyId: 'AKIDOTHER', secretAccessKey: 'loopback-only' };
  await clientOf({ endpoint: url, region: REGION, credentials: other }).listWorkGroups({});
});

test('a throttled call has no effect and spends no fault', async () => {
  const { client, region, athena } = await embedded({
    rateLimits: { TerminateSession: { ratePerSecond: 1, burst: 0 } },
  });
  const SessionId = region.putSession({ workGroup: 'etl' });
  const fault = athena.script({ kind: 'error', code: 'InternalServerException', status: 500 });
  expect(await errorOf(client.terminateSession({ SessionId }))).toBe('ThrottlingException');
  expect(fault.callsStruck).toBe(0);
  expect(region.session(SessionId).state).toBe('IDLE');
});

test('latency passes on the clock, half of it before the call takes effect', async () => {
  const { client, region, athena, clock } = inProcess({ latencyMs: 100 });
  const SessionId = region.putSession({ workGroup: 'etl' });
  const began = clock.now();
  await clock.runUntil(client.terminateSession({ SessionId }));
  expect(clock.now() - began).toBe(100);
  expect(region.session(SessionId).since.getTime() - began).toBe(50);
  const [call] = athena.journal.of('TerminateSession');
  expect([call?.arrivedAt, call?.answeredAt]).toEqual([began, began + 100]);
});
