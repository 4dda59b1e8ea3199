import { readFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { hurryTime } from './hurried-time.js';
import { serveLoopback } from './loopback.js';

const HOUR = 3_600_000;

async function bodyAt(url: string): Promise<string> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).on('error', reject);
  });
  return text(response);
}

describe('time that hurries', () => {
  const before = Date.now();

  it.each<[string, () => Promise<unknown>]>([
    ['a timer', () => new Promise((resolve) => setTimeout(resolve, HOUR))],
    ['a pause', () => sleep(HOUR)],
    [
      'a signal',
      () => {
        const signal = AbortSignal.timeout(HOUR);
        return new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    ],
    [
      'an answer that a server takes its time for',
      async () => {
        const { url, close } = await serveLoopback(() => sleep(HOUR, { body: 'late' }));
        expect(await bodyAt(url)).toBe('late');
        await close();
      },
    ],
  ])('jumps over %s, and every clock says so', async (_what, wait) => {
    hurryTime();
    const [date, elapsed] = [Date.now(), performance.now()];
    await wait();
    expect(Date.now() - date).toBe(HOUR);
    expect(performance.now() - elapsed).toBe(HOUR);
  });

  it('is over with the test', () => {
    expect(Date.now() - before).toBeLessThan(HOUR);
  });

  it.each<[string, (url: string) => Promise<unknown>]>([
    ['a file is read', () => readFile(import.meta.filename)],
    ['an answer is under way', bodyAt],
    [
      'a module is loaded',
      () => {
        vi.resetModules();
        return import('./any-text.js');
      },
    ],
  ])('stands still while %s', async (_what, work) => {
    const { url, close } = await serveLoopback(async () => ({ body: 'x'.repeat(1_000_000) }));
    hurryTime();
    const begun = Date.now();
    const soon = sleep(1, 'over');
    for (let round = 0; round < 20; round += 1) await work(url);
    expect(Date.now()).toBe(begun);
    expect(await soon).toBe('over');
    await close();
  });
});
