import { describe, expect, it } from 'vitest';
import { AthenaSessions } from '../../../lambda/athena/athena-sessions.js';
import { isGone, SessionServiceError } from '../../../lambda/athena/session-service.js';
import { ACCOUNT, clientFor, noHurry, REGION, servedAthena, sessionsAt } from '../../support/athena.js';
import { hurryTime } from '../../support/hurried-time.js';

/** A pacer that lets every call through and notes what it hears. */
function listeningPacer() {
  const heard: string[] = [];
  const note = (what: string) => () => void heard.push(what);
  const turn = { accepted: note('accepted'), throttled: note('throttled'), unused: note('unused') };
  return { heard, take: async () => turn };
}

async function failureOf(call: Promise<unknown>): Promise<SessionServiceError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof SessionServiceError) return error;
    throw error;
  }
  throw new Error('the call did not fail');
}

async function collected<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

describe('a listing', () => {
  it('of workgroups goes to the last page and shows their effective engines', async () => {
    const { url, region } = await servedAthena();
    for (let n = 0; n < 120; n += 1) region.createWorkgroup({ name: `wg-${n}` });
    region.createWorkgroup({ name: 'auto', engine: 'AUTO' });
    const all = await collected(sessionsAt(url).listWorkgroups(noHurry));
    expect(new Set(all.map(({ name }) => name)).size).toBe(121);
    expect(all.find(({ name }) => name === 'auto')?.engineVersion).toBe('Athena engine version 3');
    expect(all.find(({ name }) => name === 'wg-7')?.engineVersion).toBe('PySpark engine version 3');
  });

  it('of sessions goes to the last page, where the oldest are', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    for (let n = 1; n <= 250; n += 1) region.putSession({ workGroup: 'etl', minutesInState: n });
    const pages = [];
    for await (const page of sessionsAt(url).listSessions('etl', 'IDLE', noHurry)) pages.push(page);
    expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
    const oldest = pages.at(-1)?.at(-1);
    expect(Math.round((Date.now() - (oldest?.idleSince?.getTime() ?? 0)) / 60_000)).toBe(250);
  });
});

describe('a page token that comes back', () => {
  it('ends the listing with an error', async () => {
    const { athena, url, region } = await servedAthena();
    for (let n = 0; n < 60; n += 1) region.createWorkgroup({ name: `wg-${n}` });
    athena.script({ kind: 'repeated-token' });
    const failure = await failureOf(collected(sessionsAt(url).listWorkgroups(noHurry)));
    expect(failure.kind).toBe('unexpected');
    expect(failure.message).toBe('ListWorkGroups: RepeatedPageToken: the listing would never end');
  });
});

describe('one session', () => {
  it('comes with all that the last look needs', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({
      workGroup: 'etl',
      minutesInState: 60,
      idleTimeoutMinutes: 90,
      coordinatorDpus: 2,
      description: 'dbt: 1',
      notebookVersion: 'Jupyter 1',
    });
    expect(await sessionsAt(url).getSession(id, noHurry)).toMatchObject({
      sessionId: id,
      workGroup: 'etl',
      region: REGION,
      state: 'IDLE',
      description: 'dbt: 1',
      notebookVersion: 'Jupyter 1',
      idleSince: expect.any(Date),
      startedAt: expect.any(Date),
      lastModifiedAt: expect.any(Date),
      coordinatorDpus: 2,
      idleTimeoutSeconds: 5_400,
    });
  });

  it.each([
    { own: { IdleTimeoutSeconds: 600, SessionIdleTimeoutInMinutes: 20 }, seconds: 600 },
    { own: { SessionIdleTimeoutInMinutes: 20 }, seconds: 1_200 },
    { own: {}, seconds: undefined },
    { own: undefined, seconds: undefined },
  ])('has the idle timeout $seconds s where it is configured as $own', async ({ own, seconds }) => {
    const { athena, url } = await servedAthena();
    const body = JSON.stringify({ SessionConfiguration: own });
    athena.script({ kind: 'malformed', operation: 'GetSession', body });
    expect(await sessionsAt(url).getSession('x', noHurry)).toMatchObject({
      workGroup: '',
      idleTimeoutSeconds: seconds,
    });
  });
});

describe('tags', () => {
  it('of workgroup and session are read by ARN, to the last page', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl', tags: { team: 'data', note: '' } });
    const id = region.putSession({ workGroup: 'etl', tags: { AmazonDataZoneProject: 'p1' } });
    const service = sessionsAt(url);
    expect(await service.workgroupTags('etl', noHurry)).toEqual({ team: 'data', note: '' });
    expect(await service.sessionTags('etl', id, noHurry)).toEqual({
      tags: { AmazonDataZoneProject: 'p1' },
      readable: true,
    });
    expect(athena.journal.calls.map((call) => call.input.ResourceARN)).toEqual([
      `arn:aws:athena:${REGION}:111122223333:workgroup/etl`,
      `arn:aws:athena:${REGION}:111122223333:workgroup/etl/session/${id}`,
    ]);
  });

  describe.each([
    { code: 'ResourceNotFoundException', kind: 'not-found' },
    { code: 'InvalidRequestException', kind: 'invalid' },
  ] as const)('of which Athena says $code', ({ code, kind }) => {
    it('are unreadable where they are of a session', async () => {
      const { athena, url } = await servedAthena();
      athena.script({ kind: 'error', code });
      expect(await sessionsAt(url).sessionTags('etl', 'x', noHurry)).toEqual({ tags: {}, readable: false });
    });

    it('are kept as far as they were read', async () => {
      const { athena, url } = await servedAthena();
      const body = '{"Tags":[{"Key":"a","Value":"1"}],"NextToken":"more"}';
      athena.script({ kind: 'malformed', body, times: 1 });
      athena.script({ kind: 'error', code });
      const service = sessionsAt(url);
      expect(await service.sessionTags('etl', 'x', noHurry)).toEqual({ tags: { a: '1' }, readable: false });
    });

    it('are a failure where they are of a workgroup', async () => {
      const { athena, url } = await servedAthena();
      athena.script({ kind: 'error', code });
      const failure = await failureOf(sessionsAt(url).workgroupTags('etl', noHurry));
      expect(failure).toMatchObject({ kind, code, operation: 'ListTagsForResource' });
    });
  });

  it('of a workgroup are read once for all who ask at nearly the same time, and anew for whom they must be fresh', async () => {
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl', tags: { team: 'data' } });
    region.createWorkgroup({ name: 'adhoc' });
    const service = sessionsAt(url);
    const names = ['etl', 'adhoc', 'etl', 'etl'];
    const read = await Promise.all(names.map((name) => service.workgroupTags(name, noHurry)));
    expect(read).toEqual([{ team: 'data' }, {}, { team: 'data' }, { team: 'data' }]);
    expect(athena.journal.count('ListTagsForResource')).toBe(2);
    region.tag({ workGroup: 'etl' }, { team: 'web' });
    expect(await service.workgroupTags('etl', noHurry)).toEqual({ team: 'data' });
    expect(await service.workgroupTags('etl', noHurry, { fresh: true })).toEqual({ team: 'web' });
    expect(athena.journal.count('ListTagsForResource')).toBe(3);
  });

  it('of a session that are denied are a failure', async () => {
    const { athena, url } = await servedAthena();
    athena.script({ kind: 'error', code: 'AccessDeniedException' });
    const failure = await failureOf(sessionsAt(url).sessionTags('etl', 'x', noHurry));
    expect(failure.kind).toBe('denied');
  });
});

describe('a failure', () => {
  it.each([
    { code: 'AccessDeniedException', kind: 'denied' },
    { code: 'ExpiredTokenException', kind: 'denied' },
    { code: 'UnrecognizedClientException', kind: 'denied' },
    { code: 'InvalidRequestException', kind: 'invalid' },
    { code: 'ResourceNotFoundException', kind: 'not-found' },
    { code: 'SomethingNewException', kind: 'unexpected' },
  ])(
    '$code is $kind, reported with the operation and the words of the service, and not retried',
    async ({ code, kind }) => {
      const { athena, url } = await servedAthena();
      athena.script({ kind: 'error', code, message: 'the service says so' });
      const failure = await failureOf(collected(sessionsAt(url).listSessions('etl', 'IDLE', noHurry)));
      expect(failure).toMatchObject({ kind, code, operation: 'ListSessions' });
      expect(failure.message).toBe(`ListSessions: ${code}: the service says so`);
      expect(athena.journal.calls).toHaveLength(1);
    },
  );

  it.each([
    { fault: { kind: 'throttle' }, kind: 'throttled' },
    { fault: { kind: 'error', code: 'TooManyRequestsException', status: 400 }, kind: 'throttled' },
    { fault: { kind: 'error', code: 'InternalServerException', status: 500 }, kind: 'unavailable' },
    { fault: { kind: 'error', code: 'Whatever', status: 503 }, kind: 'unavailable' },
    { fault: { kind: 'drop' }, kind: 'unavailable' },
    { fault: { kind: 'cut' }, kind: 'unavailable' },
    { fault: { kind: 'malformed' }, kind: 'unavailable' },
    { fault: { kind: 'hang' }, kind: 'unavailable' },
  ] as const)('$fault of TerminateSession is $kind, and left to a new last look', async ({ fault, kind }) => {
    hurryTime();
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({ workGroup: 'etl' });
    athena.script(fault);
    const service = sessionsAt(url);
    const permit = await service.permitTermination(noHurry);
    expect((await failureOf(service.terminateSession(id, permit, noHurry))).kind).toBe(kind);
    expect(service.callCounts()).toEqual({ calls: 1, throttled: kind === 'throttled' ? 1 : 0 });
  });

  it.each(['InvalidRequestException', 'ResourceNotFoundException'])(
    'of a look at a session with %s means that it is gone, and keeps what the service said',
    async (code) => {
      const { athena, url } = await servedAthena();
      athena.script({ kind: 'error', code, message: 'Session x does not exist' });
      const failure = await failureOf(sessionsAt(url).getSession('x', noHurry));
      expect(isGone(failure)).toBe(true);
      expect(failure.message).toBe(`GetSession: ${code}: Session x does not exist`);
    },
  );

  it.each([
    { fault: undefined, heard: 'accepted' },
    { fault: { kind: 'error', code: 'AccessDeniedException' }, heard: 'accepted' },
    { fault: { kind: 'throttle' }, heard: 'throttled' },
    { fault: { kind: 'error', code: 'InternalServerException', status: 500 }, heard: 'unused' },
    { fault: { kind: 'hang' }, heard: 'unused' },
  ] as const)('$fault is heard by its pacer as $heard', async ({ fault, heard }) => {
    hurryTime();
    const { athena, url } = await servedAthena();
    if (fault) athena.script({ ...fault, times: 1 });
    const pacer = listeningPacer();
    const service = new AthenaSessions(clientFor(url), REGION, ACCOUNT, () => pacer);
    await collected(service.listWorkgroups(noHurry)).catch(() => undefined);
    expect(pacer.heard[0]).toBe(heard);
  });

  it('in which time is up during the call teaches its pacer nothing', async () => {
    hurryTime();
    const { athena, url } = await servedAthena();
    athena.script({ kind: 'hang' });
    const pacer = listeningPacer();
    const service = new AthenaSessions(clientFor(url), REGION, ACCOUNT, () => pacer);
    const stop = AbortSignal.timeout(30);
    expect((await failureOf(collected(service.listWorkgroups(stop)))).kind).toBe('out-of-time');
    expect(pacer.heard).toEqual(['unused']);
  });

  it('of a connection that nobody answers is unavailable, after retries', async () => {
    hurryTime();
    const { url, athena } = await servedAthena();
    athena.script({ kind: 'hang', times: 2 });
    const service = sessionsAt(url);
    expect(await collected(service.listWorkgroups(noHurry))).toEqual([]);
    expect(service.callCounts().calls).toBe(3);
  });
});

describe('time that is up', () => {
  it('ends a call under way, a wait for a retry and a wait for a turn', async () => {
    hurryTime();
    const { athena, url } = await servedAthena();
    athena.script({ kind: 'hang', operation: 'ListWorkGroups' });
    athena.script({ kind: 'error', code: 'InternalServerException', status: 500, operation: 'GetSession' });
    const service = sessionsAt(url);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 80);
    const failures = await Promise.all(
      [collected(service.listWorkgroups(stop.signal)), service.getSession('x', stop.signal)].map(failureOf),
    );
    failures.push(await failureOf(service.permitTermination(stop.signal)));
    expect(failures.map(({ kind }) => kind)).toEqual(['out-of-time', 'out-of-time', 'out-of-time']);
    expect(failures.map(({ message }) => message)).toEqual(
      ['ListWorkGroups', 'GetSession', 'TerminateSession'].map(
        (operation) => `${operation}: OutOfTime: the sweep ran out of time`,
      ),
    );
  });
});

describe('a permit', () => {
  it('allows one call, and only of the service that gave it', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({ workGroup: 'etl' });
    const service = sessionsAt(url);
    const permit = await service.permitTermination(noHurry);
    expect(await service.terminateSession(id, permit, noHurry)).toBe('TERMINATING');
    await expect(service.terminateSession(id, permit, noHurry)).rejects.toThrow('one call');
    await expect(service.terminateSession(id, { release: () => {} }, noHurry)).rejects.toThrow(
      'not one of this service',
    );
  });

  it('that is given back, even twice, makes room for another', async () => {
    const { url } = await servedAthena();
    const service = sessionsAt(url);
    const held = await Promise.all(Array.from({ length: 3 }, () => service.permitTermination(noHurry)));
    const next = service.permitTermination(noHurry);
    held[0]?.release();
    held[0]?.release();
    await expect(next).resolves.toBeDefined();
    const soon = new AbortController();
    setTimeout(() => soon.abort(), 30);
    await expect(service.permitTermination(soon.signal)).rejects.toMatchObject({ kind: 'out-of-time' });
  });
});
