import { readFileSync } from 'node:fs';
import type * as v from 'valibot';
import { expect, expectTypeOf, test } from 'vitest';
import type { ReaperSettings } from '../../../../lambda/contract/settings.js';
import type { settingsSchema } from '../../../../lambda/contract/settings-schema.js';
import type { ReaperConfig, ReaperConfigInput } from '../../../../lib/config/keys/reaper-config.js';
import type { reaperConfigSchema } from '../../../../lib/config/keys/schema.js';
import { configurationTypes } from '../../../../tools/configuration-types.js';

/** What a schema infers, as the public types have it. */
type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

test('the public types are what the schema takes and gives: the compiler checks it', () => {
  expectTypeOf<ReaperConfig>().toEqualTypeOf<Frozen<v.InferOutput<typeof reaperConfigSchema>>>();
  expectTypeOf<ReaperConfigInput>().toEqualTypeOf<Frozen<v.InferInput<typeof reaperConfigSchema>>>();
  expectTypeOf<ReaperSettings>().toEqualTypeOf<Frozen<v.InferOutput<typeof settingsSchema>>>();
});

const written = readFileSync(
  new URL('../../../../lib/config/keys/reaper-config.ts', import.meta.url),
  'utf8',
);

test('the public types are what `npm run docs:configuration` writes', () => {
  expect(written).toBe(configurationTypes());
});

test('they need no validation library', () => {
  expect(written.match(/from '.*'/g)).toEqual(["from '../../../lambda/contract/settings.js'"]);
});

test('every key has a comment, and every key that may be left out says what holds then', () => {
  const lines = written.split('\n');
  const keys = lines.flatMap((line, index) => (line.startsWith('  readonly ') ? [index] : []));
  const commentOn = (key: number) => lines.slice(lines.lastIndexOf('  /**', key), key).join('\n');

  expect(keys.filter((key) => !lines[key - 1]?.endsWith('*/'))).toEqual([]);
  expect(keys.filter((key) => lines[key]?.includes('?:') && !commentOn(key).includes('@default'))).toEqual(
    [],
  );
});
