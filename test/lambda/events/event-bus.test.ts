import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type BusEntry, defaultBusIn } from '../../../lambda/events/event-bus.js';
import { servedEventBus } from '../../support/event-bus.js';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'loopback-only');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const entry = (Detail: string): BusEntry => ({
  Source: 'lambda',
  DetailType: 'Session ended',
  Detail,
  Resources: ['arn:aws:athena:eu-west-1:111122223333:workgroup/etl/session/a'],
});
const { signal } = new AbortController();

it('an event arrives with all that it has', async () => {
  const { taken } = await servedEventBus();
  expect(await defaultBusIn('eu-west-1').put([entry('{"a":1}')], signal)).toEqual({ entries: [] });
  expect(taken).toEqual([entry('{"a":1}')]);
});

it('those that were refused come back, and why', async () => {
  await servedEventBus({ refuses: ({ Detail }) => Detail === '{}' });
  const sent = [entry('{"a":1}'), entry('{}')];
  expect(await defaultBusIn('eu-west-1').put(sent, signal)).toEqual({
    entries: [sent[1]],
    error: 'ThrottlingException: slow',
  });
});

it('a call that fails throws', async () => {
  await servedEventBus({ fails: () => ({ status: 400, code: 'AccessDeniedException' }) });
  await expect(defaultBusIn('eu-west-1').put([entry('{}')], signal)).rejects.toThrow('refused');
});

it('a call that is not answered ends with the signal', async () => {
  await servedEventBus({ hangs: true });
  const bus = defaultBusIn('eu-west-1');
  await expect(bus.put([entry('{}')], AbortSignal.timeout(100))).rejects.toThrow('aborted');
});
