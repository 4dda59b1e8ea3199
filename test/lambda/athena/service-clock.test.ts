import { createServer } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ServiceClock } from '../../../lambda/athena/service-clock.js';
import { noHurry, servedAthena, sessionsAt } from '../../support/athena.js';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

const HOUR = 3_600_000;

async function askOnce(url: string) {
  const service = sessionsAt(url);
  for await (const _ of service.listWorkgroups(noHurry));
  return service;
}

describe("the service's clock", () => {
  it.each([-HOUR, -90_000, -5_000, 5_000, 90_000, 6 * 60_000, HOUR])(
    'that is %i ms ahead is known from one answer, to less than two seconds and never too far ahead',
    async (clockOffsetMs) => {
      const { url } = await servedAthena({ clockOffsetMs });
      const found = (await askOnce(url)).clockOffsetMs();
      expect(found).toBeLessThanOrEqual(clockOffsetMs);
      expect(found).toBeGreaterThan(clockOffsetMs - 2_000);
    },
  );

  it('is taken for the same as ours before any answer, and where nothing proves another', async () => {
    const { url } = await servedAthena();
    expect(sessionsAt(url).clockOffsetMs()).toBe(0);
    expect((await askOnce(url)).clockOffsetMs()).toBe(0);
  });

  it('is known from an error too, and kept apart for each service', async () => {
    const ahead = await servedAthena({ clockOffsetMs: HOUR });
    const right = await servedAthena();
    const services = [sessionsAt(ahead.url), sessionsAt(right.url)] as const;
    for (const service of services) await service.getSession('x', noHurry).catch(() => undefined);
    expect(services[0].clockOffsetMs()).toBeGreaterThan(HOUR - 2_000);
    expect(services[1].clockOffsetMs()).toBe(0);
  });

  it.each([
    undefined,
    '',
    'Invalid Date',
    '1',
    '2099',
    '2099-01-01T00:00:00Z',
    'Fri, 31 Dec 2099 23:59:59 GMT trailing',
    'Mon, 31 Dec 2099 23:59:59 GMT',
    'Fri, 32 Dec 2099 23:59:59 GMT',
  ])('is not read from a Date header that is none: %s', async (date) => {
    const server = createServer((_, response) => {
      response.sendDate = false;
      if (date !== undefined) response.setHeader('Date', date);
      response.end('{"WorkGroups":[]}');
    }).listen(0, '127.0.0.1');
    cleanups.push(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const service = await askOnce(`http://127.0.0.1:${Object(server.address()).port}`);
    expect(service.callCounts().calls).toBe(1);
    expect(service.clockOffsetMs()).toBe(0);
  });
});

/** An answer: what its header says, and when it was asked for and received by our clock. */
interface Answer {
  readonly date: string;
  readonly sentAt: number;
  readonly receivedAt: number;
}

function offsetAfter(answers: readonly Answer[]): number {
  const clock = new ServiceClock();
  for (const { date, sentAt, receivedAt } of answers) clock.note(date, sentAt, receivedAt);
  return clock.offsetMs();
}

const NOON = Date.UTC(2026, 2, 2, 12);
const header = (ms: number) => new Date(ms).toUTCString();

describe('what several answers prove', () => {
  it('is what all of them do', () => {
    // At least 59 s ahead by the first, at least 59.9 s by the second.
    const answers = [
      { date: header(NOON + 60_000), sentAt: NOON, receivedAt: NOON + 1_000 },
      { date: header(NOON + 62_000), sentAt: NOON + 2_000, receivedAt: NOON + 2_100 },
    ];
    expect(offsetAfter(answers)).toBe(59_900);
    expect(offsetAfter(answers.toReversed())).toBe(59_900);
  });

  it('is the earliest where they contradict each other', () => {
    const right = { date: header(NOON), sentAt: NOON, receivedAt: NOON + 100 };
    const ahead = { date: header(NOON + HOUR), sentAt: NOON, receivedAt: NOON + 100 };
    const behind = { date: header(NOON - HOUR), sentAt: NOON, receivedAt: NOON + 100 };
    expect(offsetAfter([right, ahead])).toBe(1_000);
    expect(offsetAfter([right, behind])).toBe(1_000 - HOUR);
  });

  it('never goes beyond the truth, nor to its other side', () => {
    const exchange = fc.record({
      gap: fc.integer({ min: 0, max: 5_000 }),
      there: fc.integer({ min: 0, max: 3_000 }),
      back: fc.integer({ min: 0, max: 3_000 }),
    });
    const truths = fc.integer({ min: -HOUR, max: HOUR });
    fc.assert(
      fc.property(truths, fc.array(exchange, { minLength: 1, maxLength: 8 }), (truth, exchanges) => {
        let now = NOON;
        const answers = exchanges.map(({ gap, there, back }) => {
          const sentAt = now + gap;
          now = sentAt + there + back;
          return { date: header(sentAt + there + truth), sentAt, receivedAt: now };
        });
        const found = offsetAfter(answers);
        expect(found).toBeLessThanOrEqual(Math.max(0, truth));
        expect(found).toBeGreaterThan(Math.min(0, truth) - 4_000);
      }),
    );
  });
});
