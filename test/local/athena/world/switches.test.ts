/** Each switch of the world has each of its answers, over HTTP, for the real SDK. */
import { describe, expect, test } from 'vitest';
import type { SessionPlacement, World } from '../../../../local/athena/index.js';
import { embedded, errorOf, minutes, REGION } from '../fixture.js';

const ETL = `arn:aws:athena:${REGION}:111122223333:workgroup/etl`;
const SPARK_3_5 = 'Apache Spark version 3.5';

/** A session of Apache Spark 3.5 in a world, with what ListSessions and GetSession say of its status. */
async function sessionIn(world: Partial<World>, placement: Partial<SessionPlacement> = {}) {
  const stage = await embedded({ world });
  stage.region.createWorkgroup({ name: 'connect', engine: SPARK_3_5 });
  const SessionId = stage.region.putSession({ workGroup: 'connect', ...placement });
  const listed = async (WorkGroup = 'connect') =>
    (await stage.client.listSessions({ WorkGroup })).Sessions?.[0]?.Status;
  const got = async (id = SessionId) => (await stage.client.getSession({ SessionId: id })).Status;
  return { ...stage, SessionId, listed, got };
}

describe('lastModified', () => {
  test.each([
    ['moves', 45],
    ['stands', 60],
  ] as const)('%s', async (lastModified, minutesAgo) => {
    const { clock, listed, got } = await sessionIn({ lastModified }, { minutesInState: 45, ageMinutes: 60 });
    const expected = new Date(clock.now() - minutes(minutesAgo));
    expect((await listed())?.LastModifiedDateTime).toEqual(expected);
    expect((await got())?.LastModifiedDateTime).toEqual(expected);
  });
});

describe('idleSince', () => {
  test.each([
    ['filled', true, true],
    ['empty', false, false],
    ['only-in-get-session', false, true],
  ] as const)('%s', async (idleSince, inListing, inGetSession) => {
    const { region, client, SessionId, listed, got } = await sessionIn({ idleSince });
    expect((await listed())?.IdleSinceDateTime !== undefined).toBe(inListing);
    expect((await got())?.IdleSinceDateTime !== undefined).toBe(inGetSession);
    const { Status } = await client.getSessionStatus({ SessionId });
    expect(Status).toEqual(await got());
    const pyspark = region.putSession({ workGroup: 'etl' });
    expect((await listed('etl'))?.IdleSinceDateTime).toBeDefined();
    expect((await got(pyspark))?.IdleSinceDateTime).toBeDefined();
  });
});

describe('listedInstants', () => {
  test.each([
    ['milliseconds', 0],
    ['whole-seconds', 789],
  ] as const)('%s', async (listedInstants, cutOffMs) => {
    const { clock, region, listed, got } = await sessionIn({ listedInstants });
    await clock.advance(789);
    region.createWorkgroup({ name: 'later' });
    const id = region.putSession({ workGroup: 'later', minutesInState: 45 });
    const truth = await got(id);
    expect(truth?.IdleSinceDateTime).toEqual(new Date(clock.now() - minutes(45)));
    const shown = await listed('later');
    for (const member of ['StartDateTime', 'LastModifiedDateTime', 'IdleSinceDateTime'] as const) {
      expect(Number(truth?.[member]) - Number(shown?.[member])).toBe(cutOffMs);
    }
  });
});

describe('sessionTags', () => {
  test('read', async () => {
    const { client, region } = await embedded({ world: { sessionTags: 'read' } });
    const id = region.putSession({ workGroup: 'etl', tags: { a: '1' } });
    const { Tags } = await client.listTagsForResource({ ResourceARN: `${ETL}/session/${id}` });
    expect(Tags).toEqual([{ Key: 'a', Value: '1' }]);
  });

  test.each(['InvalidRequestException', 'ResourceNotFoundException'] as const)('%s', async (sessionTags) => {
    const { client, region } = await embedded({ world: { sessionTags } });
    const id = region.putSession({ workGroup: 'etl' });
    const ResourceARN = `${ETL}/session/${id}`;
    const calls = [
      client.listTagsForResource({ ResourceARN }),
      client.tagResource({ ResourceARN, Tags: [{ Key: 'a', Value: '1' }] }),
      client.untagResource({ ResourceARN, TagKeys: ['a'] }),
    ];
    for (const call of calls) expect(await errorOf(call)).toBe(sessionTags);
    expect((await client.listTagsForResource({ ResourceARN: ETL })).Tags).toEqual([]);
  });
});

describe('workgroupTags', () => {
  test.each([
    ['copied', undefined, true],
    ['copied', false, false],
    ['not-copied', undefined, false],
    ['not-copied', true, true],
  ] as const)('%s, and the caller says %s', async (workgroupTags, CopyWorkGroupTags, copied) => {
    const { client, region } = await embedded({ world: { workgroupTags } });
    region.tag({ workGroup: 'etl' }, { team: 'data' });
    const { SessionId } = await client.startSession({
      WorkGroup: 'etl',
      EngineConfiguration: {},
      CopyWorkGroupTags,
    });
    const { Tags } = await client.listTagsForResource({ ResourceARN: `${ETL}/session/${SessionId}` });
    expect(Tags).toEqual(copied ? [{ Key: 'team', Value: 'data' }] : []);
  });
});

describe('defaultIdleTimeout', () => {
  test.each([
    ['20-minutes-shown', 'TERMINATED', { IdleTimeoutSeconds: 1_200, SessionIdleTimeoutInMinutes: 20 }],
    ['20-minutes-hidden', 'TERMINATED', {}],
    ['none', 'IDLE', {}],
  ] as const)('%s', async (defaultIdleTimeout, later, shown) => {
    const { client, region, clock } = await embedded({ world: { defaultIdleTimeout } });
    const { SessionId = '' } = await client.startSession({ WorkGroup: 'etl', EngineConfiguration: {} });
    expect((await client.getSession({ SessionId })).SessionConfiguration).toEqual(shown);
    await clock.advance(minutes(20));
    expect(region.session(SessionId).state).toBe('IDLE');
    await clock.advance(minutes(1));
    expect(region.session(SessionId).state).toBe(later);
  });
});

describe('unknownSession', () => {
  test.each(['ResourceNotFoundException', 'InvalidRequestException'] as const)(
    '%s',
    async (unknownSession) => {
      const { client } = await embedded({ world: { unknownSession } });
      const SessionId = 'nobody';
      const calls = [
        client.getSession({ SessionId }),
        client.getSessionStatus({ SessionId }),
        client.terminateSession({ SessionId }),
      ];
      for (const call of calls) expect(await errorOf(call)).toBe(unknownSession);
    },
  );

  test('TERMINATED', async () => {
    const { client } = await embedded({ world: { unknownSession: 'TERMINATED' } });
    const SessionId = 'nobody';
    const ended = { SessionId, Status: { State: 'TERMINATED' } };
    expect(await client.getSession({ SessionId })).toMatchObject(ended);
    expect(await client.getSessionStatus({ SessionId })).toMatchObject(ended);
    expect((await client.terminateSession({ SessionId })).State).toBe('TERMINATED');
  });
});

describe('sqlListing', () => {
  test('InvalidRequestException', async () => {
    const { client, region } = await embedded({ world: { sqlListing: 'InvalidRequestException' } });
    region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
    expect(await errorOf(client.listSessions({ WorkGroup: 'sql' }))).toBe('InvalidRequestException');
  });

  test('empty', async () => {
    const { client, region } = await embedded({ world: { sqlListing: 'empty' } });
    region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
    expect((await client.listSessions({ WorkGroup: 'sql' })).Sessions).toEqual([]);
  });
});

describe('unfilteredListing', () => {
  test.each([
    ['without-degraded', 0],
    ['with-degraded', 1],
  ] as const)('%s', async (unfilteredListing, count) => {
    const { client, region } = await embedded({ world: { unfilteredListing } });
    region.putSession({ workGroup: 'etl', state: 'DEGRADED' });
    region.putSession({ workGroup: 'etl', state: 'TERMINATED' });
    expect((await client.listSessions({ WorkGroup: 'etl' })).Sessions).toHaveLength(count);
    const byName = await client.listSessions({ WorkGroup: 'etl', StateFilter: 'DEGRADED' });
    expect(byName.Sessions).toHaveLength(1);
  });
});

describe('terminateAnswer and secondsToTerminated', () => {
  test.each([
    ['TERMINATING', 10, 'TERMINATING'],
    ['TERMINATED', 10, 'TERMINATING'],
    ['TERMINATING', 0, 'TERMINATED'],
    ['TERMINATED', 0, 'TERMINATED'],
  ] as const)('%s, and %i seconds', async (terminateAnswer, secondsToTerminated, state) => {
    const { client, clock, got, SessionId } = await sessionIn({ terminateAnswer, secondsToTerminated });
    expect((await client.terminateSession({ SessionId })).State).toBe(terminateAnswer);
    expect((await got())?.State).toBe(state);
    await clock.advance(secondsToTerminated * 1_000);
    expect((await got())?.State).toBe('TERMINATED');
    expect((await client.terminateSession({ SessionId })).State).toBe('TERMINATED');
  });
});

describe('denyBySessionTag', () => {
  const denyTagged = { key: 'session-reaper:exempt', value: 'true' };

  /** Whether TerminateSession is denied where only the session, or only its workgroup, has a tag. */
  async function denied(world: Partial<World>, tags: Readonly<Record<string, string>>) {
    const { client, region } = await embedded({ world, denyTagged });
    region.createWorkgroup({ name: 'tagged', tags });
    const ids = [region.putSession({ workGroup: 'etl', tags }), region.putSession({ workGroup: 'tagged' })];
    const calls = ids.map((SessionId) => client.terminateSession({ SessionId }));
    const settled = await Promise.allSettled(calls);
    const active = ids.map((id) => region.session(id).state === 'IDLE');
    expect(settled.map(({ status }) => status === 'rejected')).toEqual(active);
    return { bySession: active[0], byWorkgroup: active[1] };
  }

  test('holds', async () => {
    const tags = { 'Session-Reaper:Exempt': 'TRUE' };
    expect(await denied({ denyBySessionTag: 'holds' }, tags)).toEqual({ bySession: true, byWorkgroup: true });
  });

  test('workgroup-only', async () => {
    const tags = { 'session-reaper:exempt': 'true' };
    const world = { denyBySessionTag: 'workgroup-only' } as const;
    expect(await denied(world, tags)).toEqual({ bySession: false, byWorkgroup: true });
  });

  test('does not deny for another value of the tag', async () => {
    const tags = { 'session-reaper:exempt': '2026-12-31' };
    expect(await denied({}, tags)).toEqual({ bySession: false, byWorkgroup: false });
  });

  test('says who may not do what, and why', async () => {
    const { client, region } = await embedded({ denyTagged });
    const SessionId = region.putSession({ workGroup: 'etl', tags: { 'session-reaper:exempt': 'true' } });
    await expect(client.terminateSession({ SessionId })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::111122223333:assumed-role/embedded-athena/caller is not authorized to perform: ' +
        `athena:TerminateSession on resource: ${ETL}/session/${SessionId} ` +
        'with an explicit deny in an identity-based policy',
    });
  });
});

describe('sparkConnectWork', () => {
  const placement = { minutesInState: 45, idleTimeoutMinutes: 60 };

  /** State, and minutes since which it is said to be idle, half-way through ten minutes of work and a minute after it. */
  async function seen(sparkConnectWork: World['sparkConnectWork']) {
    const { clock, region, SessionId, got } = await sessionIn({ sparkConnectWork }, placement);
    const look = async () => {
      const status = await got();
      const idleMs = status?.IdleSinceDateTime && clock.now() - status.IdleSinceDateTime.getTime();
      return [status?.State, idleMs && idleMs / minutes(1)];
    };
    region.sparkConnectWork(SessionId, { seconds: 600 });
    await clock.advance(minutes(5));
    const during = await look();
    await clock.advance(minutes(6));
    return { during, after: await look() };
  }

  test.each([
    ['busy', { during: ['BUSY', undefined], after: ['IDLE', 1] }],
    ['idle-moving', { during: ['IDLE', 5], after: ['IDLE', 1] }],
    ['idle-standing', { during: ['IDLE', 50], after: ['IDLE', 56] }],
  ] as const)('%s', async (answer, expected) => {
    expect(await seen(answer)).toEqual(expected);
  });

  test.each(['busy', 'idle-moving', 'idle-standing'] as const)(
    '%s: its own idle timeout starts anew when the work is done',
    async (sparkConnectWork) => {
      const { clock, region, SessionId } = await sessionIn({ sparkConnectWork }, placement);
      region.sparkConnectWork(SessionId, { seconds: 600 });
      await clock.advance(minutes(70) - 1);
      expect(region.session(SessionId).state).toBe('IDLE');
      await clock.advance(1);
      expect(region.session(SessionId)).toMatchObject({ state: 'TERMINATING', endedBy: 'idle-timeout' });
    },
  );

  test.each(['busy', 'idle-moving', 'idle-standing'] as const)(
    '%s: operations may overlap, and the truth has each until the session ends',
    async (sparkConnectWork) => {
      const { clock, region, SessionId } = await sessionIn({ sparkConnectWork });
      const began = clock.now();
      const at = (seconds: number) => new Date(began + seconds * 1_000);
      region.sparkConnectWork(SessionId, { seconds: 100 });
      await clock.advance(10_000);
      region.sparkConnectWork(SessionId, { seconds: 5 });
      await clock.advance(50_000);
      expect(region.session(SessionId).state).toBe(sparkConnectWork === 'busy' ? 'BUSY' : 'IDLE');
      region.endSession(SessionId);
      expect(region.session(SessionId).sparkConnectWork).toEqual([
        { from: at(0), to: at(60) },
        { from: at(10), to: at(15) },
      ]);
    },
  );

  test('cannot be done in a session that is not idle, or of PySpark engine 3', async () => {
    const { region } = await sessionIn({});
    const busy = region.putSession({ workGroup: 'connect', state: 'BUSY' });
    const pyspark = region.putSession({ workGroup: 'etl' });
    expect(() => region.sparkConnectWork(busy, { seconds: 1 })).toThrow('is BUSY, not IDLE');
    expect(() => region.sparkConnectWork(pyspark, { seconds: 1 })).toThrow('has no Spark Connect');
  });

  test('has no endpoint that gives out a token', async () => {
    const { client, SessionId } = await sessionIn({});
    expect(await errorOf(client.getSessionEndpoint({ SessionId }))).toBe('UnknownOperationException');
  });
});
