import { expect, it, onTestFinished, vi } from 'vitest';
import { ownLogIn } from '../../../lambda/organization/own-log.js';
import { LOG_GROUP, type OwnLogTroubles, serveOwnLog } from '../../support/organization/own-log.js';

const at = (second: number) => Date.UTC(2026, 2, 2, 10, 0, second);
const line = (message: string, second: number) => ({
  message,
  timestamp: new Date(at(second)).toISOString(),
});
const LINES = [line('one', 0), line('one', 5), line('other', 6), line('third', 7), line('one', 9)];

async function logWith(troubles: OwnLogTroubles = {}) {
  const served = await serveOwnLog(() => LINES, troubles);
  onTestFinished(served.close);
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', served.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'loopback-only');
  onTestFinished(() => void vi.unstubAllEnvs());
  return ownLogIn('eu-west-1', LOG_GROUP);
}

const never = new AbortController().signal;

it('gives the lines with a message in a time, to the last page', async () => {
  const log = await logWith();
  expect(await log.linesOf(['one', 'other'], { from: at(5), to: at(8) }, never)).toEqual([
    line('one', 5),
    line('other', 6),
  ]);
  expect(await log.linesOf(['one'], { from: at(5) }, never)).toEqual([line('one', 5), line('one', 9)]);
});

it('gives what it could read where a later page fails', async () => {
  const log = await logWith({ answers: 2 });
  expect(await log.linesOf(['one'], { from: 0 }, never)).toEqual([line('one', 0), line('one', 5)]);
});

it('throws where the log may not be read, and where the time is up', async () => {
  const log = await logWith({ code: 'AccessDeniedException' });
  await expect(log.linesOf(['one'], { from: 0 }, never)).rejects.toThrow('refused');
  await expect(log.linesOf(['one'], { from: 0 }, AbortSignal.abort())).rejects.toThrow('aborted');
});
