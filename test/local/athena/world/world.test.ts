import { describe, expect, test } from 'vitest';
import { DEFAULT_WORLD, describeWorld, WORLD_ANSWERS } from '../../../../local/athena/index.js';
import { inProcess } from '../fixture.js';

describe('the table of answers', () => {
  test('has the default answer to each switch first, and another one', () => {
    const first = Object.entries(WORLD_ANSWERS).map(([name, [answer]]) => [name, answer]);
    expect(Object.fromEntries(first)).toEqual(DEFAULT_WORLD);
    for (const answers of Object.values(WORLD_ANSWERS))
      expect(new Set<unknown>(answers).size).toBeGreaterThan(1);
  });
});

describe('an embedded Athena', () => {
  test('is in the default world unless it is given switches', async () => {
    expect(inProcess().athena.world).toEqual(DEFAULT_WORLD);
  });

  test('takes single switches', async () => {
    const { athena } = inProcess({ world: { idleSince: 'empty' } });
    expect(athena.world).toEqual({ ...DEFAULT_WORLD, idleSince: 'empty' });
  });
});

describe('the text of a world', () => {
  test('has only what differs from the default', () => {
    const world = { ...DEFAULT_WORLD, lastModified: 'stands', secondsToTerminated: 600 } as const;
    expect(describeWorld(world)).toBe('lastModified=stands,secondsToTerminated=600');
  });

  test('of the default world says so', () => {
    expect(describeWorld(DEFAULT_WORLD)).toBe('default');
  });
});
