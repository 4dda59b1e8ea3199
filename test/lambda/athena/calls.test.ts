import { describe, expect, it } from 'vitest';
import { noHurry, servedAthena, sessionsAt } from '../../support/athena.js';

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
