import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../../../../lambda/policy/globs.js';
import { meansTheSameInIam } from '../../../../lib/config/globs/iam-globs.js';
import { runs } from '../../../support/property-share.js';

test.each(['*', 'etl', 'etl-*', 'team-?', '*-prod', '*prod*', 'a*-prod', '????'])(
  '%s means the same in IAM',
  (glob) => {
    expect(meansTheSameInIam(glob)).toBe(true);
  },
);

test.each([
  ['*s*', 'finds its "s" in "session"'],
  ['*a', 'finds its "a" at the end of an id'],
  ['*-b*', 'finds its "-b" within an id'],
  ['b?*', 'takes the slash behind "b" for a character'],
  ['a*b*c', 'finds the rest of it within an id'],
  ['??????????????????', 'counts the slashes too'],
])('%s does not, for it %s', (glob) => {
  expect(meansTheSameInIam(glob)).toBe(false);
});

const name = fc.string({ unit: fc.constantFrom('a', 'b', 's', 'p', '-'), minLength: 1, maxLength: 6 });
const id = fc.string({ unit: fc.constantFrom('a', 'b', '0', '-'), minLength: 1, maxLength: 4 });
const glob = fc.string({
  unit: fc.constantFrom('a', 'b', 's', 'p', '-', '*', '?'),
  minLength: 1,
  maxLength: 6,
});

test('where it says so, IAM matches the sessions of the workgroups that match, and no others', () => {
  fc.assert(
    fc.property(glob, name, id, (pattern, workgroup, session) => {
      fc.pre(meansTheSameInIam(pattern));
      // In IAM a wildcard matches a slash too, as it does here.
      expect(
        matchesGlob(pattern, `${workgroup}/session/${session}`) && !matchesGlob(pattern, workgroup),
      ).toBe(false);
    }),
    { numRuns: runs(1_000) },
  );
});

test('a glob made of wildcards is answered at once', () => {
  expect(meansTheSameInIam(`*a${'?'.repeat(100)}`)).toBe(false);
});
