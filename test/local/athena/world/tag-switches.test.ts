/** What a world does with tags, over HTTP, for the real SDK. */
import { describe, expect, test } from 'vitest';
import type { World } from '../../../../local/athena/index.js';
import { errorOf, inProcess, REGION } from '../fixture.js';

const ETL = `arn:aws:athena:${REGION}:111122223333:workgroup/etl`;

describe('sessionTags', () => {
  test('read', async () => {
    const { client, region } = inProcess({ world: { sessionTags: 'read' } });
    const id = region.putSession({ workGroup: 'etl', tags: { a: '1' } });
    const { Tags } = await client.listTagsForResource({ ResourceARN: `${ETL}/session/${id}` });
    expect(Tags).toEqual([{ Key: 'a', Value: '1' }]);
  });

  test.each(['InvalidRequestException', 'ResourceNotFoundException'] as const)('%s', async (sessionTags) => {
    const { client, region } = inProcess({ world: { sessionTags } });
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
    const { client, region } = inProcess({ world: { workgroupTags } });
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

describe('denyBySessionTag', () => {
  const denyTagged = { key: 'session-reaper:exempt', value: 'true' };

  /** Whether TerminateSession is denied where only the session, or only its workgroup, has a tag. */
  async function denied(world: Partial<World>, tags: Readonly<Record<string, string>>) {
    const { client, region } = inProcess({ world, denyTagged });
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
    const { client, region } = inProcess({ denyTagged });
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
