import { unzipSync } from 'fflate';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type FunctionZip, functionZip } from '../../../local/template/function-zip.js';

let first: FunctionZip;
beforeAll(async () => {
  first = await functionZip();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

test('the zip is the same, byte by byte, on another day and in another time zone', async () => {
  vi.useFakeTimers({ now: new Date('2031-07-01T12:00:00Z'), toFake: ['Date'] });
  vi.stubEnv('TZ', 'Pacific/Auckland');
  const second = await functionZip();

  expect(second.name).toBe(first.name);
  expect(Buffer.from(second.bytes).equals(first.bytes)).toBe(true);
  expect(first.name).toMatch(/^athena-session-reaper-[0-9a-f]{16}\.zip$/);
});

test('it has the code at its top, where Lambda looks for it', () => {
  const files = unzipSync(first.bytes);

  expect(Object.keys(files)).toContain('index.js');
  expect(new TextDecoder().decode(files['index.js'])).toContain('organizationHandler');
});
