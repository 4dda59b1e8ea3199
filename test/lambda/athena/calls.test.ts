import { describe, expect, it } from 'vitest';
import { AthenaSessions } from '../../../lambda/athena/athena-sessions.js';
import { AdaptivePacer } from '../../../lambda/athena/pacer.js';
import { SessionServiceError } from '../../../lambda/athena/session-service.js';
import type { EmbeddedAthena } from '../../../local/athena/index.js';
import { ACCOUNT, clientFor, noHurry, REGION, servedAthena, sessionsAt } from '../../support/athena.js';
import { hurryTime } from '../../support/hurried-time.js';

const HOUR = 3_600_000;

/** A look at a session that is refused so, this many times. */
async function lookRefused(code: string, clockOffsetMs: number, times?: number) {
  const { athena, url, region } = await servedAthena({ clockOffsetMs });
  region.createWorkgroup({ name: 'etl' });
  const id = region.putSession({ workGroup: 'etl' });
  athena.script({ kind: 'error', code, times });
  const outcome = await sessionsAt(url)
    .getSession(id, noHurry)
    .then(
      () => 'found',
      (error: { kind: string }) => error.kind,
    );
  return { outcome, calls: athena.journal.count('GetSession') };
}

describe('while our clock is an hour wrong', () => {
  it.each(['InvalidSignatureException', 'RequestExpired', 'RequestInTheFuture', 'SignatureDoesNotMatch'])(
    'a signature refused with %s is made once more, by the right clock',
    async (code) => {
      hurryTime();
      expect(await lookRefused(code, HOUR, 1)).toEqual({ outcome: 'found', calls: 2 });
      expect(await lookRefused(code, -HOUR)).toEqual({ outcome: 'denied', calls: 2 });
    },
  );

  it.each([
    { code: 'ResourceNotFoundException', outcome: 'not-found' },
    { code: 'InvalidRequestException', outcome: 'invalid' },
    { code: 'AccessDeniedException', outcome: 'denied' },
    { code: 'SomethingNewException', outcome: 'unexpected' },
  ])('$code is what it is at other times, and not retried', async ({ code, outcome }) => {
    expect(await lookRefused(code, HOUR)).toEqual({ outcome, calls: 1 });
  });

  it('a server error is retried as at other times', async () => {
    hurryTime();
    const { athena, url, region } = await servedAthena({ clockOffsetMs: HOUR });
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({ workGroup: 'etl' });
    athena.script({ kind: 'error', code: 'InternalServerException', status: 500, times: 2 });
    expect(await sessionsAt(url).getSession(id, noHurry)).toMatchObject({ sessionId: id });
  });
});

it('a signature refused while our clock is right is refused for good', async () => {
  expect(await lookRefused('InvalidSignatureException', 0)).toEqual({ outcome: 'denied', calls: 1 });
});

/** Says who asks for a turn, and whether it is to go first. */
class WatchedPacer extends AdaptivePacer {
  constructor(private readonly asked: (by: Asked) => void) {
    super();
  }

  override take(signal: AbortSignal, goesFirst = false) {
    this.asked({ signal, goesFirst });
    return super.take(signal, goesFirst);
  }
}
interface Asked {
  readonly signal: AbortSignal;
  readonly goesFirst: boolean;
}

/** @param whenAsked is given how many turns were asked for so far. */
function watchedAt(url: string, whenAsked: (times: number) => void = () => undefined) {
  const asked: Asked[] = [];
  const pacerFor = () => new WatchedPacer((by) => whenAsked(asked.push(by)));
  const service = new AthenaSessions(clientFor(url), REGION, ACCOUNT, pacerFor);
  return { service, asked, first: () => asked.map(({ goesFirst }) => goesFirst) };
}

describe('the turn of a call', () => {
  const stopListing = new AbortController().signal;
  const stop = new AbortController().signal;

  it('comes first for the later pages of a listing, and is waited for as long as anything may be asked', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'long' });
    for (let n = 0; n < 201; n += 1) region.putSession({ workGroup: 'long' });
    const { service, asked } = watchedAt(url);
    for await (const _ of service.listSessions('long', 'IDLE', stop, stopListing));
    expect(asked).toEqual([
      { signal: stopListing, goesFirst: false },
      { signal: stop, goesFirst: true },
      { signal: stop, goesFirst: true },
    ]);
  });

  it('comes first for a listing whose workgroup was begun', async () => {
    const { url, region } = await servedAthena();
    region.createWorkgroup({ name: 'long' });
    const { service, asked } = watchedAt(url);
    for await (const _ of service.listSessions('long', 'IDLE', stop));
    expect(asked).toEqual([{ signal: stop, goesFirst: true }]);
  });

  it('comes first for a call that is made again, and for no other', async () => {
    hurryTime();
    const { athena, url, region } = await servedAthena();
    region.createWorkgroup({ name: 'etl' });
    const id = region.putSession({ workGroup: 'etl' });
    athena.script({ kind: 'error', code: 'InternalServerException', status: 500, times: 1 });
    const { service, first } = watchedAt(url);
    await service.getSession(id, stop);
    await service.workgroupTags('etl', stop);
    (await service.permitTermination(stop)).release();
    expect(first()).toEqual([false, true, false, false]);
  });
});

describe('a call that time ran out for', () => {
  const outOfTime = async (fault: Parameters<EmbeddedAthena['script']>[0]) => {
    const { athena, url } = await servedAthena();
    athena.script({ ...fault, operation: 'GetSession' });
    const stop = new AbortController();
    // The time is up when the call waits for its second turn.
    const { service } = watchedAt(url, (times) => {
      if (times === 2) stop.abort();
    });
    const error: unknown = await service.getSession('x', stop.signal).catch((failure: unknown) => failure);
    if (!(error instanceof SessionServiceError)) throw error;
    return error;
  };

  it('says what came of it before, unless that was only that the rate was exceeded', async () => {
    hurryTime();
    const failed = await outOfTime({ kind: 'error', code: 'InternalServerException', status: 500 });
    expect(failed).toMatchObject({ kind: 'out-of-time', cause: { kind: 'unavailable' } });
    const throttled = await outOfTime({ kind: 'throttle' });
    expect(throttled.kind).toBe('out-of-time');
    expect(throttled).not.toHaveProperty('cause');
  });
});

it('a refused call names its operation', async () => {
  const { athena, url } = await servedAthena();
  athena.script({ kind: 'error', code: 'AccessDeniedException' });
  const service = sessionsAt(url);
  const permit = await service.permitTermination(noHurry);
  const calls = [
    service.listWorkgroups(noHurry).next(),
    service.listSessions('etl', 'IDLE', noHurry).next(),
    service.getSession('x', noHurry),
    service.workgroupTags('etl', noHurry),
    service.terminateSession('x', permit, noHurry),
  ];
  const names = await Promise.allSettled(calls);
  expect(names.map((one) => (one.status === 'rejected' ? one.reason.operation : 'none'))).toEqual([
    ...['ListWorkGroups', 'ListSessions', 'GetSession', 'ListTagsForResource', 'TerminateSession'],
  ]);
});
