import { describe, expect, it } from 'vitest';
import { SESSIONS_PAGE, usable } from '../../../lambda/athena/answers.js';
import { SessionServiceError } from '../../../lambda/athena/session-service.js';
import type { OperationName } from '../../../local/athena/index.js';
import { noHurry, REGION, servedAthena, sessionsAt } from '../../support/athena.js';
import { hurryTime } from '../../support/hurried-time.js';

/** What comes of a call that is answered with status 200 and this body. */
async function answeredWith(body: string, times?: number) {
  const { athena, url, region } = await servedAthena();
  region.createWorkgroup({ name: 'etl' });
  athena.script({ kind: 'malformed', body, times });
  return { athena, region, service: sessionsAt(url) };
}

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

type Service = ReturnType<typeof sessionsAt>;

const LISTINGS: readonly {
  readonly operation: OperationName;
  readonly member: string;
  readonly entry: string;
  readonly read: (service: Service) => Promise<unknown>;
}[] = [
  {
    operation: 'ListWorkGroups',
    member: 'WorkGroups',
    entry: '{"Name":"x"}',
    read: (service) => all(service.listWorkgroups(noHurry)),
  },
  {
    operation: 'ListSessions',
    member: 'Sessions',
    entry: '{"SessionId":"x"}',
    read: (service) => all(service.listSessions('etl', 'IDLE', noHurry)),
  },
  {
    operation: 'ListTagsForResource',
    member: 'Tags',
    entry: '{"Key":"x"}',
    read: (service) => service.workgroupTags('etl', noHurry),
  },
];

describe.each(LISTINGS)('an answer of $operation', ({ operation, member, entry, read }) => {
  const unusable = [
    '',
    '{}',
    '[]',
    'null',
    '3',
    `[${entry}]`,
    `{"${member}":null}`,
    `{"${member}":"abc"}`,
    `{"${member}":{"0":${entry}}}`,
    `{"${member}":[null]}`,
    `{"${member}":["x"]}`,
    `{"${member}":[${entry},{}]}`,
    `{"${member}":[${entry.replace('"x"', '""')}]}`,
    `{"${member}":[${entry.replace('"x"', '7')}]}`,
    `{"${member}":[${entry}],"NextToken":7}`,
  ];

  it('that is not one is asked for again, whatever it is', async () => {
    hurryTime();
    const asked = unusable.map(async (body) => {
      const { athena, service } = await answeredWith(body, 1);
      await read(service);
      return [body, athena.journal.count(operation)];
    });
    expect(await Promise.all(asked)).toEqual(unusable.map((body) => [body, 2]));
  });

  it('with an empty list is an answer', async () => {
    const { athena, service } = await answeredWith(`{"${member}":[]}`);
    await read(service);
    expect(athena.journal.count(operation)).toBe(1);
  });
});

describe('an unusable answer', () => {
  it.each([
    [{}, 'Sessions: found nothing; allowed: a list'],
    [{ Sessions: ['x'] }, 'Sessions[0]: found "x"; allowed: an object'],
    [{ Sessions: [{ SessionId: 'a' }, {}] }, 'Sessions[1].SessionId: found nothing; allowed: a name'],
    [{ Sessions: [], NextToken: 7 }, 'NextToken: found 7; allowed: text, or nothing'],
  ])('%j is explained', (answer, explanation) => {
    expect(() => usable('ListSessions', SESSIONS_PAGE, answer)).toThrow(
      new SessionServiceError('unavailable', 'ListSessions', 'UnusableAnswer', explanation),
    );
  });

  it('that stays is reported, after retries', async () => {
    hurryTime();
    const { athena, service } = await answeredWith('{"Sessions":"abc"}');
    const failure = await all(service.listSessions('etl', 'IDLE', noHurry)).catch((error: Error) => error);
    expect(failure).toMatchObject({
      kind: 'unavailable',
      message: 'ListSessions: UnusableAnswer: Sessions: found "abc"; allowed: a list',
    });
    expect(athena.journal.count('ListSessions')).toBe(6);
  });

  it('is one about another session', async () => {
    hurryTime();
    const { athena, service, region } = await answeredWith('{"SessionId":"y","Status":{"State":"IDLE"}}', 1);
    const id = region.putSession({ workGroup: 'etl' });
    expect(await service.getSession(id, noHurry)).toMatchObject({ sessionId: id, workGroup: 'etl' });
    expect(athena.journal.count('GetSession')).toBe(2);
  });
});

describe('what may be missing', () => {
  const BARE = { sessionId: 'x', region: REGION };

  it.each([
    '{"SessionId":"x"}',
    '{"SessionId":"x","Description":7,"NotebookVersion":[],"EngineVersion":"3","Status":"IDLE"}',
    '{"SessionId":"x","EngineVersion":{"EffectiveEngineVersion":3},"Status":{"State":7}}',
  ])('or is something else leaves a listed session without it: %s', async (summary) => {
    const { service } = await answeredWith(`{"Sessions":[${summary}]}`);
    expect(await all(service.listSessions('etl', 'IDLE', noHurry))).toEqual([{ ...BARE, workGroup: 'etl' }]);
  });

  it.each([
    '',
    '{}',
    '{"SessionId":"x","WorkGroup":7,"EngineVersion":{},"Status":[]}',
    '{"EngineConfiguration":"x","SessionConfiguration":{"IdleTimeoutSeconds":"60"}}',
    '{"EngineConfiguration":{"CoordinatorDpuSize":"1"},"Status":{"State":null}}',
  ])('leaves a session that was looked at in an unknown state: %s', async (body) => {
    const { athena, service } = await answeredWith(body);
    expect(await service.getSession('x', noHurry)).toEqual({ ...BARE, workGroup: '' });
    expect(athena.journal.count('GetSession')).toBe(1);
  });

  it('is not an instant that is no time: it stays what it is, for it casts doubt on the others', async () => {
    const { service } = await answeredWith(
      '{"SessionId":"x","Status":{"State":"IDLE","StartDateTime":1e18}}',
    );
    const { startedAt } = await service.getSession('x', noHurry);
    expect(startedAt?.getTime()).toBeNaN();
  });

  it('of a tag is its value alone', async () => {
    const { service } = await answeredWith('{"Tags":[{"Key":"a"},{"Key":"__proto__","Value":"b"}]}');
    const tags = await service.workgroupTags('etl', noHurry);
    expect(Object.entries(tags)).toEqual([
      ['a', ''],
      ['__proto__', 'b'],
    ]);
  });

  it.each(['', '[]', 'null', '"x"', '{"State":7}', '{"State":{}}'])(
    'of an accepted termination is its state: %s',
    async (body) => {
      const { service } = await answeredWith(body);
      const permit = await service.permitTermination(noHurry);
      expect(await service.terminateSession('x', permit, noHurry)).toBeUndefined();
    },
  );
});
