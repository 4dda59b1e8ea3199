import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  DEFAULT_WORLD,
  describeWorld,
  parseWorld,
  readWorld,
  WorldError,
} from '../../../../local/athena/index.js';
import { worlds } from '../../../support/worlds.js';

async function fileWith(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'world-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'world.json');
  await writeFile(path, content);
  return path;
}

describe('a world', () => {
  test('may hold some switches only; the others have their default', () => {
    expect(parseWorld({})).toEqual(DEFAULT_WORLD);
    expect(parseWorld({ sqlListing: 'empty' })).toEqual({ ...DEFAULT_WORLD, sqlListing: 'empty' });
  });

  test('that is wrong is refused with every mistake: the switch, what was found, what is allowed', () => {
    const wrong = { lastModified: 'sometimes', secondsToTerminated: -1, weather: 'fine', wind: 7 };
    expect(() => parseWorld(wrong, 'my.json')).toThrow(
      new WorldError(
        [
          'my.json is not a world:',
          '  lastModified: found "sometimes"; allowed: one of moves, stands',
          '  secondsToTerminated: found -1; allowed: a number from 0 to 86400',
          `  weather: found a key of that name; allowed: only the keys ${Object.keys(DEFAULT_WORLD).join(', ')}`,
          `  wind: found a key of that name; allowed: only the keys ${Object.keys(DEFAULT_WORLD).join(', ')}`,
        ].join('\n'),
      ),
    );
  });

  test.each([[[]], [null], ['stands']])('is not %o', (json) => {
    expect(() => parseWorld(json)).toThrow(/the whole: found .*; allowed: an object with lastModified, /);
  });
});

describe('--world', () => {
  test('takes the text of any world', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        expect(await readWorld(describeWorld(world))).toEqual(world);
      }),
    );
  });

  test('takes a file', async () => {
    const path = await fileWith('{"secondsToTerminated":2.5}');
    expect(await readWorld(path)).toEqual({ ...DEFAULT_WORLD, secondsToTerminated: 2.5 });
  });

  test.each([
    ['lastModified=stands,idle', /found "idle"; allowed: name=value,name=value$/],
    ['lastModified=', /found "lastModified="; allowed: name=value,name=value$/],
    ['idleSince=empty,idleSince=filled', /found idleSince twice; allowed: each switch once$/],
    ['idleSince=5', /idleSince: found 5; allowed: one of filled, empty, only-in-get-session/],
    ['none.json', /^none\.json: cannot be read .*ENOENT.*; allowed: a JSON file, or name=value,name=value$/],
  ])('refuses %s', async (argument, message) => {
    await expect(readWorld(argument)).rejects.toThrow(message);
  });

  test('refuses a file that is not JSON', async () => {
    await expect(readWorld(await fileWith('{"idleSince":'))).rejects.toThrow(
      /world\.json: found broken JSON .*; allowed: a JSON file$/,
    );
  });
});
