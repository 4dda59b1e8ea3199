/** What the service may answer against its own model, over HTTP. */
import type { Athena } from '@aws-sdk/client-athena';
import { describe, expect, test } from 'vitest';
import type {
  EmbeddedAthenaOptions,
  Fault,
  SessionPlacement,
  WorkgroupSpec,
} from '../../../../local/athena/index.js';
import { embedded, errorOf, inProcess, minutes } from '../fixture.js';

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

describe('a session that only listings know', () => {
  test('is unknown to every other call, as the world has it, and goes on', async () => {
    const { client, region } = await embedded({ world: { unknownSession: 'InvalidRequestException' } });
    const SessionId = region.putSession({ workGroup: 'etl' });
    region.loseSession(SessionId);
    expect(await errorOf(client.getSession({ SessionId }))).toBe('InvalidRequestException');
    expect(await errorOf(client.terminateSession({ SessionId }))).toBe('InvalidRequestException');
    expect((await client.listSessions({ WorkGroup: 'etl' })).Sessions).toMatchObject([{ SessionId }]);
    expect(region.session(SessionId).state).toBe('IDLE');
  });

  test('can be unknown to one operation alone', async () => {
    const { athena, client, region } = await embedded();
    const SessionId = region.putSession({ workGroup: 'etl' });
    athena.script({ kind: 'error', code: 'ResourceNotFoundException', operation: 'TerminateSession' });
    expect(await errorOf(client.terminateSession({ SessionId }))).toBe('ResourceNotFoundException');
    expect((await client.getSession({ SessionId })).Status?.State).toBe('IDLE');
  });
});

describe('a workgroup', () => {
  test.each<[string, Omit<WorkgroupSpec, 'name'>, object | undefined]>([
    [
      'of an engine with a new name',
      { engine: 'Apache Spark version 4.0' },
      {
        SelectedEngineVersion: 'Apache Spark version 4.0',
        EffectiveEngineVersion: 'Apache Spark version 4.0',
      },
    ],
    [
      'that AUTO has given a Spark engine',
      { engine: 'AUTO', effectiveEngine: 'Apache Spark version 3.5' },
      { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Apache Spark version 3.5' },
    ],
    [
      'that says AUTO and no more',
      { engine: 'AUTO', effectiveEngine: 'PySpark engine version 3', engineShown: 'selected' },
      { SelectedEngineVersion: 'AUTO' },
    ],
    ['that says no engine', { engineShown: 'none' }, undefined],
  ])('%s holds sessions', async (_, spec, shown) => {
    const { client, region } = await embedded();
    region.createWorkgroup({ name: 'a', ...spec });
    const SessionId = region.putSession({ workGroup: 'a' });
    expect((await client.listWorkGroups({})).WorkGroups?.[0]?.EngineVersion).toEqual(shown);
    const { WorkGroup } = await client.getWorkGroup({ WorkGroup: 'a' });
    expect(WorkGroup?.Configuration?.EngineVersion).toEqual(shown);
    expect((await client.listSessions({ WorkGroup: 'a' })).Sessions).toMatchObject([{ SessionId }]);
  });
});

describe('an instant of a session', () => {
  test.each<[string, SessionPlacement['shows']]>([
    ['the beginning of time', { IdleSinceDateTime: new Date(0) }],
    ['before the service existed', { IdleSinceDateTime: new Date('2001-01-01') }],
    ['before its start', { IdleSinceDateTime: new Date('2025-12-31') }],
    ['in the future', { IdleSinceDateTime: new Date('2026-01-02') }],
  ])('can be %s', async (_, shows) => {
    const { client, region } = await embedded();
    const SessionId = region.putSession({ workGroup: 'etl', minutesInState: 45, shows });
    const listed = (await client.listSessions({ WorkGroup: 'etl' })).Sessions?.[0]?.Status;
    expect(listed).toMatchObject({ ...shows });
    expect((await client.getSession({ SessionId })).Status).toMatchObject({ ...shows });
  });
});

describe.each([
  ['over HTTP', embedded],
  ['in process', async (options: EmbeddedAthenaOptions) => inProcess(options)],
] as const)("the service's clock %s", (_, start) => {
  test.each([0, minutes(7), -minutes(7)])(
    'is ahead of the caller by %i milliseconds, in instants and in the Date header',
    async (clockOffsetMs) => {
      const { clock, client, region } = await start({ clockOffsetMs });
      const SessionId = region.putSession({ workGroup: 'etl', minutesInState: 45 });
      const dates = datesSeenBy(client);
      const { Status } = await client.getSession({ SessionId });
      expect(Status?.IdleSinceDateTime?.getTime()).toBe(clock.now() + clockOffsetMs - minutes(45));
      await errorOf(client.getSession({ SessionId: 'nobody' }));
      const date = new Date(clock.now() + clockOffsetMs).toUTCString();
      expect(dates).toEqual([date, date]);
    },
  );
});

/** The Date headers of the answers that a client gets from now on. */
function datesSeenBy(client: Athena): unknown[] {
  const dates: unknown[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = Object(result.response);
      dates.push(headers.date);
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  return dates;
}
