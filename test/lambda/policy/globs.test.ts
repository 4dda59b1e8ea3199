import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesAny, matchesGlob } from '../../../lambda/policy/globs.js';

describe('a glob', () => {
  it.each([
    ['*', '', true],
    ['*', 'any/thing\nat all', true],
    ['prod-*', 'prod-', true],
    ['prod-*', 'nonprod-a', false],
    ['dev-?', 'dev-1', true],
    ['dev-?', 'dev-12', false],
    ['a.b', 'axb', false],
    ['dbt: *', 'dbt: 1 - 2', true],
    ['**', 'a/b', true],
    ['a\\b', 'a\\b', true],
    ['[ab]', 'a', false],
    ['{a,b}', 'a', false],
    ['(a|b)+', '(a|b)+', true],
    ['!a', 'b', false],
    ['PROD', 'prod', false],
  ])('%s on "%s": %s', (glob, text, matches) => {
    expect(matchesGlob(glob, text)).toBe(matches);
  });

  it('without wildcards matches itself and nothing else', () => {
    const plain = fc.string().map((text) => text.replace(/[*?]/g, ''));
    fc.assert(fc.property(plain, plain, (glob, text) => matchesGlob(glob, text) === (glob === text)));
  });

  it('with a star matches what begins and ends alike', () => {
    const plain = fc.string().map((text) => text.replace(/[*?]/g, ''));
    fc.assert(fc.property(plain, plain, plain, (a, b, c) => matchesGlob(`${a}*${c}`, a + b + c)));
  });

  it('matches what the regular expression of the same meaning matches', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 12 });
    fc.assert(
      fc.property(letters, letters, (glob, text) => {
        const regex = new RegExp(`^${glob.replace(/\*+/g, '[^]*').replaceAll('?', '[^]')}$`);
        return matchesGlob(glob, text) === regex.test(text);
      }),
    );
  });

  it('with many stars comes to an end on a hostile text, which a backtracking matcher does not', () => {
    expect(matchesGlob(`${'*-'.repeat(60)}x`, '-'.repeat(1_000))).toBe(false);
  });
});

describe('a list of globs', () => {
  it('matches where one of them does, and never when it is empty', () => {
    expect(matchesAny(['a', 'b*'], 'bc')).toBe(true);
    expect(matchesAny([], 'bc')).toBe(false);
  });
});
