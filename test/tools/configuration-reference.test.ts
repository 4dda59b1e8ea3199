import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readReaperConfig } from '../../lib/config/config.js';
import { configurationReference } from '../../tools/configuration-reference.js';

const written = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');

test('docs/configuration.md is what `npm run docs:configuration` writes', () => {
  expect(written).toBe(configurationReference());
});

test('every key says what is allowed and what it means', () => {
  expect(written).not.toMatch(/undefined|\| +\|/);
});

test('its example can be used', () => {
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(written) ?? [];
  const { context } = JSON.parse(example);

  expect(readReaperConfig(context.reaper)).toMatchObject({ idleMinutes: 45, warnMinutes: 10 });
});
