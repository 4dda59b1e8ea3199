import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../../../../lambda/policy/globs.js';
import { covers, overlap } from '../../../../lib/config/globs/glob-comparison.js';

const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 5 });
const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 5 });

test('a glob that covers another matches all that the other matches', () => {
  fc.assert(
    fc.property(glob, glob, name, (wide, narrow, text) => {
      fc.pre(covers(wide, narrow) && matchesGlob(narrow, text));
      expect(matchesGlob(wide, text)).toBe(true);
    }),
  );
});

test('globs that match the same text overlap', () => {
  fc.assert(
    fc.property(glob, glob, name, (left, right, text) => {
      fc.pre(matchesGlob(left, text) && matchesGlob(right, text));
      expect(overlap(left, right)).toBe(true);
    }),
  );
});

test.each([
  ['*', 'etl-?', true],
  ['etl-*', 'etl-a*', true],
  ['etl-a*', 'etl-*', false],
  ['a?', 'a*', false],
])('%s covers %s: %s', (wide, narrow, expected) => {
  expect(covers(wide, narrow)).toBe(expected);
});

test.each([
  ['a*', '*b', true],
  ['a*', 'b*', false],
  ['??', 'a', false],
])('%s overlaps %s: %s', (left, right, expected) => {
  expect(overlap(left, right)).toBe(expected);
});
