import { unzipSync } from 'fflate';
import { afterEach, expect, test, vi } from 'vitest';
import { functionZip } from '../../../local/template/function-zip.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

test('the zip is the same, byte by byte, on another day and in another time zone', async () => {
  const first = await functionZip();
  vi.useFakeTimers({ now: new Date('2031-07-01T12:00:00Z'), toFake: ['Date'] });
  vi.stubEnv('TZ', 'Pacific/Auckland');
  const second = await functionZip();

  expect(second.name).toBe(first.name);
  expect(Buffer.from(second.bytes).equals(first.bytes)).toBe(true);
  expect(first.name).toMatch(/^athena-session-reaper-[0-9a-f]{16}\.zip$/);
});

test('it has the code at its top, where Lambda looks for it', async () => {
  const files = unzipSync((await functionZip()).bytes);

  expect(Object.keys(files)).toContain('index.js');
  expect(new TextDecoder().decode(files['index.js'])).toContain('organizationHandler');
});
