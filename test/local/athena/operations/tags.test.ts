import { describe, expect, test } from 'vitest';
import { errorOf, inProcess } from '../fixture.js';

const ETL = 'arn:aws:athena:eu-west-1:111122223333:workgroup/etl';

describe('tags', () => {
  test('of a workgroup and of its sessions are set, read and removed by ARN', async () => {
    const { client, region } = inProcess();
    const id = region.putSession({ workGroup: 'etl', tags: { a: '1' } });
    for (const ResourceARN of [ETL, `${ETL}/session/${id}`]) {
      await client.tagResource({ ResourceARN, Tags: [{ Key: 'b', Value: '2' }, { Key: 'c' }] });
      await client.untagResource({ ResourceARN, TagKeys: ['a', 'c', 'none'] });
      expect((await client.listTagsForResource({ ResourceARN })).Tags).toEqual([{ Key: 'b', Value: '2' }]);
    }
  });

  test('of the workgroup are copied to a session that is started so', async () => {
    const { client, region } = inProcess();
    region.tag({ workGroup: 'etl' }, { team: 'data', stage: 'prod' });
    const { SessionId } = await client.startSession({
      WorkGroup: 'etl',
      EngineConfiguration: {},
      CopyWorkGroupTags: true,
      Tags: [{ Key: 'stage', Value: 'test' }],
    });
    const { Tags } = await client.listTagsForResource({ ResourceARN: `${ETL}/session/${SessionId}` });
    expect(Tags).toEqual([
      { Key: 'stage', Value: 'test' },
      { Key: 'team', Value: 'data' },
    ]);
  });

  test('come 75 to a page', async () => {
    const { client, region } = inProcess();
    const many = Array.from({ length: 80 }, (_, i) => [`key-${i}`, `${i}`]);
    region.tag({ workGroup: 'etl' }, Object.fromEntries(many));
    const first = await client.listTagsForResource({ ResourceARN: ETL });
    expect(first.Tags).toHaveLength(75);
    const second = await client.listTagsForResource({ ResourceARN: ETL, NextToken: first.NextToken });
    expect(second.Tags).toHaveLength(5);
    expect(second.NextToken).toBeUndefined();
  });

  test('can be taken away without a call', async () => {
    const { client, region } = inProcess();
    region.tag({ workGroup: 'etl' }, { a: '1', b: '2' });
    region.tag({ workGroup: 'etl' }, { a: undefined });
    expect((await client.listTagsForResource({ ResourceARN: ETL })).Tags).toEqual([{ Key: 'b', Value: '2' }]);
  });

  test('are refused beyond 50, with a reserved key, and in a page of less than 75', async () => {
    const { client } = inProcess();
    const Tags = Array.from({ length: 51 }, (_, i) => ({ Key: `key-${i}`, Value: '' }));
    const calls = [
      client.tagResource({ ResourceARN: ETL, Tags }),
      client.tagResource({ ResourceARN: ETL, Tags: [{ Key: 'aws:x', Value: '' }] }),
      client.tagResource({ ResourceARN: ETL, Tags: [{ Key: '', Value: '' }] }),
      client.listTagsForResource({ ResourceARN: ETL, MaxResults: 74 }),
    ];
    for (const call of calls) expect(await errorOf(call)).toBe('InvalidRequestException');
  });

  test.each([
    ['no ARN', 'etl', 'InvalidRequestException'],
    ['an ARN of another Region', ETL.replace('eu-west-1', 'us-east-1'), 'InvalidRequestException'],
    ['an ARN of another account', ETL.replace('1111', '9999'), 'InvalidRequestException'],
    ['a workgroup that is not there', `${ETL}x`, 'ResourceNotFoundException'],
    ['a session that is not there', `${ETL}/session/nobody`, 'ResourceNotFoundException'],
    ['a session of another workgroup', `${ETL}x/session/mine`, 'ResourceNotFoundException'],
    ['a data catalog', ETL.replace('workgroup', 'datacatalog'), 'ResourceNotFoundException'],
  ])('are not found for %s', async (_, ResourceARN, code) => {
    const { client, region } = inProcess();
    region.putSession({ workGroup: 'etl', sessionId: 'mine' });
    expect(await errorOf(client.listTagsForResource({ ResourceARN }))).toBe(code);
  });
});
