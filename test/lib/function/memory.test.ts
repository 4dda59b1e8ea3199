import { expect, test } from 'vitest';
import { MEMORY_ENVIRONMENT, MEMORY_MB } from '../../../lib/function/memory.js';

test('what lives on and what is new fit into the memory of the function, with room for the rest of Node', () => {
  const { NODE_OPTIONS } = MEMORY_ENVIRONMENT;
  const [, young, old] = /^--max-semi-space-size=(\d+) --max-old-space-size=(\d+)$/.exec(NODE_OPTIONS) ?? [];

  // The young generation is three semi-spaces.
  expect(Number(old) + 3 * Number(young)).toBeLessThan(MEMORY_MB - 25);
});
